// The part of a recipe on samples made from the training samples, once, before the training.
import * as v from 'valibot';
import { belowOne, countUpTo, numberWithin, schemaOf, strictObject } from '../../../core/floor.ts';
import { capturePresets, type InkRedrawing } from '../../../samples/floor.ts';

/** Captures that a training makes of its samples: see `captureSample`. */
export interface RecipeCaptures {
  /** Names of capture presets, of which each capture draws one; `'all'`: all presets. */
  readonly presets: 'all' | readonly string[];
  /** Captured copies of every training sample, at least 1. A validation sample gets one. */
  readonly variants: number;
}

/**
 * Strokes that a training draws anew: `variants` more drawings of every training sample with known strokes, each
 * distorted.
 */
export interface RecipeStrokes extends InkRedrawing {
  /** At least 1. */
  readonly variants: number;
}

/** Larger numbers of copies, degrees and factors are taken for a mistake. */
const mostVariants = 100;
const largestTurn = 180;
const widestPen = 4;

/** The schema of a recipe's captures. */
export const recipeCapturesSchema = schemaOf<RecipeCaptures>()(
  strictObject({
    presets: v.union([
      v.literal('all'),
      v.pipe(v.array(v.picklist(capturePresets.map(({ name }) => name))), v.minLength(1)),
    ]),
    variants: countUpTo(mostVariants),
  }),
);

/** The schema of a recipe's strokes. */
export const recipeStrokesSchema = schemaOf<RecipeStrokes>()(
  strictObject({
    variants: countUpTo(mostVariants),
    rotation: v.exactOptional(numberWithin(0, largestTurn)),
    scale: v.exactOptional(belowOne),
    shift: v.exactOptional(belowOne),
    bend: v.exactOptional(belowOne),
    ends: v.exactOptional(belowOne),
    pen: v.exactOptional(numberWithin(1, widestPen)),
  }),
);
