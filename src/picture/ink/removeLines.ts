// Takes printed lines out of an ink map: ruled and squared paper, form boxes, lines that run through the character.
// Lines that stand free along an edge are also known to `selectInk`.
import { type Axis, findLines, type Lines, medianAlong, offsetsOf, softEdge } from './findLines.ts';
import type { InkMap } from './inkMap.ts';
import { printedLines } from './printedLines.ts';

/** Found on captures of MNIST's training digits. Shares without a unit are of the picture's side. */
const rules = {
  /** In smaller pictures a stroke that fills its side cannot be told from a line. */
  leastSide: 24,
  /** It stands out from the paper by this share of the ink's contrast. */
  leastContrast: 0.1,
  /** What stands out of the line by this share of the contrast is ink that crosses it. */
  crossing: 0.3,
} as const;

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
  const printed = printedLines(map, withoutLines(map, found), found);
  if (printed.every(({ bands }) => bands.length === 0)) return map;
  const rest = withoutLines(map, printed);
  const smooth = { width, height, pixels: rest };
  if (map.picture === map.smooth) return { ...map, picture: smooth, smooth };
  const raw = map.picture.pixels.slice();
  for (let i = 0; i < raw.length; i++) if (rest[i] !== pixels[i]) raw[i] = (raw[i]! * rest[i]!) / pixels[i]!;
  return { ...map, picture: { width, height, pixels: raw }, smooth };
}

/**
 * The pixels less both axes' lines. Where these cross there is no stroke: each axis is asked in the picture without the
 * other's.
 */
function withoutLines(map: InkMap, found: readonly Lines[]): Uint8Array {
  const { pixels } = map.smooth;
  const alone = found.map((lines) => {
    const rest = pixels.slice();
    subtractAll(pixels, rest, lines, map);
    return rest;
  });
  const rest = pixels.slice();
  for (const [index, lines] of found.entries()) subtractAll(alone[1 - index]!, rest, lines, map);
  const crossed = new Uint8Array(pixels.length);
  for (const { axis, slope, bands } of found) {
    const offsets = offsetsOf(axis, slope);
    for (const [from, to] of bands) {
      for (let along = 0; along < axis.length; along++) {
        const first = Math.max(0, from - 1 + offsets[along]!);
        const end = Math.min(axis.room, to + 1 + offsets[along]!);
        for (let across = first; across < end; across++) crossed[axis.at(along, across)]!++;
      }
    }
  }
  for (let i = 0; i < rest.length; i++) if (crossed[i]! > 1) rest[i] = 0;
  return rest;
}

/** @param context where strokes beside a line are looked for. */
function subtractAll(context: Uint8Array, rest: Uint8Array, lines: Lines, map: InkMap): void {
  const offsets = offsetsOf(lines.axis, lines.slope);
  for (const band of lines.bands) subtract(context, rest, lines.axis, offsets, band, map);
}

/** Takes the line's own level from its rows and their soft edges, except where a stroke crosses. */
function subtract(
  context: Uint8Array,
  rest: Uint8Array,
  axis: Axis,
  offsets: Int32Array,
  [from, to]: readonly [number, number],
  { floor, contrast, smooth: { pixels } }: InkMap,
): void {
  const { length, room, at } = axis;
  const crossing = rules.crossing * contrast;
  /** The greatest ink of three neighbours in the row beyond the line's edge. */
  const beyond = (along: number, across: number): number => {
    if (across < 0 || across >= room) return 0;
    let most = 0;
    for (let near = Math.max(0, along - 1); near <= Math.min(length - 1, along + 1); near++) {
      most = Math.max(most, context[at(near, across)]!);
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
