// The pieces of a row of characters between its candidate cuts: each a picture of its own, as a recogniser takes it.
import type { Bounds, FoundInk, Seam } from '../../picture/floor.ts';

/** What lies between two cuts. */
export interface Piece {
  /** The cuts to its left and right, counted from the left edge, 0, to the right edge, one more than there are cuts. */
  readonly from: number;
  readonly to: number;
  /** Its ink with paper round it. */
  readonly ink: FoundInk;
  /** Where its ink stands in the row. */
  readonly bounds: Bounds;
  /** Whether a cut through paper would part it: its ink hangs together nowhere. */
  readonly parted: boolean;
}

/** All shares are of the characters' height. */
const rules = {
  /** No character is wider, unless there is no cut in it. */
  widest: 2,
  /** Cuts further apart than this have another between them that leaves out the paper. */
  farthest: 3,
  /** Less ink than this high and wide is what a cut left over. */
  least: 0.08,
  /** A cut through less ink than this goes through paper. */
  paper: 0.02,
} as const;

/** Pieces between two cuts: those that are no wider than a character; `undefined` where there is next to no ink. */
export interface Pieces {
  readonly pieces: readonly Piece[];
  /** The position in `pieces` of what lies between two cuts; `empty`: no ink to speak of; undefined: too wide. */
  at(from: number, to: number): number | 'empty' | undefined;
}

/**
 * Cuts a row of characters in all ways.
 *
 * @param ink of the row, on 0.
 * @param level pixels above it are ink for sure.
 * @param cuts from left to right.
 * @param size height of the characters, in pixels.
 */
export function cutPieces(ink: FoundInk, level: number, cuts: readonly Seam[], size: number): Pieces {
  const { width, height } = ink;
  const edge = (column: number): Seam => ({ columns: new Int32Array(height).fill(column), ink: 0 });
  const lines = [edge(0), ...cuts, edge(width)];
  const shapes: Pick<Piece, 'from' | 'to' | 'bounds'>[] = [];
  const places = new Map<number, number | 'empty'>();
  for (let from = 0; from < lines.length; from++) {
    for (let to = from + 1; to < lines.length; to++) {
      if (to > from + 1 && areFarApart(lines[from]!, lines[to]!, rules.farthest * size)) break;
      const bounds = boundsBetween(ink, level, lines[from]!, lines[to]!);
      const place = from * lines.length + to;
      if (bounds === undefined || Math.max(bounds.width, bounds.height) < rules.least * size) {
        places.set(place, 'empty');
        continue;
      }
      // Further right it only gets wider.
      if (to > from + 1 && bounds.width > rules.widest * size) break;
      places.set(place, shapes.length);
      shapes.push({ from, to, bounds });
    }
  }
  const at: Pieces['at'] = (from, to) => places.get(from * lines.length + to);
  const pieces = shapes.map(({ from, to, bounds }): Piece => {
    const parted = cuts.some(
      (cut, index) =>
        cut.ink < rules.paper * size &&
        from <= index &&
        index + 1 < to &&
        at(from, index + 1) !== 'empty' &&
        at(index + 1, to) !== 'empty',
    );
    return { from, to, bounds, parted, ink: inkBetween(ink, lines[from]!, lines[to]!, bounds) };
  });
  return { pieces, at };
}

function areFarApart(left: Seam, right: Seam, distance: number): boolean {
  return left.columns.every((column, y) => right.columns[y]! - column > distance);
}

/** The smallest rectangle that holds the sure ink between two cuts. */
function boundsBetween(
  { width, height, amounts }: FoundInk,
  level: number,
  left: Seam,
  right: Seam,
): Bounds | undefined {
  let [first, last, top, bottom] = [width, -1, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = left.columns[y]!; x < right.columns[y]!; x++) {
      if (amounts[y * width + x]! <= level) continue;
      first = Math.min(first, x);
      last = Math.max(last, x);
      if (top < 0) top = y;
      bottom = y;
    }
  }
  return last < 0 ? undefined : { left: first, top, width: last - first + 1, height: bottom - top + 1 };
}

function inkBetween(ink: FoundInk, left: Seam, right: Seam, bounds: Bounds): FoundInk {
  const { width, height } = bounds;
  const amounts = new Uint8Array(width * height);
  for (let y = bounds.top; y < bounds.top + bounds.height; y++) {
    const from = Math.max(left.columns[y]!, bounds.left);
    const to = Math.min(right.columns[y]!, bounds.left + bounds.width);
    if (from >= to) continue;
    const target = (y - bounds.top) * width + from - bounds.left;
    amounts.set(ink.amounts.subarray(y * ink.width + from, y * ink.width + to), target);
  }
  return { width, height, amounts };
}
