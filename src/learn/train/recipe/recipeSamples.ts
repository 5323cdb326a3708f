// What a recipe says of the samples that it makes of those that it has, once, before the training.
import * as v from 'valibot';
import { belowOne, countUpTo, numberWithin, schemaOf, strictObject } from '../../../core/floor.ts';
import { capturePresets, type InkRedrawing } from '../../../samples/floor.ts';

/** Captures that a training makes of its samples: see `captureSample`. */
export interface RecipeCaptures {
  /** Names of capture presets, from which each capture draws one; `'all'`: every one. */
  readonly presets: 'all' | readonly string[];
  /** Captured copies of every training sample, at least 1. Of a validation sample one is made. */
  readonly variants: number;
}

/** Strokes that a training draws anew: of every training sample whose strokes are known, `variants` more, each disturbed. */
export interface RecipeStrokes extends InkRedrawing {
  /** At least 1. */
  readonly variants: number;
}

/** Copies, degrees and factors beyond these are taken for a slip. */
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
