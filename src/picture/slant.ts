// Slant: how far writing leans, and writing stood upright. Moves pixels along their rows only.
import { crackMiddles, traceContours } from './contour.ts';
import { blankPicture, type Picture } from './picture.ts';

/** No writing leans further than 60 degrees: a longer horizontal stroke alone must not tip the picture over. */
const steepest = Math.tan(Math.PI / 3);

/**
 * How far ink leans: columns to the right for each row upwards, 0 for upright, 1 for 45 degrees.
 *
 * `sum of dx sign(dy) / sum of |dy|` over the pieces of the contour that go up or down at all: the estimate of Kimura,
 * Shridhar and Chen (1993), `(n1 - n3) / (n1 + n2 + n3)` by the chain elements of 45, 90 and 135 degrees, for a contour
 * between the pixels.
 *
 * @param mask `[height, width]`, not 0 for ink.
 * @returns -1.73 to 1.73; 0 where there is no ink.
 *
 * @example
 * ```ts
 * import { shearPicture, slantOf } from 'ductus/picture';
 *
 * // A stroke that leans to the right by one column a row.
 * const pixels = Uint8Array.from([
 *   0, 0, 0, 255,
 *   0, 0, 255, 0,
 *   0, 255, 0, 0,
 *   255, 0, 0, 0,
 * ]);
 * const slant = slantOf(pixels, 4, 4);
 * const upright = shearPicture({ width: 4, height: 4, pixels }, slant);
 * console.log(upright.picture.height); // 4
 * ```
 */
export function slantOf(mask: Uint8Array, width: number, height: number): number {
  let [along, up] = [0, 0];
  for (const contour of traceContours(mask, width, height)) {
    const points = crackMiddles(contour);
    for (let i = 0; i < points.length; i += 2) {
      const next = (i + 2) % points.length;
      const rise = points[i + 1]! - points[next + 1]!;
      along += (points[next]! - points[i]!) * Math.sign(rise);
      up += Math.abs(rise);
    }
  }
  return up === 0 ? 0 : Math.max(-steepest, Math.min(steepest, along / up));
}

/** A picture moved row by row. */
export interface ShearedPicture {
  readonly picture: Picture;
  /**
   * Column of the sheared picture to which column 0 of row 0 came; a row further down `slant` columns further right.
   */
  readonly left: number;
}

/**
 * Stands leaning ink upright: each row moves `slant` columns further to the right than the one above it, so that ink
 * that {@link slantOf} finds to lean by `slant` leans no more. Ink between two pixels is shared between them; none is
 * lost.
 *
 * @param picture ink on 0.
 * @returns a picture as high and as much wider as it takes; the same picture for a slant of 0.
 */
export function shearPicture(picture: Picture, slant: number): ShearedPicture {
  const { width, height, pixels } = picture;
  if (slant === 0) return { picture, left: 0 };
  const farthest = slant * (height - 1);
  const left = Math.max(0, -farthest);
  const sheared = blankPicture(width + Math.ceil(Math.abs(farthest)) + 1, height);
  for (let y = 0; y < height; y++) {
    const shift = left + slant * y;
    const whole = Math.floor(shift);
    const part = shift - whole;
    for (let x = 0; x <= width; x++) {
      const here = x < width ? pixels[y * width + x]! : 0;
      const before = x > 0 ? pixels[y * width + x - 1]! : 0;
      const target = x + whole;
      if (target < sheared.width) {
        sheared.pixels[y * sheared.width + target] = Math.round(here * (1 - part) + before * part);
      }
    }
  }
  return { picture: sheared, left };
}
