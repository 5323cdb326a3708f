// Distortions in JSON: checks every field, looks up presets by name and overrides them.
import * as v from 'valibot';
import {
  amount,
  belowOne,
  checkWith,
  countUpTo,
  numberWithin,
  rangeWithin,
  schemaOf,
  share,
  strictObject,
} from '../../core/floor.ts';
import type { DistortionConfig } from './config.ts';
import { perspectiveLimit } from './global/perspective.ts';
import { distortionNamed, distortionPresets } from './presets.ts';

/** A distortion whose strength changes over a training: linearly from the first number to the second (default 1, 1). */
export type TrainingDistortion = DistortionConfig & { readonly strength?: readonly [number, number] };

const rotation = v.exactOptional(numberWithin(0, 180));
const perspective = v.exactOptional(v.pipe(v.number(), v.minValue(0), v.ltValue(perspectiveLimit)));
const mirror = v.exactOptional(strictObject({ horizontal: v.exactOptional(share), vertical: v.exactOptional(share) }));

/**
 * Most points of a grid and pixels of a deviation: larger values are probably mistakes, and the bounds limit memory.
 */
const mostPoints = 64;
const largestSigma = 256;
const largestSide = 1024;
/** A narrower Gaussian would leave neighbouring pixels uncorrelated. */
const smallestSigma = 0.5;

const members = {
  side: v.exactOptional(countUpTo(largestSide)),
  rotation,
  scale: v.exactOptional(belowOne),
  shear: v.exactOptional(amount),
  shift: v.exactOptional(amount),
  rotateOrShear: v.exactOptional(v.boolean()),
  perspective,
  mirror,
  local: v.exactOptional(
    strictObject({
      points: v.pipe(v.number(), v.integer(), v.minValue(4), v.maxValue(mostPoints)),
      deviation: amount,
    }),
  ),
  elastic: v.exactOptional(strictObject({ sigma: numberWithin(smallestSigma, largestSigma), alpha: amount })),
  stroke: v.exactOptional(rangeWithin(-1, 1)),
  blur: v.exactOptional(rangeWithin(0, largestSigma)),
  noise: v.exactOptional(rangeWithin(0, 1)),
  classes: v.exactOptional(
    v.record(
      v.string(),
      strictObject({
        rotation,
        scale: v.exactOptional(belowOne),
        shear: v.exactOptional(amount),
        shift: v.exactOptional(amount),
        perspective,
        mirror,
      }),
    ),
  ),
  strength: v.exactOptional(v.tuple([amount, amount])),
};

const configSchema = schemaOf<TrainingDistortion>()(strictObject(members));
const presetName = v.picklist(distortionPresets.map(({ name }) => name));
const settingsSchema = strictObject({ preset: v.exactOptional(presetName), ...members });

/**
 * The schema of a recipe's distortion: a preset's name, or amounts, with or without a preset whose amounts they replace
 * one by one. The result is a {@link TrainingDistortion} without a name, so that a recorded training does not change
 * with a preset.
 */
export const trainingDistortionSchema = v.pipe(
  v.union([presetName, settingsSchema]),
  v.transform((settings): TrainingDistortion => {
    if (typeof settings === 'string') return distortionNamed(settings).config;
    const { preset, ...own } = settings;
    return { ...(preset !== undefined && distortionNamed(preset).config), ...own };
  }),
  v.check(
    (config) => (config.strength ?? [1]).every((strength) => strengthFits(config, strength)),
    'strength: expected that times strength scale stays below 1 and perspective below 0.5',
  ),
);

/** Whether a config is possible at a strength: no axis vanishes, no horizon enters the picture. */
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
  checkWith(configSchema, config, 'distortion');
}
