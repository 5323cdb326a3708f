// Distortions in JSON: every field checked, presets by name looked up and overridden.
import * as v from 'valibot';
import { UsageError } from '../../core/floor.ts';
import type { DistortionConfig } from './config.ts';
import { perspectiveLimit } from './global/perspective.ts';
import { distortionNamed, distortionPresets } from './presets.ts';

/** A distortion whose strength changes over a training: linearly from the first number to the second (default 1, 1). */
export type TrainingDistortion = DistortionConfig & { readonly strength?: readonly [number, number] };

const amount = v.pipe(v.number(), v.minValue(0), v.finite());
const belowOne = v.pipe(v.number(), v.minValue(0), v.ltValue(1));
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const rotation = v.pipe(v.number(), v.minValue(0), v.maxValue(180));
const perspective = v.pipe(v.number(), v.minValue(0), v.ltValue(perspectiveLimit));
const mirror = v.strictObject({ horizontal: v.optional(probability), vertical: v.optional(probability) });

/** Points of a grid, pixels of a deviation: beyond these a slip is more likely than a wish (ours; they bound memory too). */
const mostPoints = 64;
const largestSigma = 256;
const largestSide = 1024;
/** A narrower Gaussian would leave noise that no pixel's neighbour knows of (ours). */
const smallestSigma = 0.5;

function range(least: number, most: number) {
  const bound = v.pipe(v.number(), v.minValue(least), v.maxValue(most));
  return v.pipe(
    v.tuple([bound, bound]),
    v.check(([from, to]) => from <= to, 'expected two numbers, the first not above the second'),
  );
}

const members = {
  side: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largestSide))),
  rotation: v.optional(rotation),
  scale: v.optional(belowOne),
  shear: v.optional(amount),
  shift: v.optional(amount),
  rotateOrShear: v.optional(v.boolean()),
  perspective: v.optional(perspective),
  mirror: v.optional(mirror),
  local: v.optional(
    v.strictObject({
      points: v.pipe(v.number(), v.integer(), v.minValue(4), v.maxValue(mostPoints)),
      deviation: amount,
    }),
  ),
  elastic: v.optional(
    v.strictObject({
      sigma: v.pipe(v.number(), v.minValue(smallestSigma), v.maxValue(largestSigma)),
      alpha: amount,
    }),
  ),
  stroke: v.optional(range(-1, 1)),
  blur: v.optional(range(0, largestSigma)),
  noise: v.optional(range(0, 1)),
  classes: v.optional(
    v.record(
      v.string(),
      v.strictObject({
        rotation: v.optional(rotation),
        scale: v.optional(belowOne),
        shear: v.optional(amount),
        shift: v.optional(amount),
        perspective: v.optional(perspective),
        mirror: v.optional(mirror),
      }),
    ),
  ),
  strength: v.optional(v.tuple([amount, amount])),
};

const configSchema = v.strictObject(members);
const presetName = v.picklist(distortionPresets.map(({ name }) => name));
const settingsSchema = v.strictObject({ preset: v.optional(presetName), ...members });

/**
 * The schema of a recipe's distortion: a preset's name, or amounts, with or without a preset whose amounts they replace one by one.
 * What comes out is the {@link TrainingDistortion} that they mean, without a name, so that a recorded training does not change with a preset.
 */
export const trainingDistortionSchema = v.pipe(
  v.lazy((input) => (typeof input === 'string' ? presetName : settingsSchema)),
  v.transform((settings): TrainingDistortion => {
    if (typeof settings === 'string') return distortionNamed(settings).config;
    const { preset, ...own } = settings;
    return { ...(preset !== undefined && distortionNamed(preset).config), ...own } as TrainingDistortion;
  }),
  v.check(
    (config) => (config.strength ?? [1]).every((strength) => strengthFits(config, strength)),
    'strength: expected that times strength scale stays below 1 and perspective below 0.5',
  ),
);

/** Whether a config can be had at a strength: no axis vanishes, no horizon comes into the picture. */
export function strengthFits({ scale = 0, perspective = 0 }: DistortionConfig, strength: number): boolean {
  return (
    strength >= 0 &&
    strength < Number.POSITIVE_INFINITY &&
    scale * strength < 1 &&
    perspective * strength < perspectiveLimit
  );
}

/** Checks a config that was made in code. @throws {UsageError} naming the first wrong field. */
export function checkDistortion(config: DistortionConfig): void {
  const result = v.safeParse(configSchema, config);
  if (result.success) return;
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  throw new UsageError(`distortion${path === null ? '' : `, field ${path}`}: ${issue.message}`);
}
