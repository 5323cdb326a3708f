// Joins the parts of one character: the dot of an i, the two bars of =, the pieces of a broken stroke. Knows boxes
// only. What touches is not taken apart.
import type { Bounds } from '../bounds.ts';

/** Shares without a unit are of the characters' height. */
const rules = {
  /** A box inside another, by this share of its own area, belongs to it. */
  inside: 0.6,
  /** Parts one above the other share this much of the narrower one's width. */
  stacked: 0.5,
  /** A dot or an accent is no higher than this, and the gap to its letter no larger than that. */
  dotHeight: 0.45,
  dotGap: 0.4,
  /** The bars of = are no higher than this, wider than high by this factor, and this much of the wider one's width. */
  barHeight: 0.3,
  barShape: 1.5,
  barWidth: 0.6,
  barGap: 0.6,
  /** Above each other and this near, two parts are a character that a rule or a weak pen has cut. */
  cutGap: 0.12,
  /** Pieces of a broken stroke are this near, and the smaller one no longer than that. */
  brokenGap: 0.08,
  brokenPixels: 1.5,
  brokenPiece: 0.6,
  /**
   * Parts whose boxes overlap by this share of the smaller one's area are one character, when one of them is a piece.
   */
  overlap: 0.2,
  /** All of them together are no higher and no wider than this. */
  highest: 1.5,
  widest: 1.3,
} as const;

/**
 * Groups boxes that belong to one character.
 *
 * @param boxes of the parts.
 * @param size height of the characters, in pixels.
 * @returns groups of positions in `boxes`; every box is in one.
 */
export function joinParts(boxes: readonly Bounds[], size: number): number[][] {
  let groups = boxes.map((box, index) => ({ box, members: [index] }));
  // What is joined is larger, and may reach others; each round joins at least one, and few rounds do.
  for (let joined = true; joined; ) {
    joined = false;
    const near = neighbours(
      groups.map(({ box }) => box),
      size,
    );
    const owner = groups.map((_, index) => index);
    const rootOf = (index: number): number => {
      let root = index;
      while (owner[root] !== root) root = owner[root]!;
      return root;
    };
    for (const [one, other] of near) {
      const [first, second] = [rootOf(one), rootOf(other)];
      if (first === second || !belong(groups[first]!.box, groups[second]!.box, size)) continue;
      const [into, from] = [Math.min(first, second), Math.max(first, second)];
      owner[from] = into;
      groups[into]!.box = hull(groups[into]!.box, groups[from]!.box);
      groups[into]!.members.push(...groups[from]!.members);
      joined = true;
    }
    groups = groups.filter((_, index) => owner[index] === index);
  }
  return groups.map(({ members }) => members);
}

/** The smallest box that holds both. */
export function hull(one: Bounds, other: Bounds): Bounds {
  const [left, top] = [Math.min(one.left, other.left), Math.min(one.top, other.top)];
  return {
    ...{ left, top },
    width: Math.max(one.left + one.width, other.left + other.width) - left,
    height: Math.max(one.top + one.height, other.top + other.height) - top,
  };
}

/** Whether two boxes are parts of one character. */
function belong(one: Bounds, other: Bounds, size: number): boolean {
  const [large, small] = one.width * one.height >= other.width * other.height ? [one, other] : [other, one];
  const shared = sharedLengths(one, other);
  const [across, down] = [Math.max(0, shared.across), Math.max(0, shared.down)];
  const [gapAcross, gapDown] = [Math.max(0, -shared.across), Math.max(0, -shared.down)];
  const covered = (across * down) / (small.width * small.height);
  if (covered >= rules.inside) return true;
  const whole = hull(one, other);
  if (whole.height > rules.highest * size || whole.width > Math.max(rules.widest * size, large.width)) return false;
  const longest = Math.max(small.width, small.height);
  if (covered >= rules.overlap && longest <= rules.brokenPiece * size) return true;
  const gap = Math.max(gapAcross, gapDown);
  if (gap <= Math.max(rules.brokenPixels, rules.brokenGap * size) && longest <= rules.brokenPiece * size) return true;
  if (across < rules.stacked * Math.min(one.width, other.width)) return false;
  return gapDown <= rules.cutGap * size || isDot(large, small, gapDown, size) || areBars(one, other, gapDown, size);
}

function isDot(large: Bounds, small: Bounds, gap: number, size: number): boolean {
  return (
    small.top < large.top &&
    small.height <= rules.dotHeight * size &&
    gap <= rules.dotGap * size &&
    large.height > small.height
  );
}

function areBars(one: Bounds, other: Bounds, gap: number, size: number): boolean {
  const isBar = ({ width, height }: Bounds): boolean =>
    height <= rules.barHeight * size && width >= rules.barShape * height;
  const alike = Math.min(one.width, other.width) >= rules.barWidth * Math.max(one.width, other.width);
  return isBar(one) && isBar(other) && alike && gap <= rules.barGap * size;
}

/** How much of their columns and rows two boxes share; negative: the gap between them. */
function sharedLengths(one: Bounds, other: Bounds): { readonly across: number; readonly down: number } {
  return {
    across: Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left),
    down: Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top),
  };
}

/** Pairs of boxes that are near enough to be looked at, the nearest first. */
function neighbours(boxes: readonly Bounds[], size: number): (readonly [number, number])[] {
  const reach = Math.max(rules.dotGap, rules.barGap) * size;
  const order = [...boxes.keys()].sort((one, other) => boxes[one]!.left - boxes[other]!.left);
  const pairs: (readonly [number, number, number])[] = [];
  // From left to right, those that a box may still reach: as many as stand in a strip of a few characters' width.
  let open: number[] = [];
  for (const index of order) {
    const box = boxes[index]!;
    open = open.filter((other) => boxes[other]!.left + boxes[other]!.width + reach > box.left);
    for (const other of open) {
      const { across, down } = sharedLengths(box, boxes[other]!);
      if (Math.min(across, down) > -reach) pairs.push([other, index, Math.min(across, down)]);
    }
    open.push(index);
  }
  return pairs.sort((one, other) => other[2] - one[2]).map(([one, other]) => [one, other]);
}
