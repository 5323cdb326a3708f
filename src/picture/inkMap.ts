// From grey levels to amounts of ink: the paper's level becomes 0, and what rises out of the noise is told from it.
// Light ink on dark paper comes in, its background level already; which pixels belong to the character is for `selectInk`.
import type { Picture } from './picture.ts';
import { greyHistogram, levelQuantile, otsuThreshold } from './threshold.ts';

/** Ink per pixel, with the levels that tell ink from paper. */
export interface InkMap {
  /** Grey above the paper's level, 0..255; paper is 0 up to its noise. */
  readonly picture: Picture;
  /** Above this a pixel is ink for sure. */
  readonly strong: number;
  /** At or below this a pixel is noise, 0 on clean paper. */
  readonly floor: number;
  /** Mean of the pixels that are ink for sure. */
  readonly contrast: number;
}

/** Fewest grey levels between paper and ink; ours: faint pencil on a scan has about 30. */
const leastContrast = 12;

/** Ink must rise above the paper by this many standard deviations of the noise; ours. */
const leastSignal = 4;

/** Below this separability Otsu's two classes are one class of noise cut in two (normal noise has 0.64); ours. */
const leastSeparability = 0.7;

/**
 * Measures paper and ink and subtracts the paper.
 *
 * The paper's level is the median of the class below Otsu's threshold. Its noise is the larger of two estimates: the
 * spread on the side away from the ink, and the differences of neighbours, which know nothing of unevenness. When the
 * two classes do not separate, ink is either absent or too sparse to show in the histogram; the threshold is then 5 deviations of the noise.
 *
 * @returns undefined when nothing rises out of the noise: a blank picture.
 */
export function inkMap(picture: Picture): InkMap | undefined {
  const counts = greyHistogram(picture.pixels);
  const otsu = otsuThreshold(counts);
  if (otsu === undefined) return undefined;
  const sparse = otsu.separability < leastSeparability;
  const top = sparse ? 255 : otsu.level;
  const paper = levelQuantile(counts, 0.5, 0, top);
  const below = paper - levelQuantile(counts, 0.1587, 0, top); // one deviation, were it normal
  const noise = Math.max(below, neighbourNoise(picture, top));
  const cut = sparse ? paper + Math.max(5 * noise, leastContrast) : otsu.level;
  let sum = 0;
  let count = 0;
  for (let level = Math.floor(cut) + 1; level < 256; level++) {
    sum += counts[level]! * level;
    count += counts[level]!;
  }
  if (count === 0) return undefined;
  const contrast = sum / count - paper;
  if (contrast < Math.max(leastContrast, leastSignal * noise)) return undefined;
  const pixels = new Uint8Array(picture.pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const value = picture.pixels[i]! - paper;
    pixels[i] = value > 0 ? value : 0;
  }
  return {
    picture: { width: picture.width, height: picture.height, pixels },
    strong: Math.floor(cut) - paper,
    floor: Math.min(Math.round(3 * noise), Math.floor(cut) - paper),
    contrast,
  };
}

/** Standard deviation of the noise from the median difference of neighbours in a row, both at most `top`; 0 for clean paper. */
function neighbourNoise(picture: Picture, top: number): number {
  const { width, height, pixels } = picture;
  const counts = new Uint32Array(256);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 1; x < width; x++) {
      const a = pixels[row + x - 1]!;
      const b = pixels[row + x]!;
      if (a <= top && b <= top) counts[a < b ? b - a : a - b]!++;
    }
  }
  // The median of |a - b| for normal a and b is 0.6745 * sqrt(2) deviations.
  return levelQuantile(counts, 0.5) / 0.9539;
}
