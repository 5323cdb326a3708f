// A grey picture as a data URI, for self-contained pages. `sharp` writes other image files;
// this needs no optional package.
import { crc32, deflateSync } from 'node:zlib';
import type { Picture } from '../../../picture/floor.ts';

/** A grey PNG (8 bits, ISO/IEC 15948) of the picture as `data:image/png;base64,...`; 0 black, 255 white. */
export function pictureDataUri(picture: Picture): string {
  const { width, height, pixels } = picture;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // bits; the zeros after it: grey, deflate, standard filters, not interlaced
  const rows = Buffer.alloc((width + 1) * height); // each row after a 0, "no filter"
  for (let row = 0; row < height; row++) {
    rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return `data:image/png;base64,${Buffer.concat([signature, ...chunks]).toString('base64')}`;
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const result = Buffer.alloc(body.length + 8);
  result.writeUInt32BE(content.length, 0);
  result.set(body, 4);
  result.writeUInt32BE(crc32(body), body.length + 4);
  return result;
}
