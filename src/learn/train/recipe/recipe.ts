// A recipe: everything that decides a training, as plain data. The same recipe and seed give the same weights.
import * as v from 'valibot';
import {
  belowOne,
  countUpTo,
  FormatError,
  fileName,
  numberWithin,
  parseWith,
  schemaOf,
  share,
  strictObject,
  whole,
} from '../../../core/floor.ts';
import { type NetworkConfig, networkSchema } from '../../../engine/floor.ts';
import { type TrainingDistortion, trainingDistortionSchema } from '../../../samples/floor.ts';
import { type OptimizerConfig, optimizerSchema } from '../optimizers.ts';
import { type ScheduleConfig, scheduleSchema } from '../schedules.ts';
import { type RecipeData, recipeDataSchema } from './recipeData.ts';
import { type RecipeCaptures, type RecipeStrokes, recipeCapturesSchema, recipeStrokesSchema } from './recipeSamples.ts';

/** A training, as plain data. */
export interface Recipe {
  /** By which commands, folders and cards call it. */
  readonly name: string;
  /** What it trains, in a sentence. */
  readonly description: string;
  /**
   * Name of a shipped network, or a network config. A shipped network gets as many outputs as the data has classes, and
   * an input of the frame's size; a config must have both.
   */
  readonly network: string | NetworkConfig;
  /** What is trained, validated and tested on. */
  readonly data: RecipeData;
  /** Passes over the training data, at least 1. */
  readonly epochs: number;
  /** Samples of one step, at least 1. */
  readonly batch: number;
  /**
   * Every class gives equally many samples to an epoch, which is as long as the training set. Samples of a smaller
   * class come twice or more, distorted anew each time; a larger class gives others in the next epoch. `'sets'`: within
   * a class, each of several sets gives in proportion to the square root of its number. Default: every sample once.
   */
  readonly balance?: boolean | 'sets';
  /**
   * Parts that each batch is divided into; default 2. Each is computed by one core and normalised separately
   * (batchNorm), as in PyTorch's DistributedDataParallel. The result depends on this number, not on the number of
   * cores.
   */
  readonly shards?: number;
  /** How a gradient changes the weights. */
  readonly optimizer: OptimizerConfig;
  /** Learning rate over the steps. */
  readonly schedule: ScheduleConfig;
  /** See `crossEntropy`; default 0. */
  readonly labelSmoothing?: number;
  /**
   * Learn from trained models, too (distillation: Hinton, Vinyals and Dean 2015): the loss becomes
   * `(1 - weight) CE(target, p) + weight T^2 CE(teacher(T), p(T))`, with p(T) the softmax of logits / T.
   */
  readonly teacher?: {
    /** Model files, also of committees, or names of shipped models; their answers are averaged. */
    readonly models: readonly string[];
    /** T, at least 1. */
    readonly temperature: number;
    /** Weight of the teacher, 0..1. */
    readonly weight: number;
    /**
     * `'all'` (default): every model answers every sample. `'one'`: one model answers each shard, in turn. The loss is
     * linear in the teacher's answer, so the gradient's expectation is the same, and a committee of five costs a fifth.
     */
    readonly ask?: 'all' | 'one';
  };
  /** Keep an exponential moving average of the weights; the average is validated and shipped. */
  readonly average?: {
    /**
     * Share of the old average that a step keeps, 0..1; early steps keep less: min(decay, (1 + step) / (10 + step)).
     */
    readonly decay: number;
  };
  /**
   * Distort every training sample; `strength` falls linearly from its first to its second number (default 1, 1). A
   * recipe's file may also name a preset, `"ciresan2010"`, or change one, `{ "preset": "ciresan2010", "rotation": 5 }`.
   * The parsed recipe holds the amounts.
   */
  readonly distortion?: TrainingDistortion;
  /**
   * Train on captures of the samples, too: put on paper by a pen, photographed and framed again, as other people's
   * pictures are. They are made once, before the training; `distortion` then distorts them anew in every epoch, like
   * the others.
   */
  readonly captures?: RecipeCaptures;
  /**
   * Where strokes are known, train on new drawings of them, too: every stroke moved, turned and bent separately, the
   * pen wider or thinner. They are made once, before the training; `distortion` then distorts them anew in every epoch,
   * like the others.
   */
  readonly strokes?: RecipeStrokes;
  /** Stop when the validation loss has not fallen for this many epochs. */
  readonly earlyStopping?: { readonly patience: number };
  /** Ship the weights of the last epoch (default), or of the one with the least validation loss. */
  readonly keep?: 'last' | 'best';
  /** Default 1. */
  readonly seed?: number;
}

/** Larger numbers of epochs, batches, shards and teachers are taken for a mistake. */
const mostEpochs = 100_000;
const largestBatch = 65_536;
const mostShards = 256;
const mostTeachers = 64;
const hottestTeacher = 100;

/** The schema of a recipe's file. It may name its JSON schema, for editors; that is no part of the recipe. */
export const recipeSchema = schemaOf<Recipe>()(
  v.pipe(
    strictObject({
      $schema: v.exactOptional(v.string()),
      name: fileName,
      description: v.string(),
      network: v.union([v.string(), networkSchema]),
      data: recipeDataSchema,
      epochs: countUpTo(mostEpochs),
      batch: countUpTo(largestBatch),
      balance: v.exactOptional(v.union([v.boolean(), v.literal('sets')])),
      shards: v.exactOptional(countUpTo(mostShards)),
      optimizer: optimizerSchema,
      schedule: scheduleSchema,
      labelSmoothing: v.exactOptional(belowOne),
      teacher: v.exactOptional(
        strictObject({
          models: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(mostTeachers)),
          temperature: numberWithin(1, hottestTeacher),
          weight: share,
          ask: v.exactOptional(v.picklist(['all', 'one'])),
        }),
      ),
      average: v.exactOptional(strictObject({ decay: belowOne })),
      distortion: v.exactOptional(trainingDistortionSchema),
      captures: v.exactOptional(recipeCapturesSchema),
      strokes: v.exactOptional(recipeStrokesSchema),
      earlyStopping: v.exactOptional(strictObject({ patience: v.pipe(whole, v.minValue(1)) })),
      keep: v.exactOptional(v.picklist(['last', 'best'])),
      seed: v.exactOptional(whole),
    }),
    v.transform(({ $schema: _, ...recipe }) => recipe),
  ),
);

/**
 * A recipe from parsed JSON.
 *
 * @param source its file, for the error.
 * @throws {FormatError} naming the source and the first wrong field.
 *
 * @example
 * ```ts
 * import { parseRecipe } from 'ductus/learn';
 *
 * const recipe = parseRecipe(
 *   {
 *     name: 'mine',
 *     description: 'My letters.',
 *     network: 'small',
 *     data: { train: 'letters/', validation: 500 },
 *     epochs: 10,
 *     batch: 50,
 *     optimizer: { type: 'adam' },
 *     schedule: { type: 'oneCycle', rate: 0.003 },
 *   },
 *   'mine.json',
 * );
 * console.log(recipe.epochs); // 10
 * ```
 */
export function parseRecipe(json: unknown, source: string): Recipe {
  const recipe = parseWith(recipeSchema, json, source, 'recipe');
  const needsValidation = recipe.earlyStopping !== undefined || recipe.keep === 'best';
  if (needsValidation && recipe.data.validation === 0) {
    throw new FormatError(
      `${source}: recipe, field data.validation: earlyStopping and keep "best" need at least 1, received 0`,
    );
  }
  return recipe;
}
