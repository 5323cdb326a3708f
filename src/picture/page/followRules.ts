// Follows what may be rules over a page: short runs of ink across one direction, strung to lines. Which lines are
// rules, and what becomes of them, is for `blankRules` to say.

/** What counts as a rule. */
export interface RuleSize {
  /** Least length, in pixels. */
  readonly length: number;
  /** Most pixels across. */
  readonly thickness: number;
}

/** The numbers of this step. */
export const following = {
  /** A gap is bridged up to this share of the least length. */
  gap: 0.25,
  /** A piece belongs when its middle is this near to the line so far, in pixels and in thicknesses. */
  near: 1.5,
  nearShare: 0.5,
  /**
   * Seen along this share of the least length, a line is known: its slope is trusted, and strokes that cross it do not
   * hide it.
   */
  known: 0.1,
  /** Share of a new piece in the running middle of a line. */
  pull: 0.2,
  /** More pieces or lines than this are a texture: bounds memory to 32 MB and about 80 MB. */
  mostPieces: 2_000_000,
  mostLines: 500_000,
} as const;

/** Short runs of ink across one direction, with the line that each belongs to. */
export interface Pieces {
  count: number;
  along: Int32Array;
  from: Int32Array;
  to: Int32Array;
  line: Int32Array;
}

/** A line as it is followed. */
export interface Line {
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

/** The way along which rules are followed: pixels along and across it, and the steps between them. */
export interface Direction {
  readonly length: number;
  readonly room: number;
  readonly alongStep: number;
  readonly acrossStep: number;
}

/**
 * Cuts a picture across into columns of one pixel and follows the short runs of ink from column to column.
 *
 * @param level pixels above it are ink.
 * @returns undefined when there are too many: a texture.
 */
export function followRules(
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
        if (pieces.count === following.mostPieces || lines.length >= following.mostLines) return undefined;
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
  const isKnown = (line: Line): boolean => line.seen >= following.known * length;
  let best = -1;
  let nearest = Number.POSITIVE_INFINITY;
  const consider = (candidate: number): void => {
    if (candidate < 0) return;
    const line = lines[candidate]!;
    const passedBy = along - line.last;
    if (passedBy > Math.max(2, following.gap * length)) return;
    const expected = line.middle + (isKnown(line) ? slopeOf(line) * passedBy : 0);
    const off = Math.abs(middle - expected);
    if (off > following.near + (following.nearShare * line.thickness) / line.seen || off >= nearest) return;
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
    line.middle += following.pull * (middle - line.middle);
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
export function slopeOf({ seen, x, y, xx, xy }: Line): number {
  return (xy - (x * y) / seen) / (xx - (x * x) / seen);
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
