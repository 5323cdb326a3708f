// Uncertainty of a measured proportion that is due to the number of test pictures. It says nothing about the spread
// over training seeds, which only several runs can show.

/** Normal quantile of a two-sided 95 % interval. */
const normalQuantile95 = 1.959963984540054;

/**
 * Standard error of a proportion: `sqrt(p (1 - p) / n)`.
 *
 * @param proportion p, 0..1.
 * @param count n, at least 1.
 * @returns the standard error, in the unit of p; 0 for p = 0 and p = 1, where `wilsonInterval` still says something.
 */
export function standardError(proportion: number, count: number): number {
  return Math.sqrt((proportion * (1 - proportion)) / count);
}

/**
 * Wilson's score interval of a proportion (Wilson 1927): it stays within 0..1 and is right near 0 and 1, where p plus
 * or minus two standard errors is wrong.
 *
 * `(p + z^2/2n -+ z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n)`
 *
 * @param successes right answers, 0..count.
 * @param count number of answers, at least 1.
 * @param quantile z; default: 95 % two-sided.
 * @returns lower and upper end, 0..1.
 *
 * @example
 * ```ts
 * import { wilsonInterval } from 'ductus/learn';
 *
 * console.log(wilsonInterval(990, 1000).map((share) => share.toFixed(4))); // [ '0.9817', '0.9946' ]
 * ```
 */
export function wilsonInterval(
  successes: number,
  count: number,
  quantile: number = normalQuantile95,
): readonly [low: number, high: number] {
  const proportion = successes / count;
  const square = quantile * quantile;
  const scale = 1 + square / count;
  const centre = proportion + square / (2 * count);
  const half = quantile * Math.sqrt((proportion * (1 - proportion)) / count + square / (4 * count * count));
  return [Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale)];
}
