// Takes away what lies beyond the sheet of paper: the dark (or white) borders of scans. Works on the picture as it came, before
// anybody knows which grey is ink: a border misleads every later judgement.
import { findComponents } from '../components.ts';
import type { Picture } from '../picture.ts';
import { greyHistogram, levelQuantile } from '../threshold.ts';

/** All numbers here are ours, found on captures of MNIST's training digits. Shares without a unit are of the picture's side. */
const rules = {
  /** In smaller pictures a stroke that fills its side cannot be told from a border. */
  leastSide: 24,
  /** A border reaches in no further than this. */
  deepest: 0.22,
  /** Its level is at least this many grey levels, and this many deviations of the noise, off the paper's. */
  leastContrast: 24,
  leastSignal: 4,
  /** Noise alone has a range of about this many deviations. */
  noiseRange: 6,
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
  /** The paper behind a border is the median over this much of its length to either side. */
  paperReach: 0.2,
} as const;

/** One side of the picture, walked along its edge from the first corner and inwards from 0. */
interface Side {
  readonly length: number;
  readonly room: number;
  readonly at: (along: number, inwards: number) => number;
}

/** A border found at one side. */
interface Band {
  readonly side: Side;
  /** 1 when it is lighter than the paper, -1 when it is darker. */
  readonly sign: number;
  /** Pixels that lie off the paper's level by more than this belong to it. */
  readonly limit: number;
  /** Its depth at each pixel along the side, in pixels; 0 where it is not. */
  readonly depth: Int32Array;
}

/**
 * A picture with its borders filled with the paper beside them; the same picture when there are none.
 *
 * A border is a region at a side, along the whole of it or as a wedge from a corner, of a level unlike the paper's and with a
 * straight inner edge. A stroke that lies along the side of a tight crop can look just so; but then it hangs together with
 * ink that reaches the opposite side, and stays.
 */
export function trimBorders(picture: Picture): Picture {
  const { width, height, pixels } = picture;
  if (Math.min(width, height) < rules.leastSide) return picture;
  const { paper, noise } = paperInside(picture);
  const sides: readonly Side[] = [
    { length: width, room: height, at: (along, inwards) => inwards * width + along },
    { length: width, room: height, at: (along, inwards) => (height - 1 - inwards) * width + along },
    { length: height, room: width, at: (along, inwards) => along * width + inwards },
    { length: height, room: width, at: (along, inwards) => along * width + width - 1 - inwards },
  ];
  const found = sides.map(
    (side) => findBand(pixels, side, paper, noise, -1) ?? findBand(pixels, side, paper, noise, 1),
  );
  const borders = bordersOf(picture, paper, sides, found);
  if (borders.length === 0) return picture;
  const filled = pixels.slice();
  for (const band of borders) fill(filled, band, paper);
  // Where nothing else is left, what looked like borders was the character: an L, a frame.
  const range =
    filled.reduce((most, value) => Math.max(most, value), 0) -
    filled.reduce((least, value) => Math.min(least, value), 255);
  if (range < rules.leastContrast + rules.noiseRange * noise) return picture;
  return { width, height, pixels: filled };
}

/** The bands that are no strokes. A stroke may run along two sides: what one band turns out to be may make the band beside it a stroke, too. */
function bordersOf(
  picture: Picture,
  paper: number,
  sides: readonly Side[],
  found: readonly (Band | undefined)[],
): readonly Band[] {
  const borders = found.map((band, index) =>
    band !== undefined && !isStroke(picture, paper, band, sides[index ^ 1]!, found) ? band : undefined,
  );
  const left = borders.filter((band) => band !== undefined);
  const isStable = left.length === found.filter((band) => band !== undefined).length;
  return isStable ? left : bordersOf(picture, paper, sides, borders);
}

/** Level and noise of the paper in the picture's middle, where a border does not reach. */
function paperInside({ width, height, pixels }: Picture): { paper: number; noise: number } {
  const [left, top] = [Math.floor(width * rules.deepest), Math.floor(height * rules.deepest)];
  const levels = new Uint32Array(256);
  const differences = new Uint32Array(256);
  for (let y = top; y < height - top; y++) {
    for (let x = left; x < width - left - 1; x++) {
      const value = pixels[y * width + x]!;
      levels[value]!++;
      differences[Math.abs(value - pixels[y * width + x + 1]!)]!++;
    }
  }
  // The median difference of two normal numbers is 0.9539 deviations.
  return { paper: levelQuantile(levels, 0.5), noise: levelQuantile(differences, 0.5) / 0.9539 };
}

function findBand(pixels: Uint8Array, side: Side, paper: number, noise: number, sign: number): Band | undefined {
  const { length, room, at } = side;
  const outermost = Uint8Array.from({ length }, (_, along) => pixels[at(along, 0)]!);
  // A wedge may cover no more than a third of the side: its level is that of the most extreme pixels.
  const level = levelQuantile(greyHistogram(outermost), sign < 0 ? 0.2 : 0.8);
  const contrast = sign * (level - paper);
  if (contrast < Math.max(rules.leastContrast, rules.leastSignal * noise)) return undefined;
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
  if (Math.max(first, last) > rules.deepest * room) return undefined;
  const isFull = to - from >= rules.fullLength * (end - start);
  if (!isFull && !isWedge(from - start, to - start, end - start, first, last)) return undefined;
  const tolerance = 1 + rules.straightness * room;
  let straight = 0;
  for (let along = from; along < to; along++) if (Math.abs(runs[along]! - line(along)) <= tolerance) straight++;
  if (straight < rules.straightShare * (to - from)) return undefined;
  if (!isStep(pixels, side, runs, from, to, sign, contrast)) return undefined;
  const depth = new Int32Array(length);
  const [corner, other] = [from <= start + 1 ? 0 : from, to >= end - 1 ? length : to];
  for (let along = corner; along < other; along++) {
    depth[along] = Math.min(runs[along]!, Math.max(1, Math.round(line(along)) + 1));
  }
  return { side, sign, limit, depth };
}

/**
 * The part of the side, from its first pixel to its last (exclusive), that the borders of the two sides beside it leave: within those
 * a walk inwards does not end before the other side, but for where they run out on a slant.
 */
function betweenCorners(runs: Int32Array, room: number): [number, number] {
  const { length } = runs;
  // What a border beside this side may hide of it is how deep that border may be.
  const most = rules.deepest * length;
  const cornerOf = (run: (offset: number) => number): number => {
    let corner = 0;
    while (corner < most && run(corner) >= rules.fullLength * room) corner++;
    if (corner === 0) return 0;
    const slant = corner + rules.softEdge;
    while (corner < Math.min(most, slant) && run(corner) > rules.deepest * room) corner++;
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
  return count > 0 && count >= rules.fullLength * (to - from) ? [from, to] : undefined;
}

/** Whether a band that covers part of the side begins at a corner and ends in a point. */
function isWedge(from: number, to: number, length: number, first: number, last: number): boolean {
  if (to - from < rules.wedgeLength * length) return false;
  if (from <= 1) return first >= rules.wedgeDepth && last <= rules.wedgeDepth && last < first / 2;
  if (to >= length - 1) return last >= rules.wedgeDepth && first <= rules.wedgeDepth && first < last / 2;
  return false;
}

/** Whether the level changes at once where the band ends, as it does at the edge of a sheet but not on a slope of light. */
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
    const outside = pixels[at(along, Math.max(0, run - rules.softEdge))]!;
    steps[along - from] = sign * (outside - pixels[at(along, Math.min(room - 1, run + rules.softEdge))]!);
  }
  return medianOf(steps) >= rules.leastStep * contrast;
}

/** Tukey's resistant line: through the medians of the first and the last third, so that a stroke across the band does not bend it. */
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

/** Whether a band hangs together, other than by the bands beside it, with something of its level that reaches the opposite side. */
function isStroke(
  { width, height, pixels }: Picture,
  paper: number,
  own: Band,
  opposite: Side,
  bands: readonly (Band | undefined)[],
): boolean {
  const { side, sign, limit } = own;
  // The fringe of one band would tie it to the bands beside it.
  const within = ({ depth, side: { room } }: Band, along: number): number =>
    depth[along] === 0 ? 0 : Math.min(room, depth[along]! + rules.softEdge);
  const inside = new Uint8Array(pixels.length);
  for (let i = 0; i < inside.length; i++) inside[i] = sign * (pixels[i]! - paper) > limit ? 1 : 0;
  const taken = new Uint8Array(pixels.length);
  for (const band of bands) {
    if (band === undefined) continue;
    for (let along = 0; along < band.side.length; along++) {
      for (let inwards = 0; inwards < within(band, along); inwards++) {
        inside[band.side.at(along, inwards)] = 0;
        taken[band.side.at(along, inwards)] = 1;
      }
    }
  }
  const { labels } = findComponents(inside, width, height, 0);
  const attached = new Set<number>();
  for (let along = 0; along < side.length; along++) {
    const end = within(own, along);
    if (end > 0 && end < side.room) attached.add(labels[side.at(along, end)]!);
  }
  attached.delete(0);
  if (attached.size === 0) return false;
  for (let along = 0; along < opposite.length; along++) {
    let inwards = 0;
    while (inwards < opposite.room - 1 && taken[opposite.at(along, inwards)] === 1) inwards++;
    if (attached.has(labels[opposite.at(along, inwards)]!)) return true;
  }
  return false;
}

/** Paints a band, and its soft inner edge, with the paper behind it. */
function fill(pixels: Uint8Array, { side, sign, limit, depth }: Band, paper: number): void {
  const ends = depth.map((deep, along) => {
    let end = deep;
    const most = Math.min(side.room - 1, end + rules.softEdge);
    while (deep > 0 && end < most && sign * (pixels[side.at(along, end)]! - paper) > limit / 4) end++;
    return end;
  });
  const behind = Uint8Array.from({ length: side.length }, (_, along) => pixels[side.at(along, ends[along]!)]!);
  const reach = Math.max(2, Math.round(side.length * rules.paperReach));
  for (let along = 0; along < side.length; along++) {
    if (depth[along] === 0) continue;
    // Where a stroke meets the border, its neighbours tell what the paper is.
    const level = levelQuantile(greyHistogram(behind.subarray(Math.max(0, along - reach), along + reach + 1)), 0.5);
    const paint = sign * (level - paper) > limit ? paper : level;
    for (let inwards = 0; inwards < ends[along]!; inwards++) pixels[side.at(along, inwards)] = paint;
  }
}
