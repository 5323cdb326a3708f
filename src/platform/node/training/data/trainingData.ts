// What a recipe's `data` means: the samples to train on, out of one set or several, those held back, and the test sets. One way for
// a training, for a committee that is measured, and for choosing on what a training held back.
import { type Alphabet, expandAlphabet, isAlphabetName, MissingError, UsageError } from '../../../../core/floor.ts';
import { type EvaluationResult, frameOf, mergedClassOf, type RecipeData } from '../../../../learn/floor.ts';
import type { Ink } from '../../../../picture/floor.ts';
import {
  concatSamples,
  countOf,
  type Dataset,
  matchLabels,
  relabel,
  type Samples,
  splitSamples,
  subset,
  viewOf,
  writersOf,
} from '../../../../samples/floor.ts';
import { identityOf, openDataset, termsOf } from '../../data/data.ts';
import { datasetHash } from '../../data/datasetHash.ts';
import { sharedDataset } from '../../data/datasetSharer.ts';

/** A set that went into a training. */
export interface TrainingSet {
  /** As the recipe calls it. */
  readonly name: string;
  /** `datasetHash` of all its samples, framed, whichever classes the recipe keeps. */
  readonly sha256: string;
  /** Samples of it that the recipe keeps. */
  readonly count: number;
  readonly terms?: string;
  /** The recipe's word on these terms: see `RecipeData.cleared`. */
  readonly cleared?: string;
}

/** The samples of a recipe, before any are held back. */
export interface TrainingData {
  /** Those of several sets one after the other, in the order of `sets`; pixels and classes in shared memory where there is one set. */
  readonly samples: Samples;
  readonly sets: readonly TrainingSet[];
  /** How many of `samples`, the first ones, may be held back: those of `train`; the others are of `extra`. */
  readonly ordinary: number;
  /** The strokes of the sample at each position of the data set that `samples` are of, where they are asked for and known. */
  readonly inks?: readonly (Ink | undefined)[];
}

/** A test set of a recipe. */
export interface TestSet {
  readonly name: string;
  /** With the class numbers of the training data. */
  readonly samples: Samples;
  /** Raw pictures in which no ink was found; a network has no right answer to them. */
  readonly empty: number;
}

/**
 * Opens the training samples of a recipe: its sets framed, restricted to its classes, and joined.
 *
 * One set of which all classes are kept is in memory once, its classes as it orders them; those of several are united.
 *
 * @param withInks whether strokes are wanted.
 * @throws {UsageError} when a set is unknown or a class is named that none has, no sample is left, or the same samples would
 * stand on both sides of a split. Where data is not there, the recipe's word on how to get it is added (`obtain`).
 */
export async function openTrainingData(data: RecipeData, withInks = false): Promise<TrainingData> {
  const [own, extra] = [namesOf(data.train), namesOf(data.extra ?? [])];
  const names = [...own, ...extra];
  const parts: Samples[] = [];
  const sets: TrainingSet[] = [];
  const inks: (Ink | undefined)[] = [];
  const stray = Object.keys(data.cleared ?? {}).find((name) => !names.includes(name));
  if (stray !== undefined) {
    throw new UsageError(
      `recipe, data.cleared: expected sets that it trains on (${names.join(', ')}), received ${stray}`,
    );
  }
  for (const name of names) {
    const { dataset, samples, inks: drawn } = await openSet(name, data, names.length === 1);
    if (withInks) {
      // Joined samples are copied in the order of their view; one set by itself keeps the positions of its data set.
      const positions = names.length === 1 ? Array(dataset.count).keys() : viewOf(samples).indices;
      for (const position of positions) inks.push(drawn?.[position]);
    }
    const terms = await termsOf(name);
    sets.push({
      ...{ name, sha256: datasetHash(dataset), count: countOf(samples) },
      ...(terms !== undefined && { terms }),
      ...(data.cleared?.[name] !== undefined && { cleared: data.cleared[name] }),
    });
    parts.push(samples);
  }
  const [only] = parts;
  const samples =
    parts.length === 1 ? only! : { ...concatSamples(parts, { allocate: sharedBytes }), sets: numbersOf(parts) };
  const { name, labels } = viewOf(samples).dataset;
  const named = spelledOut(data.classes).map((label) => (data.merged === true ? mergedClassOf(label) : label));
  const missing = named.filter((label) => !labels.includes(label));
  if (missing.length > 0) {
    throw new UsageError(
      `recipe, data.classes: expected classes of ${name} (${labels.join(' ')}), received also ${missing.join(' ')}`,
    );
  }
  if (countOf(samples) === 0) {
    throw new UsageError(`recipe, data.classes: expected samples of them in ${name}, received none`);
  }
  const ordinary = parts.slice(0, own.length).reduce((sum, part) => sum + countOf(part), 0);
  if (data.validation > 0) {
    if (splitBy(data, first(samples, ordinary)) !== 'writer') await refuseTwice(own);
    await refuseShared(own, extra);
  }
  return { samples, sets, ordinary, ...(withInks && { inks }) };
}

/**
 * Holds validation samples back, as the recipe says: by sample, class by class, by writer, or by order. Those of `extra` stay in training.
 *
 * @returns without `validation` where the recipe holds nothing back.
 * @throws {UsageError} when nothing would be left, or samples are to be divided by writers who are not known.
 */
export function holdBack(
  { samples, ordinary: count }: Pick<TrainingData, 'samples' | 'ordinary'>,
  data: RecipeData,
  seed: number,
): { readonly train: Samples; readonly validation?: Samples } {
  const held = data.validation;
  if (held === 0) return { train: samples };
  const own = first(samples, count);
  if (held >= count) {
    throw new UsageError(
      `recipe, data.validation: ${held} samples held back leave nothing to train on, ${viewOf(samples).dataset.name} has ${count} samples`,
    );
  }
  const { train, validation } = splitSamples(own, { validation: held / count, seed, by: splitBy(data, own) });
  const { dataset, indices } = viewOf(samples);
  if (count === indices.length) return { train, validation };
  return { train: { dataset, indices: Uint32Array.from([...train.indices, ...indices.subarray(count)]) }, validation };
}

/**
 * Opens the test sets of a recipe one after the other, restricted to its classes.
 *
 * @param labels class texts of the training data.
 * @throws {UsageError} when a set is unknown, or has samples of classes that the training data lacks.
 */
export async function* openTestSets(
  data: RecipeData,
  labels: readonly string[],
): AsyncGenerator<TestSet, void, undefined> {
  for (const name of namesOf(data.test ?? [])) {
    const { samples, empty } = await openSet(name, data);
    if (countOf(samples) === 0) {
      throw new UsageError(`recipe, data.classes: expected samples of them in the test set ${name}, received none`);
    }
    yield { name, samples: matchLabels(samples, labels), empty };
  }
}

/** What was measured on a test set, with those that no ink was found in counted as wrong; the loss is that of the others. */
export function withEmpty(result: EvaluationResult, empty: number): EvaluationResult {
  const count = result.count + empty;
  return { ...result, count, accuracy: result.correct / count };
}

/** Several results as one. */
export function together(results: readonly EvaluationResult[]): EvaluationResult {
  const sum = (of: (result: EvaluationResult) => number): number =>
    results.reduce((all, result) => all + of(result), 0);
  const [count, correct] = [sum((result) => result.count), sum((result) => result.correct)];
  return { count, correct, accuracy: correct / count, loss: sum((result) => result.loss * result.count) / count };
}

/** How many of some samples are from each set. @param chosen some of `samples`, as a view of the same data set. */
export function countsBySet({ samples, sets }: TrainingData, chosen: Samples): number[] {
  if (sets.length === 1) return [countOf(chosen)];
  const counts = sets.map(() => 0);
  const ends: number[] = [];
  for (const { count } of sets) ends.push((ends.at(-1) ?? 0) + count);
  if (viewOf(samples).dataset !== viewOf(chosen).dataset) throw new Error('expected some of the same samples');
  for (const index of viewOf(chosen).indices) counts[ends.findIndex((end) => index < end)]!++;
  return counts;
}

async function openSet(
  name: string,
  data: RecipeData,
  shared = false,
): Promise<{ dataset: Dataset; samples: Samples; empty: number; inks?: readonly Ink[] }> {
  const { classes, merged = false, framing } = data;
  let empty = 0;
  const opened = await openDataset(name, {
    ...(framing !== undefined && { framing }),
    frame: frameOf(data),
    onEmpty: (sources) => {
      empty = sources.length;
    },
  }).catch((error: unknown) => {
    throw withAdvice(error, data.obtain);
  });
  // Beside the pictures, and not in them: threads that train have no use for strokes.
  const { inks, ...dataset } = shared ? sharedDataset(opened) : opened;
  if (classes === undefined && !merged) return { dataset, samples: dataset, empty, ...(inks && { inks }) };
  const kept = new Set(classes === undefined ? dataset.labels : expandAlphabet(classes));
  const classOf = (label: string): string => (merged ? mergedClassOf(label) : label);
  return {
    dataset,
    samples: relabel(dataset, (label) => (kept.has(label) ? classOf(label) : undefined)),
    empty,
    ...(inks && { inks }),
  };
}

/** Some first samples. */
function first(samples: Samples, count: number): Samples {
  return count === countOf(samples) ? samples : subset(samples, [...Array(count).keys()]);
}

/** The same error with the recipe's word on how to get its data, where data is not there. */
function withAdvice(error: unknown, obtain: string | undefined): unknown {
  if (obtain === undefined) return error;
  if (error instanceof MissingError) return new MissingError(`${error.message}; ${obtain}`, { cause: error });
  if (error instanceof UsageError) return new UsageError(`${error.message}; ${obtain}`, { cause: error });
  return error;
}

function splitBy(data: RecipeData, samples: Samples): 'sample' | 'writer' | 'order' {
  if (data.splitBy !== undefined) return data.splitBy;
  const writers = writersOf(samples);
  return writers !== undefined && !writers.includes(0) && new Set(writers).size > 1 ? 'writer' : 'sample';
}

/** A sample that is there twice would be trained on and validated on. */
async function refuseTwice(names: readonly string[]): Promise<void> {
  const seen = new Map<string, string>();
  for (const name of names) {
    const identity = await identityOf(name);
    const other = seen.get(identity);
    if (other !== undefined) {
      throw new UsageError(
        `recipe, data.train: expected different samples to hold some back, received ${other} and ${name}, which are the same; split them by writer, or hold back none`,
      );
    }
    seen.set(identity, name);
  }
}

/** Of `extra` nothing is held back: what is there, too, would be trained on and validated on. */
async function refuseShared(own: readonly string[], extra: readonly string[]): Promise<void> {
  const identities = await Promise.all(own.map(identityOf));
  for (const name of extra) {
    const shared = own[identities.indexOf(await identityOf(name))];
    if (shared !== undefined) {
      throw new UsageError(
        `recipe, data.extra: expected other samples than those of data.train, received ${name}, which is ${shared}`,
      );
    }
  }
}

function namesOf(names: string | readonly string[]): readonly string[] {
  return typeof names === 'string' ? [names] : names;
}

/** The class texts of a list that are no names of alphabets: whoever writes one means it to be there. */
function spelledOut(classes: Alphabet | undefined): readonly string[] {
  return classes === undefined || typeof classes === 'string' ? [] : classes.filter((text) => !isAlphabetName(text));
}

/** Of samples of several sets, one after the other, the number of each one's set. */
function numbersOf(parts: readonly Samples[]): Uint8Array {
  const counts = parts.map(countOf);
  const sets = sharedBytes(counts.reduce((sum, count) => sum + count, 0));
  let position = 0;
  for (const [number, count] of counts.entries()) {
    sets.fill(number, position, position + count);
    position += count;
  }
  return sets;
}

function sharedBytes(bytes: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(bytes));
}
