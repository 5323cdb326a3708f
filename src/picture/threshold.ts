// Histograms of grey levels and what is read from them: Otsu's threshold and quantiles. Looks at levels, never at
// places.

/** Number of pixels at each of the 256 grey levels. */
export function greyHistogram(pixels: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (let i = 0; i < pixels.length; i++) counts[pixels[i]!]!++;
  return counts;
}

/** A division of grey levels in two classes: at most `level`, and above it. */
export interface Threshold {
  /** Highest grey level of the lower class, 0..254. */
  readonly level: number;
  /** Mean grey level of the lower class. */
  readonly lowerMean: number;
  /** Mean grey level of the upper class. */
  readonly upperMean: number;
  /** Share of the variance that the division explains, 0..1: near 1 for two clean levels, 0.64 for normal noise. */
  readonly separability: number;
}

/**
 * The threshold that makes the variance between the two classes largest: `w0 * w1 * (m1 - m0)^2`, with the classes'
 * shares w and means m. Where several levels are equally good (an empty stretch between two peaks), their middle.
 *
 * @param counts pixels at each grey level, 256 entries, as `greyHistogram` makes them.
 * @returns undefined when all pixels have one level, so that there is nothing to divide.
 *
 * N. Otsu, "A Threshold Selection Method from Gray-Level Histograms", 1979.
 *
 * @example
 * ```ts
 * import { otsuThreshold } from 'ductus/picture';
 *
 * const histogram = new Array<number>(256).fill(0);
 * histogram[30] = 100; // ink
 * histogram[220] = 900; // paper
 * const threshold = otsuThreshold(histogram)!;
 * console.log(threshold.level >= 30 && threshold.level < 220); // true
 * ```
 */
export function otsuThreshold(counts: ArrayLike<number>): Threshold | undefined {
  let total = 0;
  let sum = 0;
  let squares = 0;
  for (let level = 0; level < 256; level++) {
    const count = counts[level]!;
    total += count;
    sum += count * level;
    squares += count * level * level;
  }
  let best = 0;
  let first = 0;
  let last = 0;
  let lowerCount = 0;
  let lowerSum = 0;
  for (let level = 0; level < 255; level++) {
    lowerCount += counts[level]!;
    lowerSum += counts[level]! * level;
    const upperCount = total - lowerCount;
    if (lowerCount === 0) continue;
    if (upperCount === 0) break;
    const distance = (sum - lowerSum) / upperCount - lowerSum / lowerCount;
    const between = lowerCount * upperCount * distance * distance;
    if (between > best) {
      best = between;
      first = level;
      last = level;
    } else if (between === best) last = level;
  }
  if (best === 0) return undefined;
  const level = (first + last) >> 1;
  let below = 0;
  let belowSum = 0;
  for (let l = 0; l <= level; l++) {
    below += counts[l]!;
    belowSum += counts[l]! * l;
  }
  const variance = squares * total - sum * sum;
  return {
    level,
    lowerMean: belowSum / below,
    upperMean: (sum - belowSum) / (total - below),
    separability: Math.min(1, best / variance),
  };
}

/**
 * The lowest level with at least `share` of the pixels of levels `from..to` at or below it.
 *
 * @param share 0..1; 0.5 gives the median.
 * @returns `from` when there are no pixels in that range.
 */
export function levelQuantile(counts: ArrayLike<number>, share: number, from = 0, to = 255): number {
  let total = 0;
  for (let level = from; level <= to; level++) total += counts[level]!;
  if (total === 0) return from;
  const wanted = share * total;
  let seen = 0;
  for (let level = from; level <= to; level++) {
    seen += counts[level]!;
    if (seen > 0 && seen >= wanted) return level;
  }
  return to;
}
