// Which components of a page may be parts of characters, and how high its characters are. Measures and leaves out;
// joining parts to characters is `joinParts.ts`.
import type { Components } from '../components.ts';
import { followsOwnBox } from '../followsOwnBox.ts';
import type { BlankedRules } from './blankRules.ts';

/** Shares without a unit are of the characters' height. */
const rules = {
  /** Lower and narrower than this many pixels nothing can be read; and the height is not judged by it. */
  leastSide: 6,
  /** A component counts for the height by its narrower side, up to this share of the page's longer side. */
  mostWeight: 0.05,
  /** Smaller is a speck. */
  speck: 0.08,
  speckPixels: 3,
  /** Larger is no character: a frame, a drawing, the edge of the paper. Touching characters may be many. */
  highest: 3,
  widest: 8,
  /** Thinner and longer is a rule, or a piece of one. */
  ruleThickness: 0.15,
  ruleLength: 2,
  /** What is left of a rule at a crossing is across it no larger than this many thicknesses, and so many pixels. */
  remnant: 2.5,
  remnantPixels: 2,
  /** A frame follows each side of its own box along this share of it, within this share of the box's side. */
  frameSide: 0.8,
  frameDepth: 0.12,
  /** And covers no more of it than this. */
  frameFill: 0.45,
} as const;

/** Parts of characters among components. */
export interface CharacterParts {
  /** Height of the characters in pixels: the weighted median. */
  readonly size: number;
  /** Numbers of the components that may be parts. */
  readonly parts: readonly number[];
}

/**
 * Sorts out components: specks, rules, frames and what is too large go.
 *
 * @param strong components without a pixel above this are no ink.
 * @param blanked rules that are out already.
 * @returns undefined when nothing is left.
 */
export function characterParts(
  components: Components,
  width: number,
  height: number,
  strong: number,
  blanked: BlankedRules,
): CharacterParts | undefined {
  const inked: number[] = [];
  for (let n = 1; n <= components.count; n++) {
    if (components.peak[n]! > strong && !isRemnant(components, n, width, height, blanked)) inked.push(n);
  }
  const size = characterHeight(components, inked, rules.mostWeight * Math.max(width, height));
  if (size === undefined) return undefined;
  const parts = inked.filter((n) => {
    const [across, down] = extent(components, n);
    const [shorter, longer] = [Math.min(across, down), Math.max(across, down)];
    if (longer < Math.max(rules.speckPixels, rules.speck * size)) return false;
    if (down > rules.highest * size || across > rules.widest * size) return false;
    if (shorter <= rules.ruleThickness * size && longer >= rules.ruleLength * size) return false;
    return longer <= size || !isFrame(components, n, width);
  });
  return parts.length === 0 ? undefined : { size, parts };
}

/** Columns and rows of a component's box. */
export function extent({ left, right, top, bottom }: Components, n: number): readonly [across: number, down: number] {
  return [right[n]! - left[n]! + 1, bottom[n]! - top[n]! + 1];
}

/**
 * The median of heights, each counted by its narrower side: specks and rules are narrow, however many or long they are,
 * and what is larger than a character counts like one.
 */
function characterHeight(components: Components, inked: readonly number[], mostWeight: number): number | undefined {
  const heights = inked
    .map((n) => {
      const [across, down] = extent(components, n);
      return { down, weight: Math.max(across, down) < rules.leastSide ? 0 : Math.min(across, down, mostWeight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => one.down - other.down);
  const half = heights.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  return heights.find(({ weight }) => {
    sum += weight;
    return sum >= half;
  })?.down;
}

/**
 * Whether a component is a thin piece that goes on as a rule on both sides: a crossing, where a rule is wider than
 * elsewhere.
 */
function isRemnant(
  { left, top, right, bottom }: Components,
  n: number,
  width: number,
  height: number,
  { mask, thickness }: BlankedRules,
): boolean {
  const most = rules.remnant * thickness + rules.remnantPixels;
  const [l, t, r, b] = [left[n]!, top[n]!, right[n]!, bottom[n]!];
  const was = (x: number, y: number, bit: 1 | 2): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && (mask[y * width + x]! & bit) !== 0;
  const beside = (x: number): boolean => {
    for (let y = t; y <= b; y++) if (was(x, y, 1)) return true;
    return false;
  };
  const over = (y: number): boolean => {
    for (let x = l; x <= r; x++) if (was(x, y, 2)) return true;
    return false;
  };
  if (thickness === 0) return false;
  if (b - t + 1 <= most && beside(l - 1) && beside(r + 1)) return true;
  return r - l + 1 <= most && over(t - 1) && over(b + 1);
}

/**
 * Whether a component follows all four sides of its own box and leaves most of it empty: the cell of a form, or several
 * in a row.
 */
function isFrame(components: Components, n: number, width: number): boolean {
  const [across, down] = extent(components, n);
  if (components.area[n]! > rules.frameFill * across * down) return false;
  return followsOwnBox(components, n, width, rules.frameDepth, rules.frameSide);
}
