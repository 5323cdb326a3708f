// Tells printed lines from strokes of the character that are as straight, by what hangs on them.
import { type Components, findComponents } from '../components.ts';
import { type Axis, type Lines, medianAlong, offsetsOf, softEdge } from './findLines.ts';
import type { InkMap } from './inkMap.ts';

/** Found on captures of MNIST's training digits. Shares without a unit are of the picture's side. */
const rules = {
  /** What is left must be this large to be a character. */
  leastRest: 0.35,
  /** Nearer than this many pixels, ink touches a side. */
  touching: 3,
  /** A line with less than this share of a stroke's ink across it is no stroke. */
  lighter: 0.6,
  /** Heavier ones run on by this much beyond what hangs on them, at both ends. */
  leastEnds: 0.12,
  /** Or they are not heavier than this many times one that is surely printed, or there are this many of them: a box. */
  alike: 1.5,
  manyLines: 3,
} as const;

/**
 * Which of the lines are printed, and no strokes of the character.
 *
 * In a tight crop the strokes of a T or a 4 run from side to side as well. But then what hangs on them, the rest of the
 * character, reaches the sides that lie along them, or nearly the sides at which they end. The first kind stays; the
 * second goes only if it is much lighter than the strokes that hang on it, or in the company of other lines.
 */
export function printedLines(map: InkMap, rest: Uint8Array, found: readonly Lines[]): Lines[] {
  const { width, height, pixels } = map.smooth;
  const parts = findComponents(rest, width, height, map.strong);
  const stroke = strokeMass(rest, parts, width, height);
  const least = rules.leastRest * Math.min(width, height);
  let largest = 0;
  for (let n = 1; n <= parts.count; n++) {
    largest = Math.max(largest, parts.right[n]! - parts.left[n]! + 1, parts.bottom[n]! - parts.top[n]! + 1);
  }
  if (largest < least) return [];
  const all = found.flatMap(({ axis, slope, bands }, index) => {
    const offsets = offsetsOf(axis, slope);
    return bands.map((band) => {
      const mass = massAcross(pixels, axis, offsets, band);
      return { band, index, mass, ...judgeLine(parts, axis, index === 1, band, hangingOn(parts, axis, offsets, band)) };
    });
  });
  const isPlain = ({ free, ends, mass }: (typeof all)[number]): boolean =>
    free || ends >= rules.leastEnds || mass < rules.lighter * stroke;
  const heaviest = Math.max(0, ...all.filter(isPlain).map(({ mass }) => mass));
  const printed = all.filter(
    (line) => !line.tight && (isPlain(line) || all.length >= rules.manyLines || line.mass <= rules.alike * heaviest),
  );
  return found.map(({ axis, slope }, index) => ({
    axis,
    slope,
    bands: printed.filter((line) => line.index === index).map(({ band }) => band),
  }));
}

/** How a line stands to what hangs on it. */
interface Standing {
  /** Nothing hangs on it. */
  readonly free: boolean;
  /** It and what hangs on it reach both of the sides that lie along it. */
  readonly tight: boolean;
  /** How far it runs on beyond what hangs on it, at the shorter end, as a share of its length. */
  readonly ends: number;
}

function judgeLine(
  parts: Components,
  axis: Axis,
  upright: boolean,
  [from, to]: readonly [number, number],
  hanging: ReadonlySet<number>,
): Standing {
  const [firstAcross, lastAcross] = upright ? [parts.left, parts.right] : [parts.top, parts.bottom];
  const [firstAlong, lastAlong] = upright ? [parts.top, parts.bottom] : [parts.left, parts.right];
  let [before, behind] = [from, axis.room - to];
  let [start, end] = [axis.length, axis.length];
  for (const n of hanging) {
    before = Math.min(before, firstAcross[n]!);
    behind = Math.min(behind, axis.room - 1 - lastAcross[n]!);
    start = Math.min(start, firstAlong[n]!);
    end = Math.min(end, axis.length - 1 - lastAlong[n]!);
  }
  const free = hanging.size === 0;
  const tight = !free && Math.max(before, behind) < rules.touching;
  return { free, tight, ends: Math.min(start, end) / axis.length };
}

/** Ink across a line and its soft edges. */
function massAcross(
  pixels: Uint8Array,
  axis: Axis,
  offsets: Int32Array,
  [from, to]: readonly [number, number],
): number {
  let mass = 0;
  for (let row = from - softEdge; row < to + softEdge; row++) mass += medianAlong(pixels, axis, offsets, row);
  return mass;
}

/** The strong components of the rest that stand directly beside a line. */
function hangingOn(
  { labels }: Components,
  { length, room, at }: Axis,
  offsets: Int32Array,
  [from, to]: readonly [number, number],
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

/**
 * Ink across a stroke: the mass of all strong components over their length, which is about half of what bounds them.
 */
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
