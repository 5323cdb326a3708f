// Prepares a training's data: opens and divides it, then captures it and draws it anew. Members of a committee share
// it, because making it can take as long as an epoch or two.
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { frameOf, type Recipe } from '../../../../learn/floor.ts';
import { viewOf } from '../../../../samples/floor.ts';
import { type CapturingEvent, capturedSamples, forgetCaptures } from '../captures/capturedSamples.ts';
import { type RedrawingEvent, redrawnSamples } from '../captures/redrawnSamples.ts';
import { type DividedSamples, holdBack } from './holdBack.ts';
import { openTestSets } from './testSets.ts';
import { openTrainingData, type TrainingData } from './trainingData.ts';

/** A recipe's data, opened and divided. */
export interface DividedData {
  readonly data: TrainingData;
  /** Hash that a resumed run must have again: the set's own, or one over those of several sets. */
  readonly dataHash: string;
  /** The samples without captures and drawings. */
  readonly held: DividedSamples;
}

/** Divided data with captures and drawings: the samples to train on, and those that choose among epochs. */
export interface PreparedData extends DividedData, DividedSamples {}

/** How data is prepared. */
export interface PrepareOptions {
  readonly recipe: Recipe;
  /** Decides the captures and drawings. */
  readonly seed: number;
  /** Folder that keeps the captures, so that a resumed run has the same ones at once. */
  readonly folder: string;
  readonly threads?: number;
  readonly cancelled?: () => boolean;
}

/** Names of the captured parts in the folder. */
const capturedParts = ['train-captures', 'validation-captures'] as const;

/**
 * Opens the data of a recipe, and holds samples back as the recipe says.
 *
 * @param seed decides what is held back.
 * @throws {UsageError} when a set is unknown, or a test set is missing or has other classes: this shows before the
 * training, not hours later.
 */
export async function openDividedData(recipe: Recipe, seed: number): Promise<DividedData> {
  const data = await openTrainingData(recipe.data, recipe.strokes !== undefined);
  // Nothing is measured on it.
  for await (const _ of openTestSets(recipe.data, viewOf(data.samples).dataset.labels));
  return { data, dataHash: hashOf(data), held: holdBack(data, recipe.data, seed) };
}

/**
 * Captures the samples and draws their strokes anew, where the recipe says so.
 *
 * @returns undefined when it was cancelled.
 */
export async function* prepareData(
  divided: DividedData,
  options: PrepareOptions,
): AsyncGenerator<CapturingEvent | RedrawingEvent, PreparedData | undefined, undefined> {
  const captured = yield* withCaptures(divided, options);
  const drawn = captured && (yield* withRedrawn(captured, divided, options));
  return drawn && { ...divided, ...drawn };
}

/** Removes what {@link prepareData} keeps in a folder: a finished run no longer needs it. */
export async function forgetPreparedData(folder: string): Promise<void> {
  for (const part of capturedParts) await forgetCaptures(folder, part);
}

async function* withCaptures(
  { held, dataHash }: DividedData,
  { recipe, seed, folder, threads, cancelled }: PrepareOptions,
): AsyncGenerator<CapturingEvent, DividedSamples | undefined, undefined> {
  const { train: samples, validation } = held;
  const { captures } = recipe;
  if (captures === undefined) return held;
  await mkdir(folder, { recursive: true });
  const [trainName, validationName] = capturedParts;
  const framing = frameOf(recipe.data);
  const common = {
    ...{ seed, folder, dataHash, framing },
    ...(threads !== undefined && { threads }),
    ...(cancelled && { cancelled }),
  };
  const captured = yield* capturedSamples(samples, { ...common, captures, name: trainName });
  if (captured === undefined || validation === undefined) return captured && { train: captured };
  const once = { ...captures, variants: 1 };
  const judged = yield* capturedSamples(validation, { ...common, captures: once, name: validationName });
  return judged && { train: captured, validation: judged };
}

/** Draws the training samples anew, not those for choices. */
async function* withRedrawn(
  prepared: DividedSamples,
  { held, data: { inks } }: DividedData,
  { recipe, seed, cancelled }: PrepareOptions,
): AsyncGenerator<RedrawingEvent, DividedSamples | undefined, undefined> {
  const { strokes } = recipe;
  if (strokes === undefined || inks === undefined) return prepared;
  const options = { strokes, inks, framing: frameOf(recipe.data), seed, ...(cancelled && { cancelled }) };
  const train = yield* redrawnSamples(held.train, prepared.train, options);
  return train && { ...prepared, train };
}

function hashOf({ sets }: TrainingData): string {
  const hashes = sets.map(({ sha256 }) => sha256);
  return hashes.length === 1 ? hashes[0]! : createHash('sha256').update(hashes.join('\n')).digest('hex');
}
