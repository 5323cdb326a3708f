// Features of a character's projections: the spread of its ink along rows, columns and diagonals, and its position.
import { characterSide } from './normalizedCharacter.ts';

/** Number of features of {@link projectionFeatures}. */
export const projectionCount = 6;

/**
 * Six features of projected histograms. The source leaves them open. Here they are the standard deviations of the
 * projections onto the horizontal, the vertical and the two diagonals, in sides of the square, and the shares of ink in
 * the upper and in the left half.
 *
 * @param ink `[characterSide, characterSide]`, 0..1.
 * @returns `[projectionCount]`; all 0 without ink.
 */
export function projectionFeatures(ink: Float32Array): Float64Array {
  const side = characterSide;
  const features = new Float64Array(projectionCount);
  let [all, sumX, sumY, upper, left] = [0, 0, 0, 0, 0];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const value = ink[y * side + x]!;
      all += value;
      sumX += value * x;
      sumY += value * y;
      if (2 * y < side) upper += value;
      if (2 * x < side) left += value;
    }
  }
  if (all === 0) return features;
  const [middleX, middleY] = [sumX / all, sumY / all];
  let [xx, yy, xy] = [0, 0, 0];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const value = ink[y * side + x]! / all;
      xx += value * (x - middleX) ** 2;
      yy += value * (y - middleY) ** 2;
      xy += value * (x - middleX) * (y - middleY);
    }
  }
  // Seen along a diagonal, a pixel lies at (x + y) / sqrt 2 or (x - y) / sqrt 2. Rounding may leave less than 0.
  const variances = [xx, yy, (xx + yy) / 2 + xy, (xx + yy) / 2 - xy];
  variances.forEach((variance, index) => {
    features[index] = Math.sqrt(Math.max(0, variance)) / side;
  });
  features[4] = upper / all;
  features[5] = left / all;
  return features;
}
