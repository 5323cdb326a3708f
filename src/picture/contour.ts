// Contours: the lines between ink and paper, followed once round each. Measures no shape; that is for who asked for
// them.

/** A closed line between ink and paper. */
export interface Contour {
  /**
   * `[point, 2]`, x and y of the corners of pixels that it passes, each one pixel's side from the one before and the
   * first from the last; 0, 0 is the upper left corner of the picture. The ink lies on the right hand.
   */
  readonly points: Int32Array;
  /** Whether it goes round paper that ink encloses. */
  readonly hole: boolean;
  /** Pixels inside, those of holes too. */
  readonly area: number;
}

/** Steps by heading: east, south, west, north. */
const stepX = [1, 0, -1, 0] as const;
const stepY = [0, 1, 0, -1] as const;

/**
 * Follows the cracks between ink and paper (Rosenfeld 1970), ink joined across corners, paper not.
 *
 * Unlike lines through the border pixels themselves, these enclose exactly the ink, and never run back on themselves:
 * not along a stroke one pixel wide, not round a single pixel. Outside the mask is paper.
 *
 * @param mask `[height, width]`, not 0 for ink.
 * @returns in the order in which their first upper side is met, row by row: the outer contour of a piece before its
 * holes.
 *
 * @example
 * ```ts
 * import { traceContours } from 'ductus/picture';
 *
 * const ring = Uint8Array.from([
 *   1, 1, 1,
 *   1, 0, 1,
 *   1, 1, 1,
 * ]);
 * console.log(traceContours(ring, 3, 3).map(({ hole }) => hole)); // [ false, true ]
 * ```
 */
export function traceContours(mask: Uint8Array, width: number, height: number): Contour[] {
  const isInk = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] !== 0;
  /** Pixels whose upper side a contour has passed. Each contour passes some, and always eastwards. */
  const passed = new Uint8Array(width * height);
  const contours: Contour[] = [];
  for (let top = 0; top < height; top++) {
    for (let left = 0; left < width; left++) {
      if (passed[top * width + left] === 1 || !isInk(left, top) || isInk(left, top - 1)) continue;
      const points: number[] = [];
      let [x, y, heading] = [left, top, 0];
      let doubled = 0; // twice the signed area, clockwise positive: the shoelace formula
      do {
        points.push(x, y);
        if (heading === 0) passed[y * width + x] = 1;
        const [nextX, nextY] = [x + stepX[heading]!, y + stepY[heading]!];
        doubled += x * nextY - nextX * y;
        [x, y] = [nextX, nextY];
        // The two pixels ahead: of a corner, the pixel to its lower right has the corner's own x and y.
        const [aheadLeft, aheadRight] = aheadOf(heading, x, y, isInk);
        if (aheadLeft) heading = (heading + 3) & 3;
        else if (!aheadRight) heading = (heading + 1) & 3;
      } while (x !== left || y !== top || heading !== 0);
      contours.push({ points: Int32Array.from(points), hole: doubled < 0, area: Math.abs(doubled) / 2 });
    }
  }
  return contours;
}

function aheadOf(
  heading: number,
  x: number,
  y: number,
  isInk: (x: number, y: number) => boolean,
): [left: boolean, right: boolean] {
  if (heading === 0) return [isInk(x, y - 1), isInk(x, y)];
  if (heading === 1) return [isInk(x, y), isInk(x - 1, y)];
  if (heading === 2) return [isInk(x - 1, y), isInk(x - 1, y - 1)];
  return [isInk(x - 1, y - 1), isInk(x, y - 1)];
}

/**
 * The middles of the sides that a contour passes: a line that cuts the corners of staircases, so that slanting strokes
 * are as long as they are (Dunkelberger and Mitchell 1985).
 *
 * @returns `[point, 2]`, as many as the contour has; consecutive ones lie 1 or the square root of one half apart.
 */
export function crackMiddles({ points }: Contour): Float64Array {
  const middles = new Float64Array(points.length);
  for (let i = 0; i < points.length; i++) middles[i] = (points[i]! + points[(i + 2) % points.length]!) / 2;
  return middles;
}
