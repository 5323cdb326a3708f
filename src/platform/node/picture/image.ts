// Image files in and out of Node: PNG, JPEG, WebP, GIF, TIFF, AVIF and SVG through `sharp`, which is loaded only when a
// file is read or written. It only decodes: `frameCharacter` finds the character.
import { FormatError } from '../../../core/floor.ts';
import { checkPicture, type Picture } from '../../../picture/floor.ts';
import { readFileBounded } from '../files/files.ts';
import { loadSharp } from './loadSharp.ts';

/** Largest image file that is opened, in bytes. */
export const imageMaxBytes = 256 * 2 ** 20;

/**
 * Most pixels that an image may announce: the largest camera sensors of telephones (108 million) and scans of
 * 20,000 x 6,000. Formats that decode by rows take a small part of that memory; interlaced ones at most 4 bytes a
 * pixel, 512 MB.
 */
export const imageMaxPixels = 128_000_000;

/** Longer side to which larger images are shrunk while they are decoded; framing uses far less. */
export const imageLongestSide = 2000;

/** The same for whole pages, whose characters are small: A4 at 500 dots an inch, 24 million pixels. */
export const pageLongestSide = 6000;

/**
 * Reads an image file as luminance, 0 black to 255 white.
 *
 * Transparency becomes white, a camera's orientation is applied, an image longer than `imageLongestSide` is shrunk
 * with its proportions kept (at least 1 pixel each way). The first picture of an animation counts.
 *
 * @throws {MissingError} when the file is missing, or the optional package `sharp` is not installed.
 * @throws {FormatError} when the file is no image, is empty, cut off or beyond `imageMaxBytes` or `imageMaxPixels`.
 *
 * @example
 * ```ts
 * import { readPicture } from 'ductus/node';
 *
 * const { width, height, pixels } = await readPicture('examples/pictures/three.png');
 * console.log(pixels.length === width * height); // true
 * ```
 */
export function readPicture(path: string): Promise<Picture> {
  return decode(path, imageLongestSide);
}

/** As `readPicture`, but a picture of a whole page, of up to `pageLongestSide` pixels. */
export function readPagePicture(path: string): Promise<Picture> {
  return decode(path, pageLongestSide);
}

async function decode(path: string, longestSide: number): Promise<Picture> {
  const bytes = await readFileBounded(path, imageMaxBytes);
  if (bytes.length === 0)
    throw new FormatError(`reading the image ${path}: expected a picture, received an empty file`);
  const sharp = await loadSharp(`reading the image ${path}`);
  try {
    // failOn 'truncated' turns a cut-off file into an error where sharp would otherwise fill the rest with grey.
    const image = sharp(bytes, { limitInputPixels: imageMaxPixels, failOn: 'truncated', sequentialRead: true });
    const { data, info } = await image
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('b-w')
      .extractChannel(0)
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, pixels: new Uint8Array(data) };
  } catch (error) {
    throw new FormatError(
      `reading the image ${path}: expected a whole picture of at most ${imageMaxPixels} pixels in a format that sharp reads, received ${bytes.length} bytes that give "${oneLine(error)}"`,
      { cause: error },
    );
  }
}

/**
 * A picture as the bytes of a grey 8-bit PNG file.
 *
 * @throws {MissingError} when the optional package `sharp` is not installed.
 * @throws {ShapeError} when the picture's pixels do not match its extents.
 *
 * @example
 * ```ts
 * import { encodePng, openDataset } from 'ductus/node';
 * import { pictureAt } from 'ductus/samples';
 *
 * const png = await encodePng(pictureAt(await openDataset('mnist:test'), 0));
 * console.log(String.fromCharCode(...png.subarray(1, 4))); // PNG
 * ```
 */
export async function encodePng(picture: Picture): Promise<Uint8Array> {
  checkPicture(picture, 'encoding a PNG');
  const sharp = await loadSharp('encoding a PNG');
  const { width, height, pixels } = picture;
  const bytes = await sharp(pixels, { raw: { width, height, channels: 1 }, limitInputPixels: imageMaxPixels })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  return new Uint8Array(bytes);
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
}
