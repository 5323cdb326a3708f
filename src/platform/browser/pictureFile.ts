// A picture file (opened, pasted or dropped) as a grey picture, by the same conventions as `readPicture` of
// platform/node. The browser decodes. This file neither frames nor reads.
import { FormatError } from '../../core/floor.ts';
import type { Picture } from '../../picture/floor.ts';

/** Largest file that is decoded, in bytes: the photograph of a phone is 3-12 MB. */
export const pictureFileLimit = 32 * 2 ** 20;
/** Largest picture that is scaled down, in pixels: 100 megapixels, which take 400 MB meanwhile. */
export const pixelLimit = 100_000_000;
/** Longer side after scaling down, in pixels, far above what framing uses, and the same as in Node. */
export const pictureSideLimit = 2000;

/**
 * Decodes a picture file to luminance (0 black, 255 white; transparent parts become white), turned upright as its
 * EXIF data say, scaled down to at most `pictureSideLimit` pixels a side.
 *
 * @param file any format that this browser shows: PNG, JPEG, WebP, GIF, AVIF.
 * @throws {FormatError} naming the file when it exceeds the limits or is no picture.
 */
export async function readPictureFile(file: Blob & { readonly name?: string }): Promise<Picture> {
  const name = file.name === undefined || file.name === '' ? 'pasted picture' : file.name;
  if (file.size > pictureFileLimit) {
    throw new FormatError(`opening ${name}: expected at most ${pictureFileLimit} bytes, received ${file.size}`);
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (cause) {
    const kind = file.type === '' ? 'data of no known type' : file.type;
    throw new FormatError(`opening ${name}: expected a picture that this browser can show, received ${kind}`, {
      cause,
    });
  }
  try {
    if (bitmap.width * bitmap.height > pixelLimit) {
      throw new FormatError(
        `opening ${name}: expected at most ${pixelLimit} pixels, received ${bitmap.width} x ${bitmap.height}`,
      );
    }
    return scaleToGrey(bitmap);
  } finally {
    bitmap.close();
  }
}

function scaleToGrey(bitmap: ImageBitmap): Picture {
  const scale = Math.min(1, pictureSideLimit / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new FormatError('opening a picture: this browser gave no 2D canvas to draw it on');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const pixels = new Uint8Array(width * height);
  for (let index = 0; index < pixels.length; index++) {
    const at = 4 * index;
    pixels[index] = luminance(data[at]!, data[at + 1]!, data[at + 2]!);
  }
  return { width, height, pixels };
}

/** Light of each sRGB level, 0..1 (IEC 61966-2-1). */
const linear = Float64Array.from({ length: 256 }, (_, level) =>
  level / 255 <= 0.04045 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4,
);

/**
 * The sRGB level of a grey that is as light as the colour: Y = 0.2126 R + 0.7152 G + 0.0722 B of the light (ITU-R
 * BT.709). It is what `sharp` computes in Node, to within a level; a weighted mean of the levels makes blue ink darker
 * by 50.
 */
function luminance(red: number, green: number, blue: number): number {
  // Most pixels of a scan have no colour; the power below would only bring their level back.
  if (red === green && green === blue) return red;
  const light = 0.2126 * linear[red]! + 0.7152 * linear[green]! + 0.0722 * linear[blue]!;
  return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
}
