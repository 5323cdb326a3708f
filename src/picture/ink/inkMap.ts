// From grey levels to amounts of ink: the paper's level becomes 0, and what rises out of the noise is told from it.
// Light ink on dark paper comes in, its background level already; which pixels belong to the character is for
// `selectInk`.
import type { Picture } from '../picture.ts';
import { smoothPicture } from '../smooth.ts';
import { greyHistogram, levelQuantile, otsuThreshold, type Threshold } from '../threshold.ts';

/** Ink per pixel, with the levels that tell ink from paper. */
export interface InkMap {
  /** Grey above the paper's level, 0..255; paper is 0 up to its noise. */
  readonly picture: Picture;
  /** The same with noise smoothed away, to decide by which pixels are ink; `picture` itself where there is none. */
  readonly smooth: Picture;
  /** Above this a pixel is ink for sure. */
  readonly strong: number;
  /** At or below this a pixel is noise, 0 on clean paper. */
  readonly floor: number;
  /** Mean of the pixels that are ink for sure. */
  readonly contrast: number;
}

/** Fewest grey levels between paper and ink: faint pencil on a scan has about 30. */
const leastContrast = 12;

/**
 * Ink must rise above the paper by this many standard deviations of the noise. A smooth slope from one grey to another,
 * with no ink at all, has 2.9: the middle of its upper half above that of its lower half.
 */
const leastSignal = 3.2;

/** The same where the noise is not known for sure: in a tight crop soft edges count as noise. */
const leastUnsureSignal = 2;

/** Sparse ink is what rises above the paper by this many deviations. `selectInk` leaves out what does so by chance. */
const sparseSignal = 4;

/** Noise above this share of the contrast is smoothed away first, unless it is below this many grey levels. */
const smoothedShare = 0.06;
const smoothedLevels = 2;

/** Longer side at which noise is smoothed once more: strokes are wider there. */
const smoothedSide = 96;

/** A pixel counts as paper when those this far from it to all four sides are paper too: the reach of soft edges. */
const quiet = 2;

/** Below this separability Otsu's two classes are one class of noise cut in two (normal noise has 0.64). */
const leastSeparability = 0.7;

/**
 * Measures paper and ink and subtracts the paper.
 *
 * The paper's level is the median of the pixels below Otsu's threshold that have no pixel above it near them; its noise
 * is the largest of three estimates of their deviation: their spread below the median, and the differences of
 * neighbours. A noisy picture is smoothed and measured again. When the two classes do not separate, ink is either
 * absent or too sparse to show in the histogram; the threshold is then 4 deviations of the noise.
 *
 * @param unsure grey levels by which the paper's level may be wrong, after unevenness was taken out; ink must rise
 * above by that much more.
 * @returns undefined when nothing rises out of the noise: a blank picture.
 */
export function inkMap(picture: Picture, unsure = 0): InkMap | undefined {
  const counts = greyHistogram(picture.pixels);
  const otsu = otsuThreshold(counts);
  if (otsu === undefined) return undefined;
  const paper = measurePaper(picture, topOf(otsu), counts);
  if (!paper.sure || paper.noise < Math.max(smoothedLevels, smoothedShare * (otsu.upperMean - paper.level))) {
    return mapOf(picture, picture, counts, otsu, paper, unsure);
  }
  let smooth = smoothPicture(picture);
  if (Math.max(picture.width, picture.height) >= smoothedSide) smooth = smoothPicture(smooth);
  const smoothCounts = greyHistogram(smooth.pixels);
  const again = otsuThreshold(smoothCounts);
  if (again === undefined) return undefined;
  return mapOf(picture, smooth, smoothCounts, again, measurePaper(smooth, topOf(again), smoothCounts), unsure);
}

/** The highest level that may be paper. */
function topOf({ separability, level }: Threshold): number {
  return separability < leastSeparability ? 255 : level;
}

function mapOf(
  picture: Picture,
  smooth: Picture,
  counts: Uint32Array,
  otsu: Threshold,
  { level: paper, noise, sure }: Paper,
  unsure: number,
): InkMap | undefined {
  const cut =
    otsu.separability < leastSeparability ? paper + Math.max(sparseSignal * noise + unsure, leastContrast) : otsu.level;
  let sum = 0;
  let count = 0;
  for (let level = Math.floor(cut) + 1; level < 256; level++) {
    sum += counts[level]! * level;
    count += counts[level]!;
  }
  if (count === 0) return undefined;
  const contrast = sum / count - paper;
  const signal = sure ? leastSignal : leastUnsureSignal;
  if (contrast < Math.max(leastContrast, unsure + signal * noise)) return undefined;
  const above = abovePaper(smooth, paper);
  return {
    picture: picture === smooth ? above : abovePaper(picture, paper),
    smooth: above,
    strong: Math.floor(cut) - paper,
    floor: Math.min(Math.round(3 * noise), Math.floor(cut) - paper),
    contrast,
  };
}

/** What rises above the paper's level. */
export function abovePaper({ width, height, pixels }: Picture, paper: number): Picture {
  const above = new Uint8Array(pixels.length);
  for (let i = 0; i < above.length; i++) above[i] = Math.max(0, pixels[i]! - paper);
  return { width, height, pixels: above };
}

/** Pixels looked at to measure the paper, about: enough for its quantiles to a few parts in a hundred. */
const paperSamples = 8192;

/**
 * Least share of the picture that must be away from ink to judge the noise by it: in a tight crop it is all soft edges.
 */
const leastQuiet = 0.3;

/** What was found out about the paper. */
interface Paper {
  readonly level: number;
  /** Standard deviation of its noise. */
  readonly noise: number;
  /** Whether enough of it was to be seen. */
  readonly sure: boolean;
}

/** The paper's level and the deviation of its noise; not sure where hardly any paper is to be seen. */
function measurePaper(picture: Picture, top: number, counts: Uint32Array): Paper {
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
    return { level: paper, noise: paper - levelQuantile(counts, 0.1587, 0, top), sure: false };
  }
  const paper = levelQuantile(levels, 0.5);
  // For a normal distribution the quantile 0.1587 lies one deviation below the median, and the difference of two has
  // its quantiles 0.5 and 0.75 at 0.9539 and 1.627 deviations. Above the median lie faint lines and soft edges too; it
  // counts only where noise is cut off below, at black.
  const spread = paper - levelQuantile(levels, 0.1587);
  const clipped = paper <= spread + 1 ? levelQuantile(levels, 0.8413) - paper : 0;
  const next = Math.max(levelQuantile(differences, 0.5) / 0.9539, levelQuantile(differences, 0.75) / 1.627);
  return { level: paper, noise: Math.max(spread, clipped, next), sure: true };
}
