// A second look at a small picture in which no ink rose out of the noise: in a tight crop of patterned or stained paper
// there is hardly any plain paper to measure noise by, and the ink's own soft edges are taken for it.

import type { Picture } from '../picture.ts';
import { smoothPicture } from '../smooth.ts';
import { greyHistogram, levelQuantile, otsuThreshold } from '../threshold.ts';
import { abovePaper, type InkMap } from './inkMap.ts';

/** Found on captures of MNIST's training digits and on blank captures. */
const rules = {
  /** Pictures with a longer shorter side than this have paper enough to measure. */
  mostSide: 48,
  /**
   * Two smoothings leave this share of the deviation of noise that differs from pixel to pixel: (70 / 256) of the
   * weights [1 4 6 4 1] / 16 both ways.
   */
  noiseLeft: 70 / 256,
  /**
   * Ink is this many deviations of what is left of the noise above the paper; the two halves of noise alone are 1.6
   * apart.
   */
  leastSignal: 5,
  /** Fewest grey levels between paper and ink, as in `inkMap`. */
  leastContrast: 12,
  /** Two halves of noise explain 0.64 of its variance. */
  leastSeparability: 0.6,
  /** Ink covers no more than this; a slope of light divides the picture in halves. */
  mostInk: 0.42,
} as const;

/**
 * The ink of a small picture by its low frequencies: smoothed twice and divided by Otsu's threshold, if the two classes
 * are further apart than noise from pixel to pixel would be. Patterns of the paper that are as coarse as strokes pass
 * for ink.
 *
 * @param light light ink on dark paper.
 * @returns undefined for large pictures, and where nothing rises out of the noise.
 */
export function crampedInk(light: Picture): InkMap | undefined {
  if (Math.min(light.width, light.height) > rules.mostSide) return undefined;
  const smooth = smoothPicture(smoothPicture(light));
  const counts = greyHistogram(smooth.pixels);
  const otsu = otsuThreshold(counts);
  if (otsu === undefined || otsu.separability < rules.leastSeparability) return undefined;
  const paper = levelQuantile(counts, 0.5, 0, otsu.level);
  const contrast = otsu.upperMean - paper;
  const noise = rules.noiseLeft * pixelNoise(light);
  if (contrast < Math.max(rules.leastContrast, rules.leastSignal * noise)) return undefined;
  const inked = smooth.pixels.reduce((sum, value) => sum + (value > otsu.level ? 1 : 0), 0);
  if (inked > rules.mostInk * smooth.pixels.length) return undefined;
  const strong = otsu.level - paper;
  return {
    picture: abovePaper(light, paper),
    smooth: abovePaper(smooth, paper),
    strong,
    // What is not sure ink may be pattern.
    floor: strong,
    contrast,
  };
}

/** Deviation of what differs from pixel to pixel: the median difference of two normal numbers is 0.9539 deviations. */
function pixelNoise({ width, pixels }: Picture): number {
  const differences = new Uint32Array(256);
  for (let i = 1; i < pixels.length; i++) if (i % width > 0) differences[Math.abs(pixels[i]! - pixels[i - 1]!)]!++;
  return levelQuantile(differences, 0.5) / 0.9539;
}
