// Finds straight lines that run through the picture from side to side: ruled paper, form boxes, but also strokes that
// fill a tight crop. Which of them are printed is for `printedLines` to say.

/** Found on captures of MNIST's training digits. Shares without a unit are of the picture's side. */
const rules = {
  /** A line is there along this share of the picture, whatever is written across it. */
  leastCovered: 0.85,
  /** Beside it no more than this share is inked, by strokes that cross it. */
  strayCovered: 0.5,
  /** It is no thicker than this; in small pictures blur makes any line three pixels thick. */
  thickest: 0.08,
  thickestPixels: 3,
  /** It rises from one side of the picture to the other by no more than this: five degrees. */
  steepest: 0.087,
  /** Beside its soft edge the level is below this share of its own. */
  ridge: 0.5,
  /** Places along a line that are looked at, at first and at last: more would change nothing but the time it takes. */
  coarseSamples: 20,
  samples: 64,
} as const;

/** The picture seen along one axis: `at(along, across)` is a pixel's index. */
export interface Axis {
  readonly length: number;
  readonly room: number;
  readonly at: (along: number, across: number) => number;
}

/** Parallel lines: in the middle of their axis they stand at the rows `from..to` (exclusive). */
export interface Lines {
  readonly axis: Axis;
  readonly slope: number;
  readonly bands: readonly (readonly [from: number, to: number])[];
}

/** Rows of soft edge on either side of a line. */
export const softEdge = 2;

/** The lines along one axis that stand out of the paper by more than `level`. */
export function findLines(pixels: Uint8Array, axis: Axis, level: number): Lines {
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
  const offsets = offsetsOf(axis, best.slope);
  const bands: [number, number][] = [];
  for (let from = 0; from < room; from++) {
    if (best.covered[from]! < rules.leastCovered) continue;
    let to = from + 1;
    while (to < room && best.covered[to]! >= rules.leastCovered) to++;
    const band = bodyOf(pixels, axis, best.slope, offsets, from, to);
    if (band[1] - band[0] <= thickest && isRidge(pixels, axis, offsets, band)) bands.push(band);
    from = to;
  }
  return { axis, slope: best.slope, bands };
}

/**
 * The rows of a line without its soft edges: where half of its own level is reached by half of the places. A line ends
 * at once to either side; a thick or bent stroke does so by and by.
 */
function bodyOf(
  pixels: Uint8Array,
  axis: Axis,
  slope: number,
  offsets: Int32Array,
  from: number,
  to: number,
): [from: number, to: number] {
  let [peak, row] = [0, from];
  for (let each = from; each < to; each++) {
    const level = medianAlong(pixels, axis, offsets, each);
    if (level > peak) [peak, row] = [level, each];
  }
  const covered = coverage(slicesOf(pixels, axis, peak >> 1, rules.samples), slope, axis);
  let [top, bottom] = [row, row + 1];
  while (top > 0 && covered[top - 1]! >= rules.strayCovered) top--;
  while (bottom < axis.room && covered[bottom]! >= rules.strayCovered) bottom++;
  return [top, bottom];
}

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
function isRidge(pixels: Uint8Array, axis: Axis, offsets: Int32Array, [from, to]: readonly [number, number]): boolean {
  const peak = medianAlong(pixels, axis, offsets, (from + to) >> 1);
  const above = medianAlong(pixels, axis, offsets, from - softEdge - 1);
  const below = medianAlong(pixels, axis, offsets, to + softEdge);
  return Math.max(above, below) <= rules.ridge * peak;
}

/** By how many rows a line is off its middle, at each pixel along it. */
export function offsetsOf({ length }: Axis, slope: number): Int32Array {
  return Int32Array.from({ length }, (_, along) => Math.round(slope * (along + 0.5 - length / 2)));
}

/** The median of a row that follows the line: its own level, since strokes cross it only here and there. */
export function medianAlong(pixels: Uint8Array, { length, room, at }: Axis, offsets: Int32Array, row: number): number {
  const values: number[] = [];
  for (let along = 0; along < length; along++) {
    const across = row + offsets[along]!;
    if (across >= 0 && across < room) values.push(pixels[at(along, across)]!);
  }
  if (values.length === 0) return 0;
  values.sort((left, right) => left - right);
  return values[values.length >> 1]!;
}
