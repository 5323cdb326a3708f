// A recipe: everything that decides a training, as plain data. The same recipe and seed give the same weights.
import * as v from 'valibot';
import { type Alphabet, alphabets, FormatError, formatShape, parseWith, UsageError } from '../../core/floor.ts';
import type { NetworkConfig } from '../../engine/floor.ts';
import { classCount, networkNamed, networkSchema, withClasses, withSide } from '../../engine/floor.ts';
import { checkFraming, type Framing, mnistFraming, namedFramings } from '../../picture/floor.ts';
import type { InkRedrawing } from '../../samples/floor.ts';
import { capturePresets, type TrainingDistortion, trainingDistortionSchema } from '../../samples/floor.ts';
import type { OptimizerConfig } from './optimizers.ts';
import type { ScheduleConfig } from './schedules.ts';

/** What a training reads, as plain data. */
export interface RecipeData {
  /**
   * Where the training pictures are: `mnist:train`, a stored set's `chars74k:train`, an IDX file, a labelled folder; or several of
   * these, whose classes are united by their texts: digits, capitals, small letters, then all others by code point.
   */
  readonly train: string | readonly string[];
  /**
   * Trained on, too, and never held back: samples that nobody's figure should be measured on, such as letters of fonts. What is held back
   * of `train` is the same with and without them, so that a comparison of both is one.
   */
  readonly extra?: string | readonly string[];
  /**
   * Of sets whose own description leaves their terms open: why they are taken to allow everybody to pass on what is trained on them. Goes
   * into the model card, by name of the set.
   */
  readonly cleared?: Readonly<Record<string, string>>;
  /** How to get the data, for people: said where some of it is not there. */
  readonly obtain?: string;
  /** Samples taken out of the training set for validation; 0: none. */
  readonly validation: number;
  /**
   * `sample`: the same share of every class. `writer`: whole writers, of about that many samples together, so that nobody's
   * hand is on both sides. `order`: of every class the samples that stand last, for sets whose classes stand in the order of
   * writers who are not named. Default: by writer where the data says of every sample who wrote it, of two or more; else by sample.
   */
  readonly splitBy?: 'sample' | 'writer' | 'order';
  /** Read once, when training is over; absent: not at all. Of several each is measured by itself, and all together. */
  readonly test?: string | readonly string[];
  /** Samples of other classes are left out, of the test sets, too: an alphabet's name, or a list of class texts and such names. */
  readonly classes?: Alphabet;
  /** Small letters that look like their capitals count as these, of the test sets, too: 62 classes become the 47 of EMNIST's merged divisions. */
  readonly merged?: boolean;
  /** Force pictures to be framed as a recogniser would (`raw`) or taken as they are; default: as each set's form says. */
  readonly framing?: 'framed' | 'raw';
  /**
   * How raw pictures are framed, here and by everybody who uses the model: its card says so. Framed ones must have its size. Default: as
   * MNIST's. A recipe's file may also name one, `"hanzi"`; read, it is its numbers.
   */
  readonly frame?: Framing;
}

/** How a recipe's pictures are framed. */
export function frameOf({ frame }: RecipeData): Framing {
  return frame ?? mnistFraming;
}

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

/** A training, as plain data. */
export interface Recipe {
  /** By which commands, folders and cards call it. */
  readonly name: string;
  /** What it trains, in a sentence. */
  readonly description: string;
  /**
   * Name of a network that comes with Ductus, which gets as many outputs as the data has classes and an input of the frame's size; or a
   * network config, which must have both.
   */
  readonly network: string | NetworkConfig;
  /** What is trained, validated and tested on. */
  readonly data: RecipeData;
  /** Passes over the training data, at least 1. */
  readonly epochs: number;
  /** Samples of one step, at least 1. */
  readonly batch: number;
  /**
   * Every class gives as many samples to an epoch, which has as many as the training set: of a class with fewer samples some
   * come twice or more, distorted anew each time; of one with more, others in the next epoch. `'sets'`: and within a class each of
   * several sets gives by the square root of how many it has. Default: every sample once.
   */
  readonly balance?: boolean | 'sets';
  /**
   * Parts that each batch is divided into; default 2. Each is computed by one core and normalised by itself (batchNorm), as in
   * PyTorch's DistributedDataParallel. The result depends on this number, not on how many cores there are.
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
    /** Model files, of committees too, or names of shipped models; what they all say is averaged. */
    readonly models: readonly string[];
    /** T, at least 1. */
    readonly temperature: number;
    /** Share of the teacher, 0..1. */
    readonly weight: number;
    /**
     * `'all'` (default): every model is asked about every sample. `'one'`: of each shard one of them, in turn. The loss is linear
     * in what the teacher says, so the gradient's expectation is the same, and a committee of five costs a fifth.
     */
    readonly ask?: 'all' | 'one';
  };
  /** Keep an exponential moving average of the weights, which is what is validated and shipped. */
  readonly average?: {
    /** Share of the old average that a step keeps, 0..1; early steps keep less: min(decay, (1 + step) / (10 + step)). */
    readonly decay: number;
  };
  /**
   * Distort every training sample; `strength` falls linearly from its first to its second number (default 1, 1). A recipe's file
   * may also name a preset, `"ciresan2010"`, or change one, `{ "preset": "ciresan2010", "rotation": 5 }`: read, it is its amounts.
   */
  readonly distortion?: TrainingDistortion;
  /**
   * Train on captures of the samples, too: put on paper by a pen, photographed and framed again, as strangers' pictures are. They are
   * made once, before the training; `distortion` then distorts them anew in every epoch, like the others.
   */
  readonly captures?: RecipeCaptures;
  /**
   * Where strokes are known, train on other drawings of them, too: every stroke moved, turned and bent by itself, the pen wider or
   * thinner. They are made once, before the training; `distortion` then distorts them anew in every epoch, like the others.
   */
  readonly strokes?: RecipeStrokes;
  /** Stop when validation loss has not fallen for this many epochs. */
  readonly earlyStopping?: { readonly patience: number };
  /** Ship the weights of the last epoch (default), or of the one with the least validation loss. */
  readonly keep?: 'last' | 'best';
  /** Default 1. */
  readonly seed?: number;
}

/** Epochs, batches and samples beyond these are taken for a slip (ours). */
const mostEpochs = 100_000;
const largestBatch = 65_536;
const mostShards = 256;
const mostTeachers = 64;
const mostVariants = 100;
const mostSets = 64;
const largestTurn = 180;
const widestPen = 4;
const mostClasses = 65_536;

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const belowOne = v.pipe(v.number(), v.minValue(0), v.ltValue(1));
const positive = v.pipe(v.number(), v.gtValue(0), v.finite());
const amount = v.pipe(v.number(), v.minValue(0), v.finite());
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const sets = v.union([v.string(), v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(mostSets))]);
const alphabet = v.union([
  v.picklist(Object.keys(alphabets) as (keyof typeof alphabets)[]),
  v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1), v.maxLength(mostClasses)),
]);
const betas = { beta1: v.optional(belowOne), beta2: v.optional(belowOne), epsilon: v.optional(positive) };

const frameSchema = v.pipe(
  v.lazy((input) =>
    typeof input === 'string'
      ? v.picklist(Object.keys(namedFramings) as (keyof typeof namedFramings)[])
      : v.strictObject({
          size: v.number(),
          box: v.number(),
          centre: v.picklist(['mass', 'box']),
          lines: v.optional(v.picklist(['remove', 'keep'])),
          pen: v.optional(v.number()),
        }),
  ),
  v.transform((frame): Framing => (typeof frame === 'string' ? namedFramings[frame] : (frame as Framing))),
  v.rawCheck(({ dataset, addIssue }) => {
    try {
      if (dataset.typed) checkFraming(dataset.value);
    } catch (error) {
      addIssue({ message: (error as Error).message });
    }
  }),
);

const dataSchema = v.strictObject({
  train: sets,
  extra: v.optional(sets),
  cleared: v.optional(v.record(v.string(), v.pipe(v.string(), v.minLength(1)))),
  obtain: v.optional(v.string()),
  validation: whole,
  splitBy: v.optional(v.picklist(['sample', 'writer', 'order'])),
  test: v.optional(sets),
  classes: v.optional(alphabet),
  merged: v.optional(v.boolean()),
  framing: v.optional(v.picklist(['framed', 'raw'])),
  frame: v.optional(frameSchema),
});

const schema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/, 'expected 1 to 64 letters, digits, _ . -')),
  description: v.string(),
  network: v.union([v.string(), networkSchema]),
  data: dataSchema,
  epochs: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostEpochs)),
  batch: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largestBatch)),
  balance: v.optional(v.union([v.boolean(), v.literal('sets')])),
  shards: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostShards))),
  optimizer: v.variant('type', [
    v.strictObject({ type: v.literal('adam'), ...betas }),
    v.strictObject({ type: v.literal('adamW'), ...betas, weightDecay: v.optional(amount) }),
    v.strictObject({
      type: v.literal('sgd'),
      momentum: v.optional(belowOne),
      nesterov: v.optional(v.boolean()),
      weightDecay: v.optional(amount),
    }),
  ]),
  schedule: v.variant('type', [
    v.strictObject({ type: v.literal('constant'), rate: positive }),
    v.strictObject({ type: v.literal('step'), rate: positive, factor: v.optional(share), epochs: v.array(whole) }),
    v.strictObject({
      type: v.literal('cosine'),
      rate: positive,
      final: v.optional(amount),
      warmup: v.optional(belowOne),
    }),
    v.strictObject({
      type: v.literal('oneCycle'),
      rate: positive,
      warmup: v.optional(belowOne),
      divisor: v.optional(positive),
      finalDivisor: v.optional(positive),
    }),
  ]),
  labelSmoothing: v.optional(belowOne),
  teacher: v.optional(
    v.strictObject({
      models: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(mostTeachers)),
      temperature: v.pipe(v.number(), v.minValue(1), v.maxValue(100)),
      weight: share,
      ask: v.optional(v.picklist(['all', 'one'])),
    }),
  ),
  average: v.optional(v.strictObject({ decay: belowOne })),
  distortion: v.optional(trainingDistortionSchema),
  captures: v.optional(
    v.strictObject({
      presets: v.union([
        v.literal('all'),
        v.pipe(v.array(v.picklist(capturePresets.map(({ name }) => name))), v.minLength(1)),
      ]),
      variants: v.pipe(whole, v.minValue(1), v.maxValue(mostVariants)),
    }),
  ),
  strokes: v.optional(
    v.strictObject({
      variants: v.pipe(whole, v.minValue(1), v.maxValue(mostVariants)),
      rotation: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(largestTurn))),
      scale: v.optional(belowOne),
      shift: v.optional(belowOne),
      bend: v.optional(belowOne),
      ends: v.optional(belowOne),
      pen: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(widestPen))),
    }),
  ),
  earlyStopping: v.optional(v.strictObject({ patience: v.pipe(whole, v.minValue(1)) })),
  keep: v.optional(v.picklist(['last', 'best'])),
  seed: v.optional(whole),
});

/**
 * A recipe from parsed JSON.
 *
 * @param source the file that it comes from, for the error.
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
  const recipe = parseWith(schema, json, source, 'recipe') as Recipe;
  const needsValidation = recipe.earlyStopping !== undefined || recipe.keep === 'best';
  if (needsValidation && recipe.data.validation === 0) {
    throw new FormatError(
      `${source}: recipe, field data.validation: earlyStopping and keep "best" need at least 1, received 0`,
    );
  }
  return recipe;
}

/** What a recipe reads, by itself; as {@link parseRecipe} reads it. @throws {FormatError} naming the source and the first wrong field. */
export function parseRecipeData(json: unknown, source: string): RecipeData {
  return parseWith(dataSchema, json, source, "a recipe's data") as RecipeData;
}

/** The recipe's network. @throws {UsageError} listing the known ones when it is named and unknown. */
export function recipeNetwork(recipe: Recipe): NetworkConfig {
  return typeof recipe.network === 'string' ? networkNamed(recipe.network) : recipe.network;
}

/**
 * The recipe with a network that has one output for each class of its data, and takes pictures of its frame's size: one that it names is
 * made to fit.
 *
 * @param data the training data; its classes count, whether or not all of them occur.
 * @returns the recipe itself where its network fits as it is.
 * @throws {UsageError} when the network is named and unknown, or spelt out with another number of outputs or another input.
 * @throws {ShapeError} when a named network's layers do not fit pictures of that size.
 */
export function fittedRecipe(
  recipe: Recipe,
  data: { readonly name: string; readonly labels: readonly string[] },
): Recipe {
  const network = recipeNetwork(recipe);
  const { size } = frameOf(recipe.data);
  const [channels, rows, columns] = network.input;
  const sized = channels === 1 && rows === size && columns === size;
  if (!sized && typeof recipe.network !== 'string') {
    throw new UsageError(
      `recipe "${recipe.name}": expected a network with the input 1x${size}x${size}, as its data is framed (data.frame), received one with ${formatShape(network.input)}`,
    );
  }
  const [outputs, classes] = [classCount(network), data.labels.length];
  if (sized && outputs === classes) return recipe;
  if (typeof recipe.network !== 'string') {
    throw new UsageError(
      `recipe "${recipe.name}": expected a network with an output for each of the ${classes} classes of ${data.name}, received one with ${outputs}`,
    );
  }
  return { ...recipe, network: withClasses(withSide(network, size), classes) };
}
