// Weights that smooth a row of independent random numbers by a Gaussian, with the numbers as far apart as possible.
import { emptyRowWeights, type RowWeights } from '../rowWeights.ts';

/** Numbers used by a pixel: those within 3 sigma on both sides; the rest holds less than 0.01 % of the variance. */
const taps = 6;

/** Standard deviations at which the exact kernel of {@link pixelKernelEnergy} ends. */
const cutOff = 6;

/**
 * Gaussian weights over noise on a coarse grid; the result has the statistics of smoothed noise at every pixel.
 *
 * Noise smoothed by a Gaussian varies with the covariance `exp(-d^2 / (4 sigma^2))` of the distance d. Noise at points
 * sigma pixels apart, smoothed by the same Gaussian, has the same covariance up to 2 exp(-pi^2) = 0.01 % (Poisson's
 * summation formula). It takes a sixteenth of the random numbers and of the work at sigma 4. The weights of each pixel
 * are scaled so that the sum of their squares, and thus the variance, is exactly {@link pixelKernelEnergy}.
 *
 * @param pixels length of the row.
 * @param sigma deviation of the Gaussian in pixels, above 0; below 1 the noise is at every pixel.
 * @returns 6 weights per pixel.
 */
export function gaussianWeights(pixels: number, sigma: number): RowWeights {
  const spacing = Math.max(1, sigma);
  const cells = Math.floor((pixels - 1) / spacing);
  const table = emptyRowWeights(pixels, cells + taps, taps);
  const energy = pixelKernelEnergy(sigma);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const cell = Math.min(cells, Math.floor(pixel / spacing));
    table.first[pixel] = cell;
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      // Grid point `cell + tap` is at pixel (cell + tap - 2) * spacing: two points before the pixel's cell, three
      // after.
      const distance = ((cell + tap - taps / 2 + 1) * spacing - pixel) / sigma;
      const weight = Math.exp(-0.5 * distance ** 2);
      table.weights[pixel * taps + tap] = weight;
      sum += weight ** 2;
    }
    const scale = Math.sqrt(energy / sum);
    for (let tap = 0; tap < taps; tap++) table.weights[pixel * taps + tap]! *= scale;
  }
  return table;
}

/**
 * Sum of the squares of a Gaussian kernel that is sampled at the pixels and sums to 1: the remaining share of the
 * variance of independent numbers after smoothing along one axis, `1 / (2 sigma sqrt(pi))` unless sigma is small.
 */
export function pixelKernelEnergy(sigma: number): number {
  let [sum, squares] = [0, 0];
  const reach = Math.ceil(cutOff * sigma);
  for (let k = -reach; k <= reach; k++) {
    const weight = Math.exp(-0.5 * (k / sigma) ** 2);
    sum += weight;
    squares += weight ** 2;
  }
  return squares / sum ** 2;
}
