// Checks a capture's config, every field, so that a slip is told by its name.
import * as v from 'valibot';
import { UsageError } from '../../core/floor.ts';
import type { CaptureConfig } from './config.ts';

function range(least: number, most: number) {
  const bound = v.pipe(v.number(), v.minValue(least), v.maxValue(most));
  return v.pipe(
    v.tuple([bound, bound]),
    v.check(([from, to]) => from <= to, 'expected two numbers, the first not above the second'),
  );
}

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const shares = range(0, 1);
const degrees = v.pipe(v.number(), v.minValue(0), v.maxValue(45));
const colours = v.pipe(v.array(v.tuple([share, share, share])), v.minLength(1));
const lines = { thickness: shares, contrast: shares, tilt: v.optional(degrees), colours: v.optional(colours) };

/** Bounds without a reason of their own are ours: beyond them a slip is more likely than a wish, and they bound time and memory. */
const schema = v.strictObject({
  size: range(8, 256),
  margin: range(-0.5, 2),
  stretch: v.optional(shares),
  pen: v.optional(
    v.strictObject({
      width: v.optional(range(0.01, 0.5)),
      contrast: v.optional(shares),
      colours: v.optional(colours),
      fading: v.optional(shares),
      grain: v.optional(shares),
    }),
  ),
  paper: v.optional(
    v.strictObject({
      tone: v.optional(shares),
      colours: v.optional(colours),
      texture: v.optional(shares),
      pattern: v.optional(v.strictObject({ contrast: shares, period: range(2, 256) })),
    }),
  ),
  ruling: v.optional(v.strictObject({ ...lines, chance: share, squared: v.optional(share), spacing: range(0.1, 4) })),
  box: v.optional(v.strictObject({ ...lines, chance: share, inset: range(0, 0.5) })),
  bleed: v.optional(v.strictObject({ chance: share, strength: shares })),
  neighbours: v.optional(v.strictObject({ beside: share, above: v.optional(share), reach: range(0, 2) })),
  specks: v.optional(v.strictObject({ number: range(0, 100), size: range(0.5, 32), contrast: shares })),
  border: v.optional(v.strictObject({ chance: share, depth: range(0, 0.5), tone: shares, tilt: v.optional(degrees) })),
  light: v.optional(
    v.strictObject({
      slope: v.optional(shares),
      shadow: v.optional(v.strictObject({ chance: share, depth: shares, softness: range(0, 4) })),
    }),
  ),
  camera: v.optional(
    v.strictObject({
      turn: v.optional(degrees),
      perspective: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(0.5))),
      blur: v.optional(range(0, 16)),
      resolution: v.optional(range(0.05, 1)),
      noise: v.optional(shares),
      jpeg: v.optional(range(1, 100)),
      bitmap: v.optional(share),
    }),
  ),
  negative: v.optional(share),
});

/** Checks a config. @throws {UsageError} naming the first wrong field. */
export function checkCapture(config: CaptureConfig): void {
  const result = v.safeParse(schema, config);
  if (result.success) return;
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  throw new UsageError(`capture${path === null ? '' : `, field ${path}`}: ${issue.message}`);
}
