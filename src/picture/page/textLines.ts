// The order in which boxes are read: lines from top to bottom, in each from left to right. Knows boxes only.
import type { Bounds } from '../bounds.ts';

/** The numbers of this step. */
const rules = {
  /** A box belongs to a line when its middle is this near to the line's, in heights of the line's characters. */
  near: 0.3,
  /** Or when they share this much of the lower one's height. */
  shared: 0.55,
  /** Share of a new box in the middle and height of its line, and in the line's slope: lines may rise, fall and bow. */
  pull: 0.5,
  turn: 0.12,
  /** Most rise or fall a pixel, and over one gap in heights: further off a slope says little. */
  steepest: 0.2,
  furthest: 0.5,
  /** Boxes lower than this share of the characters' height do not pull: commas, dashes. */
  full: 0.5,
} as const;

interface Line {
  readonly members: number[];
  /** Place of the last box, and middle and height of the line there. */
  x: number;
  middle: number;
  height: number;
  slope: number;
  /** Place and middle where it began. */
  readonly begin: { readonly x: number; readonly middle: number };
}

/**
 * Puts boxes into lines. From left to right, each box goes on the line that is nearest to it there, or begins one; so
 * lines may be slanted and bowed. Columns beside each other are read across.
 *
 * @param size height of the characters, in pixels.
 * @returns positions in `boxes`, line by line.
 */
export function textLines(boxes: readonly Bounds[], size: number): number[][] {
  const placeOf = ({ left, width }: Bounds): number => left + width / 2;
  const order = [...boxes.keys()].sort((one, other) => placeOf(boxes[one]!) - placeOf(boxes[other]!) || one - other);
  const lines: Line[] = [];
  for (const index of order) {
    const box = boxes[index]!;
    const [x, middle] = [placeOf(box), box.top + box.height / 2];
    let best: Line | undefined;
    let nearest = Number.POSITIVE_INFINITY;
    for (const line of lines) {
      const off = Math.abs(middle - middleAt(line, x));
      const shared = (box.height + line.height) / 2 - off;
      const fits =
        off <= rules.near * Math.max(line.height, size) || shared >= rules.shared * Math.min(box.height, line.height);
      if (!fits || off >= nearest) continue;
      nearest = off;
      best = line;
    }
    if (best === undefined) {
      const height = Math.max(box.height, rules.full * size);
      lines.push({ members: [index], x, middle, height, slope: 0, begin: { x, middle } });
      continue;
    }
    best.members.push(index);
    if (box.height < rules.full * size) continue;
    const expected = middleAt(best, x);
    const turn = (rules.turn * (middle - expected)) / Math.max(x - best.x, best.height);
    best.slope = Math.max(-rules.steepest, Math.min(rules.steepest, best.slope + turn));
    best.middle = expected + rules.pull * (middle - expected);
    best.height += rules.pull * (box.height - best.height);
    best.x = x;
  }
  return inOrder(lines).map(({ members }) => members);
}

/** Where the middle of a line is expected. */
function middleAt({ x, middle, height, slope }: Line, at: number): number {
  const most = rules.furthest * height;
  return middle + Math.max(-most, Math.min(most, slope * (at - x)));
}

/**
 * From top to bottom, as if all began at the left edge: on a slanted page a line that begins further right begins
 * higher or lower.
 */
function inOrder(lines: readonly Line[]): Line[] {
  const slopes = lines.flatMap(({ members, x, middle, begin }) =>
    members.length > 1 && x > begin.x ? [(middle - begin.middle) / (x - begin.x)] : [],
  );
  const slope = slopes.sort((one, other) => one - other)[slopes.length >> 1] ?? 0;
  const level = ({ begin }: Line): number => begin.middle - slope * begin.x;
  return lines.toSorted((one, other) => level(one) - level(other));
}
