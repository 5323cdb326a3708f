// Weights that enlarge a row of grid points to a row of pixels, smoothly.

/**
 * Uniform cubic B-spline weights.
 *
 * The pixels span the inner part of the grid: points 1 to points - 2 lie from the first pixel to the last, one more point
 * stands outside at each end, as a cubic spline needs.
 *
 * @param pixels length of the enlarged row.
 * @param points grid points, 0 (no grid) or at least 4.
 * @returns `[pixels, points]`; every row sums to 1.
 */
export function bsplineWeights(pixels: number, points: number): Float64Array {
  const weights = new Float64Array(pixels * points);
  if (points === 0) return weights;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const position = 1 + (pixel / Math.max(1, pixels - 1)) * (points - 3);
    const cell = Math.min(Math.floor(position), points - 3);
    const t = position - cell;
    const row = pixel * points + cell;
    weights[row - 1] = (1 - t) ** 3 / 6;
    weights[row] = (3 * t ** 3 - 6 * t ** 2 + 4) / 6;
    weights[row + 1] = (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6;
    weights[row + 2] = t ** 3 / 6;
  }
  return weights;
}
