// Takes rules out of a page: ruled and squared paper, tables, underlines, wherever they end. A rule is long against the
// characters, and may be bowed and slanted a little. In a picture of one character, where a line runs from side to
// side, `removeLines` does it.
import type { Picture } from '../picture.ts';
import { following, followRules, type Line, type RuleSize, slopeOf } from './followRules.ts';

/** The numbers of this step. */
const limits = {
  /** Share of its length along which a rule is seen as itself: elsewhere a stroke covers it, or print has broken. */
  seen: 0.55,
  /**
   * It stays within this many pixels, and this share of its length, of a straight line: the root of the mean square.
   */
  straight: 1.5,
  straightShare: 0.008,
  /** It rises by no more than this a pixel. */
  steepest: 0.2,
  /** A stretch of it that a stroke has cut off is at least this many thicknesses long. */
  stretch: 3,
  /** Pieces thicker than this many times its own thickness, and one pixel, are strokes that lie on it. */
  thicker: 1.5,
} as const;

/** Rules that were taken out of a page. */
export interface BlankedRules {
  /** `[row, column]`: 1 where a rule from left to right was, 2 where one from top to bottom was, 3 where both were. */
  readonly mask: Uint8Array;
  /** Pixels across the thickest of them; 0 when there were none. */
  thickness: number;
}

/**
 * Blanks the rules of one direction.
 *
 * The picture is cut across into columns of one pixel; runs of ink no longer than `thickness` are followed from column
 * to column. What comes out long, thin, and straight is a rule; its runs are blanked, and where a stroke crosses, the
 * run is longer and stays.
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
  const found = followRules(pixels, level, { length, room, alongStep, acrossStep }, size);
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

function isRule(line: Line, size: RuleSize): boolean {
  const { first, last, seen, x, y, xx, yy } = line;
  const length = last - first + 1;
  if (length < size.length || seen < limits.seen * length) return false;
  const spread = xx - (x * x) / seen;
  const slope = slopeOf(line);
  const deviation = Math.sqrt(Math.max(0, (yy - (y * y) / seen - slope * slope * spread) / seen));
  return Math.abs(slope) <= limits.steepest && deviation <= limits.straight + limits.straightShare * length;
}

/**
 * Whether a short line is a stretch of a rule that a stroke has cut off: it lies on the rule, or on its way beyond an
 * end.
 */
function goesOn(line: Line, rule: Line, size: RuleSize): boolean {
  const gap = following.gap * size.length;
  if (line.last < rule.first - gap || line.first > rule.last + gap) return false;
  const thickness = rule.thickness / rule.seen;
  const length = line.last - line.first + 1;
  if (length < limits.stretch * thickness || line.thickness / line.seen > limits.thicker * thickness + 1) return false;
  const slope = slopeOf(rule);
  const near = following.near + following.nearShare * thickness;
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
