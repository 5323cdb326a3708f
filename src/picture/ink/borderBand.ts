// Looks along one side of a picture for a band that looks like the border of a scan. Which bands are borders, and no
// strokes, is for `trimBorders` to say.
import { greyHistogram, levelQuantile } from '../threshold.ts';

/** Found on captures of MNIST's training digits. Shares without a unit are of the picture's side. */
export const bandRules = {
  /** A border reaches in no further than this. */
  deepest: 0.22,
  /** Its level is at least this many grey levels, and this many deviations of the noise, off the paper's. */
  leastContrast: 24,
  leastSignal: 4,
  /** It lies along this share of the side; or, as a wedge from a corner, along this share, where it ends in a point. */
  fullLength: 0.93,
  wedgeLength: 0.3,
  wedgeDepth: 2,
  /** Its inner edge is straight: no more than this off a line for this share of its length. */
  straightness: 0.035,
  straightShare: 0.78,
  /** Pixels beyond the inner edge that are still half border. */
  softEdge: 3,
  /** Within as many pixels to either side of the inner edge the level changes by this share of the contrast. */
  leastStep: 0.5,
} as const;

/** One side of the picture, walked along its edge from the first corner and inwards from 0. */
export interface Side {
  readonly length: number;
  readonly room: number;
  readonly at: (along: number, inwards: number) => number;
}

/** What looks like a border at one side. */
export interface Band {
  readonly side: Side;
  /** 1 when it is lighter than the paper, -1 when it is darker. */
  readonly sign: number;
  /** Pixels that lie off the paper's level by more than this belong to it. */
  readonly limit: number;
  /** Its depth at each pixel along the side, in pixels; 0 where it is not. */
  readonly depth: Int32Array;
}

/**
 * The band along a side of a picture, if there is one.
 *
 * @param paper level of the paper.
 * @param noise its deviation.
 * @param sign 1: a band lighter than the paper; -1: a darker one.
 */
export function findBand(pixels: Uint8Array, side: Side, paper: number, noise: number, sign: number): Band | undefined {
  const { length, room, at } = side;
  const outermost = Uint8Array.from({ length }, (_, along) => pixels[at(along, 0)]!);
  // A wedge may cover no more than a third of the side: its level is that of the most extreme pixels.
  const level = levelQuantile(greyHistogram(outermost), sign < 0 ? 0.2 : 0.8);
  const contrast = sign * (level - paper);
  if (contrast < Math.max(bandRules.leastContrast, bandRules.leastSignal * noise)) return undefined;
  const limit = contrast / 2;
  const runs = Int32Array.from({ length }, (_, along) => {
    let run = 0;
    while (run < room && sign * (pixels[at(along, run)]! - paper) > limit) run++;
    return run;
  });
  const [start, end] = betweenCorners(runs, room);
  const covered = extentOf(runs, start, end);
  if (covered === undefined) return undefined;
  const [from, to] = covered;
  const line = resistantLine(runs, from, to);
  const [first, last] = [line(from), line(to - 1)];
  if (Math.max(first, last) > bandRules.deepest * room) return undefined;
  const isFull = to - from >= bandRules.fullLength * (end - start);
  if (!isFull && !isWedge(from - start, to - start, end - start, first, last)) return undefined;
  const tolerance = 1 + bandRules.straightness * room;
  let straight = 0;
  for (let along = from; along < to; along++) if (Math.abs(runs[along]! - line(along)) <= tolerance) straight++;
  if (straight < bandRules.straightShare * (to - from)) return undefined;
  if (!isStep(pixels, side, runs, from, to, sign, contrast)) return undefined;
  const depth = new Int32Array(length);
  const [corner, other] = [from <= start + 1 ? 0 : from, to >= end - 1 ? length : to];
  for (let along = corner; along < other; along++) {
    depth[along] = Math.min(runs[along]!, Math.max(1, Math.round(line(along)) + 1));
  }
  return { side, sign, limit, depth };
}

/**
 * The part of the side, from its first pixel to its last (exclusive), that the borders of the two sides beside it
 * leave: within those a walk inwards does not end before the other side, but for where they run out on a slant.
 */
function betweenCorners(runs: Int32Array, room: number): [number, number] {
  const { length } = runs;
  // What a border beside this side may hide of it is how deep that border may be.
  const most = bandRules.deepest * length;
  const cornerOf = (run: (offset: number) => number): number => {
    let corner = 0;
    while (corner < most && run(corner) >= bandRules.fullLength * room) corner++;
    if (corner === 0) return 0;
    const slant = corner + bandRules.softEdge;
    while (corner < Math.min(most, slant) && run(corner) > bandRules.deepest * room) corner++;
    return corner;
  };
  return [cornerOf((offset) => runs[offset]!), length - cornerOf((offset) => runs[length - 1 - offset]!)];
}

/** First and last pixel (exclusive) of a part of the side that are covered, when nearly all between them are. */
function extentOf(runs: Int32Array, start: number, end: number): [number, number] | undefined {
  let [from, to] = [start, end];
  while (from < end && runs[from] === 0) from++;
  while (to > from && runs[to - 1] === 0) to--;
  let count = 0;
  for (let along = from; along < to; along++) if (runs[along]! > 0) count++;
  return count > 0 && count >= bandRules.fullLength * (to - from) ? [from, to] : undefined;
}

/** Whether a band that covers part of the side begins at a corner and ends in a point. */
function isWedge(from: number, to: number, length: number, first: number, last: number): boolean {
  if (to - from < bandRules.wedgeLength * length) return false;
  if (from <= 1) return first >= bandRules.wedgeDepth && last <= bandRules.wedgeDepth && last < first / 2;
  if (to >= length - 1) return last >= bandRules.wedgeDepth && first <= bandRules.wedgeDepth && first < last / 2;
  return false;
}

/**
 * Whether the level changes at once where the band ends, as it does at the edge of a sheet but not on a slope of light.
 */
function isStep(
  pixels: Uint8Array,
  { room, at }: Side,
  runs: Int32Array,
  from: number,
  to: number,
  sign: number,
  contrast: number,
): boolean {
  const steps = new Int32Array(to - from);
  for (let along = from; along < to; along++) {
    const run = runs[along]!;
    const outside = pixels[at(along, Math.max(0, run - bandRules.softEdge))]!;
    steps[along - from] = sign * (outside - pixels[at(along, Math.min(room - 1, run + bandRules.softEdge))]!);
  }
  return medianOf(steps) >= bandRules.leastStep * contrast;
}

/**
 * Tukey's resistant line: through the medians of the first and the last third, so that a stroke across the band does
 * not bend it.
 */
function resistantLine(runs: Int32Array, from: number, to: number): (along: number) => number {
  const third = Math.max(1, Math.floor((to - from) / 3));
  const [left, right] = [medianOf(runs.subarray(from, from + third)), medianOf(runs.subarray(to - third, to))];
  const distance = to - from - third;
  const slope = distance > 0 ? (right - left) / distance : 0;
  const middle = from + (third - 1) / 2;
  return (along) => left + slope * (along - middle);
}

function medianOf(values: Int32Array): number {
  const sorted = values.slice().sort();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
