// Weights that enlarge a row of grid points to a row of pixels by cubic B-splines.
import { emptyRowWeights, type RowWeights } from '../rowWeights.ts';

/** Grid points in the support of a cubic B-spline. */
const taps = 4;

/**
 * Uniform cubic B-spline weights.
 *
 * The pixels span the inner part of the grid: points 1 to points - 2 run from the first pixel to the last. One more
 * point lies outside at each end, as a cubic spline needs.
 *
 * @param pixels length of the enlarged row.
 * @param points grid points, at least 4.
 * @returns 4 weights per pixel, which sum to 1.
 */
export function bsplineWeights(pixels: number, points: number): RowWeights {
  const table = emptyRowWeights(pixels, points, taps);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const position = 1 + (pixel / Math.max(1, pixels - 1)) * (points - 3);
    const cell = Math.min(Math.floor(position), points - 3);
    const t = position - cell;
    const at = pixel * taps;
    table.first[pixel] = cell - 1;
    table.weights[at] = (1 - t) ** 3 / 6;
    table.weights[at + 1] = (3 * t ** 3 - 6 * t ** 2 + 4) / 6;
    table.weights[at + 2] = (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6;
    table.weights[at + 3] = t ** 3 / 6;
  }
  return table;
}
