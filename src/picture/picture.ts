// The grey picture: the one pixel container of the whole project. Not an image file (platform decodes those) and not a
// tensor.
import { ShapeError } from '../core/floor.ts';

/**
 * A grey picture, row by row from the top left, one byte a pixel.
 *
 * What 0 and 255 mean depends on where the picture stands on its way: a photograph is luminance (0 black, 255 white);
 * a framed picture, like MNIST, is ink (0 paper, 255 full ink).
 */
export interface Picture {
  /** Columns, at least 1. */
  readonly width: number;
  /** Rows, at least 1. */
  readonly height: number;
  /** `width * height` bytes, row-major. */
  readonly pixels: Uint8Array;
}

/**
 * Checks that a picture's extents are whole numbers of at least 1 and that it holds as many pixels as they say.
 *
 * @param what what was being done, for the error's text.
 * @throws {ShapeError} naming the extents and the number of pixels received.
 */
export function checkPicture(picture: Picture, what: string): void {
  const { width, height, pixels } = picture;
  const whole = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width >= 1 && height >= 1;
  if (!whole) {
    throw new ShapeError(`${what}: expected a picture of at least 1x1 whole pixels, received ${width}x${height}`);
  }
  if (pixels.length !== width * height) {
    throw new ShapeError(
      `${what}: expected ${width * height} pixels for a picture of ${width}x${height}, received ${pixels.length}`,
    );
  }
}

/**
 * A picture of one grey level.
 *
 * @example
 * ```ts
 * import { blankPicture, inkBounds } from 'ductus/picture';
 *
 * console.log(inkBounds(blankPicture(28, 28))); // undefined
 * ```
 */
export function blankPicture(width: number, height: number, level = 0): Picture {
  const pixels = new Uint8Array(width * height);
  if (level !== 0) pixels.fill(level);
  return { width, height, pixels };
}
