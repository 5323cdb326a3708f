// Takes printed lines out of an ink map: ruled and squared paper, form boxes, lines that run through the character. Lines that
// stand free of it are also known to `selectInk`; here they are told from strokes by running straight from side to side.
import { type Components, findComponents } from './components.ts';
import type { InkMap } from './inkMap.ts';

/** All numbers here are ours, found on captures of MNIST's training digits. Shares without a unit are of the picture's side. */
const rules = {
  /** In smaller pictures a stroke that fills its side cannot be told from a line. */
  leastSide: 24,
  /** A line is there along this share of the picture, whatever is written across it. */
  leastCovered: 0.85,
  /** Beside it no more than this share is inked, by strokes that cross it. */
  strayCovered: 0.5,
  /** It is no thicker than this; in small pictures blur makes any line three pixels thick. */
  thickest: 0.08,
  thickestPixels: 3,
  /** It rises from one side of the picture to the other by no more than this: five degrees. */
  steepest: 0.087,
  /** It stands out from the paper by this share of the ink's contrast. */
  leastContrast: 0.1,
  /** Beside its soft edge the level is below this share of its own. */
  ridge: 0.5,
  /** What stands out of the line by this share of the contrast is ink that crosses it. */
  crossing: 0.3,
  /** What is left must be this large to be a character. */
  leastRest: 0.25,
  /** Nearer than this many pixels, ink touches a side. */
  touching: 3,
  /** A line with less than this share of a stroke's ink across it is no stroke. */
  lighter: 0.6,
  /** Heavier ones run on by this much beyond what hangs on them, at both ends. */
  leastEnds: 0.12,
  /** Places along a line that are looked at, at first and at last: more would change nothing but the time it takes. */
  coarseSamples: 20,
  samples: 64,
} as const;

/** The picture seen along one axis: `at(along, across)` is a pixel's index. */
interface Axis {
  readonly length: number;
  readonly room: number;
  readonly at: (along: number, across: number) => number;
}

/** Parallel lines: in the middle of their axis they stand at the rows `from..to` (exclusive). */
interface Lines {
  readonly axis: Axis;
  readonly slope: number;
  readonly bands: readonly (readonly [from: number, to: number])[];
}

/** The map without its lines; the same map when there are none, or when they are all that there is. */
export function removeLines(map: InkMap): InkMap {
  const { width, height, pixels } = map.smooth;
  if (Math.min(width, height) < rules.leastSide) return map;
  const level = Math.max(map.floor, Math.floor(rules.leastContrast * map.contrast));
  const axes: readonly Axis[] = [
    { length: width, room: height, at: (along, across) => across * width + along },
    { length: height, room: width, at: (along, across) => along * width + across },
  ];
  const found = axes.map((axis) => findLines(pixels, axis, level));
  if (found.every(({ bands }) => bands.length === 0)) return map;
  const rest = pixels.slice();
  for (const lines of found) subtractAll(rest, lines, map);
  const printed = printedLines(map, rest, found);
  if (printed.every(({ bands }) => bands.length === 0)) return map;
  rest.set(pixels);
  for (const lines of printed) subtractAll(rest, lines, map);
  const smooth = { width, height, pixels: rest };
  if (map.picture === map.smooth) return { ...map, picture: smooth, smooth };
  const raw = map.picture.pixels.slice();
  for (let i = 0; i < raw.length; i++) if (rest[i] !== pixels[i]) raw[i] = (raw[i]! * rest[i]!) / pixels[i]!;
  return { ...map, picture: { width, height, pixels: raw }, smooth };
}

function findLines(pixels: Uint8Array, axis: Axis, level: number): Lines {
  const { length, room } = axis;
  const rise = Math.floor(rules.steepest * length);
  const stride = Math.max(1, Math.floor(rise / 8));
  // A few places tell that most slopes have no line; the others are looked at more closely.
  const coarse = slicesOf(pixels, axis, level, rules.coarseSamples);
  let fine: Slices | undefined;
  let best: { readonly score: number; readonly slope: number; readonly covered: Float64Array } | undefined;
  for (let drift = -rise; drift <= rise; drift += stride) {
    const slope = drift / length;
    if (!coverage(coarse, slope, axis).some((share) => share >= rules.leastCovered)) continue;
    fine ??= slicesOf(pixels, axis, level, rules.samples);
    const covered = coverage(fine, slope, axis);
    let score = 0;
    for (const share of covered) if (share >= rules.leastCovered) score += 0.01 + share - rules.leastCovered;
    if (score > 0 && (best === undefined || score > best.score)) best = { score, slope, covered };
  }
  if (best === undefined) return { axis, slope: 0, bands: [] };
  const thickest = Math.max(rules.thickestPixels, Math.round(rules.thickest * room));
  const bands: [number, number][] = [];
  for (let from = 0; from < room; from++) {
    if (best.covered[from]! < rules.leastCovered) continue;
    let to = from + 1;
    while (to < room && best.covered[to]! >= rules.leastCovered) to++;
    // A line ends at once to either side; a thick or bent stroke does so by and by.
    let [top, bottom] = [from, to];
    while (top > 0 && best.covered[top - 1]! >= rules.strayCovered) top--;
    while (bottom < room && best.covered[bottom]! >= rules.strayCovered) bottom++;
    if (bottom - top <= thickest && isRidge(pixels, axis, offsetsOf(axis, best.slope), from, to))
      bands.push([from, to]);
    from = to;
  }
  return { axis, slope: best.slope, bands };
}

/** Rows of soft edge on either side of a line. */
const softEdge = 2;

/** Cuts across the picture at places along an axis: 1 where there is ink. */
interface Slices {
  readonly places: readonly number[];
  /** `[place, across]`. */
  readonly inked: Uint8Array;
}

function slicesOf(pixels: Uint8Array, { length, room, at }: Axis, level: number, most: number): Slices {
  const step = Math.max(1, Math.floor(length / most));
  const places = Array.from({ length: Math.ceil((length - (step >> 1)) / step) }, (_, n) => (step >> 1) + n * step);
  const inked = new Uint8Array(places.length * room);
  for (const [n, along] of places.entries()) {
    for (let across = 0; across < room; across++) inked[n * room + across] = pixels[at(along, across)]! > level ? 1 : 0;
  }
  return { places, inked };
}

/** Share of the places that are inked, for each row that follows the slope. */
function coverage({ places, inked }: Slices, slope: number, { length, room }: Axis): Float64Array {
  const covered = new Float64Array(room);
  for (let n = 0; n < places.length; n++) {
    const offset = Math.round(slope * (places[n]! + 0.5 - length / 2));
    const start = n * room + offset;
    const to = Math.min(room, room - offset);
    for (let across = Math.max(0, -offset); across < to; across++) covered[across]! += inked[start + across]!;
  }
  for (let across = 0; across < room; across++) covered[across]! /= places.length;
  return covered;
}

/** Whether the level falls away on both sides of a line within its soft edge: what does so slowly is a shadow's. */
function isRidge(pixels: Uint8Array, axis: Axis, offsets: Int32Array, from: number, to: number): boolean {
  const peak = medianAlong(pixels, axis, offsets, (from + to) >> 1);
  const above = medianAlong(pixels, axis, offsets, from - softEdge - 1);
  const below = medianAlong(pixels, axis, offsets, to + softEdge);
  return Math.max(above, below) <= rules.ridge * peak;
}

function subtractAll(rest: Uint8Array, lines: Lines, map: InkMap): void {
  const offsets = offsetsOf(lines.axis, lines.slope);
  for (const band of lines.bands) subtract(map.smooth.pixels, rest, lines.axis, offsets, band, map);
}

/** By how many rows a line is off its middle, at each pixel along it. */
function offsetsOf({ length }: Axis, slope: number): Int32Array {
  return Int32Array.from({ length }, (_, along) => Math.round(slope * (along + 0.5 - length / 2)));
}

/** Takes the line's own level from its rows and their soft edges, except where a stroke crosses. */
function subtract(
  pixels: Uint8Array,
  rest: Uint8Array,
  axis: Axis,
  offsets: Int32Array,
  [from, to]: readonly [number, number],
  { floor, contrast }: InkMap,
): void {
  const { length, room, at } = axis;
  const crossing = rules.crossing * contrast;
  /** The greatest ink of three neighbours in the row beyond the line's edge. */
  const beyond = (along: number, across: number): number => {
    if (across < 0 || across >= room) return 0;
    let most = 0;
    for (let near = Math.max(0, along - 1); near <= Math.min(length - 1, along + 1); near++) {
      most = Math.max(most, pixels[at(near, across)]!);
    }
    return most;
  };
  for (let row = from - softEdge; row < to + softEdge; row++) {
    const level = medianAlong(pixels, axis, offsets, row);
    for (let along = 0; along < length; along++) {
      const offset = offsets[along]!;
      const across = row + offset;
      if (across < 0 || across >= room) continue;
      const index = at(along, across);
      const value = pixels[index]!;
      if (value > level + crossing) continue;
      const above = beyond(along, from - softEdge - 1 + offset);
      const below = beyond(along, to + softEdge + offset);
      if (Math.min(above, below) > Math.max(crossing, floor)) continue;
      const left = value - level - floor;
      rest[index] = left > 0 ? Math.min(rest[index]!, value - level) : 0;
    }
  }
}

/** The median of a row that follows the line: its own level, since strokes cross it only here and there. */
function medianAlong(pixels: Uint8Array, { length, room, at }: Axis, offsets: Int32Array, row: number): number {
  const values: number[] = [];
  for (let along = 0; along < length; along++) {
    const across = row + offsets[along]!;
    if (across >= 0 && across < room) values.push(pixels[at(along, across)]!);
  }
  if (values.length === 0) return 0;
  values.sort((left, right) => left - right);
  return values[values.length >> 1]!;
}

/**
 * Which of the lines are printed, and no strokes of the character.
 *
 * In a tight crop the strokes of a T or a 4 run from side to side as well. But then what hangs on them, the rest of the
 * character, reaches the sides that lie along them, or nearly the sides at which they end; unless they are much lighter than the strokes that hang on them, such
 * lines stay.
 */
function printedLines(map: InkMap, rest: Uint8Array, found: readonly Lines[]): Lines[] {
  const { width, height, pixels } = map.smooth;
  const parts = findComponents(rest, width, height, map.strong);
  const stroke = strokeMass(rest, parts, width, height);
  const least = rules.leastRest * Math.min(width, height);
  let largest = 0;
  for (let n = 1; n <= parts.count; n++) {
    largest = Math.max(largest, parts.right[n]! - parts.left[n]! + 1, parts.bottom[n]! - parts.top[n]! + 1);
  }
  if (largest < least) return [];
  return found.map(({ axis, slope, bands }, index) => {
    const upright = index === 1;
    const [firstAcross, lastAcross] = upright ? [parts.left, parts.right] : [parts.top, parts.bottom];
    const [firstAlong, lastAlong] = upright ? [parts.top, parts.bottom] : [parts.left, parts.right];
    const offsets = offsetsOf(axis, slope);
    const printed = bands.filter(([from, to]) => {
      const hanging = hangingOn(parts, axis, offsets, from, to);
      if (hanging.size === 0) return true;
      let [before, behind] = [from, axis.room - to];
      let [start, end] = [axis.length, axis.length];
      for (const n of hanging) {
        before = Math.min(before, firstAcross[n]!);
        behind = Math.min(behind, axis.room - 1 - lastAcross[n]!);
        start = Math.min(start, firstAlong[n]!);
        end = Math.min(end, axis.length - 1 - lastAlong[n]!);
      }
      if (Math.max(before, behind) < rules.touching) return false;
      let mass = 0;
      for (let row = from - softEdge; row < to + softEdge; row++) mass += medianAlong(pixels, axis, offsets, row);
      if (mass < rules.lighter * stroke) return true;
      return Math.min(start, end) >= rules.leastEnds * axis.length;
    });
    return { axis, slope, bands: printed };
  });
}

/** The strong components of the rest that stand directly beside a line. */
function hangingOn(
  { labels }: Components,
  { length, room, at }: Axis,
  offsets: Int32Array,
  from: number,
  to: number,
): Set<number> {
  const hanging = new Set<number>();
  for (let along = 0; along < length; along++) {
    for (const row of [from - softEdge - 1, to + softEdge]) {
      const across = row + offsets[along]!;
      if (across >= 0 && across < room) hanging.add(labels[at(along, across)]!);
    }
  }
  hanging.delete(0);
  return hanging;
}

/** Ink across a stroke: the mass of all strong components over their length, which is about half of what bounds them. */
function strokeMass(rest: Uint8Array, { labels }: Components, width: number, height: number): number {
  let mass = 0;
  let bounds = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (labels[at] === 0) continue;
      mass += rest[at]!;
      if (x === 0 || labels[at - 1] === 0) bounds++;
      if (x === width - 1 || labels[at + 1] === 0) bounds++;
      if (y === 0 || labels[at - width] === 0) bounds++;
      if (y === height - 1 || labels[at + width] === 0) bounds++;
    }
  }
  // Counted by pixels' edges, a boundary in any direction is 4 / pi times too long on the average.
  return bounds === 0 ? 0 : mass / ((bounds * Math.PI) / 8);
}
