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

/** A pixel counts as paper when those this far from it to all four sides are paper too; ours: the reach of soft edges. */
const quiet = 2;

/** Below this separability Otsu's two classes are one class of noise cut in two (normal noise has 0.64); ours. */
const leastSeparability = 0.7;

/**
 * Measures paper and ink and subtracts the paper.
 *
 * The paper's level is the median of the pixels below Otsu's threshold that have no pixel above it near them; its noise
 * is the largest of three estimates of their deviation: their spread to either side of the median, and the differences of
 * neighbours. When the two classes do not separate, ink is either absent or too sparse to show in the histogram; the
 * threshold is then 5 deviations of the noise.
 *
 * @param unsure grey levels by which the paper's level may be wrong, after unevenness was taken out; ink must rise above by that much more.
 * @returns undefined when nothing rises out of the noise: a blank picture.
 */
export function inkMap(picture: Picture, unsure = 0): InkMap | undefined {
  const counts = greyHistogram(picture.pixels);
  const otsu = otsuThreshold(counts);
  if (otsu === undefined) return undefined;
  const sparse = otsu.separability < leastSeparability;
  const top = sparse ? 255 : otsu.level;
  const { paper, noise } = measurePaper(picture, top, counts);
  const cut = sparse ? paper + Math.max(5 * noise + unsure, leastContrast) : otsu.level;
  let sum = 0;
  let count = 0;
  for (let level = Math.floor(cut) + 1; level < 256; level++) {
    sum += counts[level]! * level;
    count += counts[level]!;
  }
  if (count === 0) return undefined;
  const contrast = sum / count - paper;
  if (contrast < Math.max(leastContrast, unsure + leastSignal * noise)) return undefined;
  const pixels = new Uint8Array(picture.pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const value = picture.pixels[i]! - paper;
    pixels[i] = Math.max(value, 0);
  }
  return {
    picture: { width: picture.width, height: picture.height, pixels },
    strong: Math.floor(cut) - paper,
    floor: Math.min(Math.round(3 * noise), Math.floor(cut) - paper),
    contrast,
  };
}

/** Pixels looked at to measure the paper, about; ours: enough for its quantiles to a few parts in a hundred. */
const paperSamples = 8192;

/** Least share of the picture that must be away from ink to judge the noise by it; ours: in a tight crop it is all soft edges. */
const leastQuiet = 0.3;

/** The paper's level and the deviation of its noise. */
function measurePaper(picture: Picture, top: number, counts: Uint32Array): { paper: number; noise: number } {
  const { width, height, pixels } = picture;
  const levels = new Uint32Array(256);
  const differences = new Uint32Array(256);
  const step = Math.max(1, Math.floor(Math.sqrt(pixels.length / paperSamples)));
  let samples = 0;
  for (let y = 0; y < height; y += step) {
    const up = y >= quiet ? quiet * width : 0;
    const down = y + quiet < height ? quiet * width : 0;
    for (let x = quiet; x < width - quiet; x += step) {
      const at = y * width + x;
      const value = pixels[at]!;
      if (value > top || pixels[at - quiet]! > top || pixels[at + quiet]! > top) continue;
      if (pixels[at - up]! > top || pixels[at + down]! > top) continue;
      const next = pixels[at + 1]!;
      if (next > top || pixels[at - 1]! > top) continue;
      levels[value]!++;
      differences[value < next ? next - value : value - next]!++;
      samples++;
    }
  }
  if (samples * step * step < leastQuiet * pixels.length) {
    const paper = levelQuantile(counts, 0.5, 0, top);
    return { paper, noise: paper - levelQuantile(counts, 0.1587, 0, top) };
  }
  const paper = levelQuantile(levels, 0.5);
  // For a normal distribution the quantiles 0.1587 and 0.8413 lie one deviation off the median, and the median of the
  // difference of two is 0.6745 * sqrt(2) deviations. Noise cut off at black or white shows on one side alone.
  const below = paper - levelQuantile(levels, 0.1587);
  const above = levelQuantile(levels, 0.8413) - paper;
  return { paper, noise: Math.max(below, above, levelQuantile(differences, 0.5) / 0.9539) };
}
