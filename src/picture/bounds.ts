// Rectangles of whole pixels inside a picture: finding the one that holds the ink, and cutting it out.
import type { Picture } from './picture.ts';

/** A rectangle of whole pixels; `left` and `top` are the first column and row inside. */
export interface Bounds {
  /** First column inside. */
  readonly left: number;
  /** First row inside. */
  readonly top: number;
  /** Number of columns, at least 1. */
  readonly width: number;
  /** Number of rows, at least 1. */
  readonly height: number;
}

/**
 * The smallest rectangle that holds every pixel above `floor`.
 *
 * @param floor grey level 0..255; pixels at or below it do not count.
 * @returns undefined when no pixel is above the floor.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { cropPicture, inkBounds } from 'ductus/picture';
 * import { pictureAt } from 'ductus/samples';
 *
 * const picture = pictureAt(await openDataset('mnist:test'), 0);
 * const bounds = inkBounds(picture);
 * if (bounds) console.log(bounds.height, cropPicture(picture, bounds).width); // 20 16
 * ```
 */
export function inkBounds(picture: Picture, floor = 0): Bounds | undefined {
  const { width, height, pixels } = picture;
  let left = width;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let first = 0;
    while (first < width && pixels[start + first]! <= floor) first++;
    if (first === width) continue;
    let last = width - 1;
    while (pixels[start + last]! <= floor) last--;
    if (first < left) left = first;
    if (last > right) right = last;
    if (top < 0) top = y;
    bottom = y;
  }
  if (top < 0) return undefined;
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Copy of the part of a picture inside `bounds`, which must lie within the picture. */
export function cropPicture(picture: Picture, bounds: Bounds): Picture {
  const { left, top, width, height } = bounds;
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (top + y) * picture.width + left;
    pixels.set(picture.pixels.subarray(start, start + width), y * width);
  }
  return { width, height, pixels };
}
