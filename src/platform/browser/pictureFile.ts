// A picture file (opened, pasted or dropped) as a grey picture. The browser decodes; framing and reading are elsewhere.
import { FormatError } from '../../core/index.ts';
import type { Picture } from '../../picture/index.ts';

/** Largest file that is decoded, in bytes; ours: the photograph of a phone is 3-12 MB. */
export const pictureFileLimit = 32 * 2 ** 20;
/** Largest picture that is drawn from, in pixels; ours: 100 megapixels, 400 MB while it is being scaled down. */
export const pixelLimit = 100_000_000;
/** Longer side after scaling down, in pixels; ours: a character is read at 20 pixels, so nothing that matters is lost. */
export const pictureSideLimit = 1024;

/**
 * Decodes a picture file to luminance (0 black, 255 white; transparent parts become white), turned upright as its
 * EXIF data say, scaled down to at most `pictureSideLimit` pixels a side.
 *
 * @param file any format that this browser shows: PNG, JPEG, WebP, GIF, AVIF.
 * @throws {FormatError} naming the file when it is larger than the limits or no picture.
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
    // Luma of ITU-R BT.601, what JPEG and sharp's greyscale of sRGB come close to.
    const at = 4 * index;
    pixels[index] = Math.round(0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!);
  }
  return { width, height, pixels };
}
