// The form of CASIA-HWDB's `.gnt` files (Liu, Yin, Wang and Wang 2011): consecutive records of one isolated character
// each. A record: its total size (32 bits), the character's code in GB 2312 or GBK (two bytes), width and height (16
// bits each), then grey levels row by row, dark ink on a background of 255. Numbers are little-endian. Files are read
// by the platform.
import { FormatError } from '../../../core/floor.ts';
import type { Picture } from '../../../picture/floor.ts';

/** Bytes of a record before its pixels. */
export const gntHeaderBytes = 10;

/** Largest side of a character, in pixels: ten times the space on HWDB's forms, and 16 MB a character. */
export const gntMaxSide = 4096;

/** Paper added around a character, as a share of its longer side; see {@link gntPicture}. */
const margin = 1 / 8;

/** The beginning of a record. */
export interface GntHeader {
  /** Bytes of the whole record. */
  readonly size: number;
  /** The character. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Reads the beginning of a record.
 *
 * @param bytes {@link gntHeaderBytes} of them.
 * @param where file and place, for the error.
 * @throws {FormatError} when the size does not match the extents, an extent is 0 or above {@link gntMaxSide}, or the
 * code is not that of one character.
 */
export function parseGntHeader(bytes: Uint8Array, where: string): GntHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [size, width, height] = [view.getUint32(0, true), view.getUint16(6, true), view.getUint16(8, true)];
  if (width < 1 || height < 1 || width > gntMaxSide || height > gntMaxSide) {
    throw new FormatError(
      `${where}: reading GNT: expected a character of 1x1 to ${gntMaxSide}x${gntMaxSide} pixels, received ${width}x${height}`,
    );
  }
  const expected = gntHeaderBytes + width * height;
  if (size !== expected) {
    throw new FormatError(
      `${where}: reading GNT: expected a record of ${expected} bytes for ${width}x${height} pixels, received a size of ${size}`,
    );
  }
  return { size, label: characterOf(bytes.subarray(4, 6), where), width, height };
}

/** GB 18030 extends GBK, which extends GB 2312: their codes mean the same in it. */
function characterOf(code: Uint8Array, where: string): string {
  // ASCII has one byte, followed by 0.
  const bytes = code[1] === 0 ? code.subarray(0, 1) : code;
  let text = '';
  try {
    text = new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  } catch {
    // Said below.
  }
  if ([...text].length !== 1 || text.trim() === '' || text < ' ') {
    const [first, second] = [...code].map((byte) => byte.toString(16).padStart(2, '0'));
    throw new FormatError(
      `${where}: reading GNT: expected the code of one character in GB 2312 or GBK, received ${first} ${second} (hexadecimal)`,
    );
  }
  return text;
}

/**
 * A record's picture as from a scanner: with paper around the ink, since the file crops it tightly. In a tight box a
 * character of many strokes has more ink than paper, and ink finding would confuse the two.
 *
 * @param pixels `[height, width]`, background 255.
 */
export function gntPicture({ width, height }: Pick<GntHeader, 'width' | 'height'>, pixels: Uint8Array): Picture {
  const paper = Math.ceil(Math.max(width, height) * margin);
  const picture = {
    width: width + 2 * paper,
    height: height + 2 * paper,
    pixels: new Uint8Array((width + 2 * paper) * (height + 2 * paper)).fill(255),
  };
  for (let y = 0; y < height; y++) {
    picture.pixels.set(pixels.subarray(y * width, (y + 1) * width), (y + paper) * picture.width + paper);
  }
  return picture;
}
