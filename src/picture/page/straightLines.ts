// Takes rules out of a page: ruled and squared paper, tables, underlines, wherever they end. `removeLines` does so in a picture of one
// character, where a line runs from side to side; here a line is long against the characters, and may be bowed and slanted a little.
import type { Picture } from '../picture.ts';

/** What counts as a rule. */
export interface RuleSize {
  /** Least length, in pixels. */
  readonly length: number;
  /** Most pixels across. */
  readonly thickness: number;
}

/** All numbers here are ours. */
const limits = {
  /** Share of its length along which a rule is seen as itself: elsewhere a stroke covers it, or print has broken. */
  seen: 0.55,
  /** A gap is bridged up to this share of the least length. */
  gap: 0.25,
  /** A piece belongs when its middle is this near to the line so far, in pixels and in thicknesses. */
  near: 1.5,
  nearShare: 0.5,
  /** Seen along this share of the least length, a line is known: its slope is trusted, and strokes that cross it do not hide it. */
  known: 0.1,
  /** Share of a new piece in the running middle of a line. */
  pull: 0.2,
  /** It stays within this many pixels, and this share of its length, of a straight line: the root of the mean square. */
  straight: 1.5,
  straightShare: 0.008,
  /** It rises by no more than this a pixel. */
  steepest: 0.2,
  /** A stretch of it that a stroke has cut off is at least this many thicknesses long. */
  stretch: 3,
  /** Pieces thicker than this many times its own thickness, and one pixel, are strokes that lie on it. */
  thicker: 1.5,
  /** More pieces or lines than this are a texture: bounds memory to 32 MB and about 80 MB. */
  mostPieces: 2_000_000,
  mostLines: 500_000,
} as const;

/** Rules that were taken out of a page. */
export interface BlankedRules {
  /** `[row, column]`: 1 where a rule from left to right was, 2 where one from top to bottom was, 3 where both were. */
  readonly mask: Uint8Array;
  /** Pixels across the thickest of them; 0 when there were none. */
  thickness: number;
}

/** Short runs of ink across one direction, with the line that each belongs to. */
interface Pieces {
  count: number;
  along: Int32Array;
  from: Int32Array;
  to: Int32Array;
  line: Int32Array;
}

/** A line as it is followed. */
interface Line {
  first: number;
  last: number;
  seen: number;
  /** Running middle, across. */
  middle: number;
  /** Distance of the last piece from the middle. */
  off: number;
  /** The last piece. */
  piece: number;
  thickness: number;
  /** Sums of places along and across, of their squares and products. */
  x: number;
  y: number;
  xx: number;
  xy: number;
  yy: number;
}

/**
 * Blanks the rules of one direction.
 *
 * The picture is cut across into columns of one pixel; runs of ink no longer than `thickness` are followed from column to column.
 * What comes out long, thin, and straight is a rule; its runs are blanked, and where a stroke crosses, the run is longer and stays.
 *
 * @param ink changed in place.
 * @param level pixels above it are ink.
 * @param across true: rules that run from left to right; false: from top to bottom.
 * @param blanked is told what was blanked.
 */
export function blankRules(ink: Picture, level: number, across: boolean, size: RuleSize, blanked: BlankedRules): void {
  const { width, height, pixels } = ink;
  const [length, room] = across ? [width, height] : [height, width];
  const [alongStep, acrossStep] = across ? [1, width] : [width, 1];
  if (length < size.length) return;
  const found = followLines(pixels, level, { length, room, alongStep, acrossStep }, size);
  if (found === undefined) return;
  const { pieces, lines } = found;
  const rules = lines.filter((line) => isRule(line, size));
  if (rules.length === 0) return;
  const known = new Set(rules);
  const thickest = lines.map((line) => {
    // Of what is shorter than any stretch there may be very many.
    if (line.last - line.first + 1 < limits.stretch) return 0;
    const rule = known.has(line) ? line : rules.find((other) => goesOn(line, other, size));
    return rule === undefined ? 0 : Math.round((limits.thicker * rule.thickness) / rule.seen) + 1;
  });
  for (let piece = 0; piece < pieces.count; piece++) {
    const [from, to] = [pieces.from[piece]!, pieces.to[piece]!];
    if (to - from > thickest[pieces.line[piece]!]!) continue;
    const start = pieces.along[piece]! * alongStep;
    for (let at = from; at < to; at++) {
      pixels[start + at * acrossStep] = 0;
      blanked.mask[start + at * acrossStep]! |= across ? 1 : 2;
    }
  }
  for (const rule of rules) blanked.thickness = Math.max(blanked.thickness, rule.thickness / rule.seen);
}

interface Direction {
  readonly length: number;
  readonly room: number;
  readonly alongStep: number;
  readonly acrossStep: number;
}

function followLines(
  pixels: Uint8Array,
  level: number,
  { length, room, alongStep, acrossStep }: Direction,
  size: RuleSize,
): { readonly pieces: Pieces; readonly lines: readonly Line[] } | undefined {
  const pieces = emptyPieces(4096);
  const lines: Line[] = [];
  const trail = { passed: new Int32Array(room).fill(-1), known: new Int32Array(room).fill(-1) };
  for (let along = 0; along < length; along++) {
    const start = along * alongStep;
    for (let from = 0; from < room; from++) {
      if (pixels[start + from * acrossStep]! <= level) continue;
      let to = from + 1;
      while (to < room && pixels[start + to * acrossStep]! > level) to++;
      if (to - from <= size.thickness) {
        if (pieces.count === limits.mostPieces || lines.length >= limits.mostLines) return undefined;
        addPiece(pieces, along, from, to);
        place(pieces, lines, trail, size.length);
      }
      from = to;
    }
  }
  return { pieces, lines };
}

/** The line that passed each row last, and the known line that did. */
interface Trail {
  readonly passed: Int32Array;
  readonly known: Int32Array;
}

/** Gives the newest piece to the line that it goes on, or begins one with it. */
function place(pieces: Pieces, lines: Line[], trail: Trail, length: number): void {
  const { passed, known } = trail;
  const piece = pieces.count - 1;
  const [along, from, to] = [pieces.along[piece]!, pieces.from[piece]!, pieces.to[piece]!];
  const middle = (from + to - 1) / 2;
  const isKnown = (line: Line): boolean => line.seen >= limits.known * length;
  let best = -1;
  let nearest = Number.POSITIVE_INFINITY;
  const consider = (candidate: number): void => {
    if (candidate < 0) return;
    const line = lines[candidate]!;
    const passedBy = along - line.last;
    if (passedBy > Math.max(2, limits.gap * length)) return;
    const expected = line.middle + (isKnown(line) ? slopeOf(line) * passedBy : 0);
    const off = Math.abs(middle - expected);
    if (off > limits.near + (limits.nearShare * line.thickness) / line.seen || off >= nearest) return;
    nearest = off;
    best = candidate;
  };
  const [first, last] = [Math.max(0, from - 2), Math.min(passed.length, to + 2)];
  for (let row = first; row < last; row++) consider(known[row]!);
  if (best < 0) for (let row = first; row < last; row++) consider(passed[row]!);
  if (best >= 0 && lines[best]!.last === along) {
    // Two pieces of one column: the nearer one is the line's, the other begins another.
    if (lines[best]!.off <= nearest) best = -1;
    else {
      const other = lines[best]!.piece;
      take(lines[best]!, pieces, other, -1);
      pieces.line[other] = lines.length;
      passed.fill(lines.length, pieces.from[other]!, pieces.to[other]!);
      lines.push(lineOf(pieces, other));
    }
  }
  if (best < 0) {
    best = lines.length;
    lines.push(lineOf(pieces, piece));
  } else {
    const line = lines[best]!;
    const passedBy = along - line.last;
    if (passedBy > 1 && isKnown(line)) line.middle += slopeOf(line) * passedBy;
    take(line, pieces, piece, 1);
    line.off = nearest;
    line.piece = piece;
    line.last = along;
    line.middle += limits.pull * (middle - line.middle);
    if (isKnown(line)) known.fill(best, from, to);
  }
  pieces.line[piece] = best;
  passed.fill(best, from, to);
}

function lineOf(pieces: Pieces, piece: number): Line {
  const along = pieces.along[piece]!;
  const middle = (pieces.from[piece]! + pieces.to[piece]! - 1) / 2;
  const sums = { x: 0, y: 0, xx: 0, xy: 0, yy: 0, seen: 0, thickness: 0 };
  const line = { first: along, last: along, middle, off: 0, piece, ...sums };
  take(line, pieces, piece, 1);
  return line;
}

/** Adds a piece to a line's sums, or takes it out. */
function take(line: Line, pieces: Pieces, piece: number, sign: 1 | -1): void {
  const [x, from, to] = [pieces.along[piece]!, pieces.from[piece]!, pieces.to[piece]!];
  const y = (from + to - 1) / 2;
  line.seen += sign;
  line.thickness += sign * (to - from);
  line.x += sign * x;
  line.y += sign * y;
  line.xx += sign * x * x;
  line.xy += sign * x * y;
  line.yy += sign * y * y;
}

/** Slope of the straight line through all pieces (least squares). */
function slopeOf({ seen, x, y, xx, xy }: Line): number {
  return (xy - (x * y) / seen) / (xx - (x * x) / seen);
}

function isRule(line: Line, size: RuleSize): boolean {
  const { first, last, seen, x, y, xx, yy } = line;
  const length = last - first + 1;
  if (length < size.length || seen < limits.seen * length) return false;
  const spread = xx - (x * x) / seen;
  const slope = slopeOf(line);
  const deviation = Math.sqrt(Math.max(0, (yy - (y * y) / seen - slope * slope * spread) / seen));
  return Math.abs(slope) <= limits.steepest && deviation <= limits.straight + limits.straightShare * length;
}

/** Whether a short line is a stretch of a rule that a stroke has cut off: it lies on the rule, or on its way beyond an end. */
function goesOn(line: Line, rule: Line, size: RuleSize): boolean {
  const gap = limits.gap * size.length;
  if (line.last < rule.first - gap || line.first > rule.last + gap) return false;
  const thickness = rule.thickness / rule.seen;
  const length = line.last - line.first + 1;
  if (length < limits.stretch * thickness || line.thickness / line.seen > limits.thicker * thickness + 1) return false;
  const slope = slopeOf(rule);
  const near = limits.near + limits.nearShare * thickness;
  const offAt = (along: number, across: number): number =>
    Math.abs(across - rule.y / rule.seen - slope * (along - rule.x / rule.seen));
  const own = slopeOf(line);
  const middle = line.y / line.seen;
  const reach = length / 2;
  return (
    offAt(line.x / line.seen, middle) <= near &&
    offAt(line.x / line.seen - reach, middle - own * reach) <= near &&
    offAt(line.x / line.seen + reach, middle + own * reach) <= near
  );
}

function emptyPieces(room: number): Pieces {
  const column = (): Int32Array => new Int32Array(room);
  return { count: 0, along: column(), from: column(), to: column(), line: column() };
}

function addPiece(pieces: Pieces, along: number, from: number, to: number): void {
  if (pieces.count === pieces.along.length) {
    for (const column of ['along', 'from', 'to', 'line'] as const) {
      const larger = new Int32Array(2 * pieces.count);
      larger.set(pieces[column]);
      pieces[column] = larger;
    }
  }
  pieces.along[pieces.count] = along;
  pieces.from[pieces.count] = from;
  pieces.to[pieces.count] = to;
  pieces.count++;
}
