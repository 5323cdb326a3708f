// Opens a recipe's `data`: the samples of one set or several. Trainings, measurements of committees, and choices on
// held back samples all use it.
import { type Alphabet, isAlphabetName, UsageError } from '../../../../core/floor.ts';
import { mergedClassOf, type RecipeData } from '../../../../learn/floor.ts';
import type { Ink } from '../../../../picture/floor.ts';
import { concatSamples, countOf, type Samples, viewOf } from '../../../../samples/floor.ts';
import { datasetHash } from '../../data/datasetHash.ts';
import { sharedBytes } from '../../data/sharedArrays.ts';
import { findData } from '../../data/sources/sources.ts';
import { firstOf, splitBy } from './holdBack.ts';
import { namesOf, openRecipeSet } from './openRecipeSet.ts';

/** A set of a training. */
export interface TrainingSet {
  /** Its name in the recipe. */
  readonly name: string;
  /** `datasetHash` of all its framed samples, whichever classes the recipe keeps. */
  readonly sha256: string;
  /** Number of its samples that the recipe keeps. */
  readonly count: number;
  readonly terms?: string;
  /** The recipe's note on these terms: see `RecipeData.cleared`. */
  readonly cleared?: string;
}

/** The samples of a recipe, before any are held back. */
export interface TrainingData {
  /**
   * Samples of several sets follow each other in the order of `sets`. With one set, pixels and classes are in shared
   * memory.
   */
  readonly samples: Samples;
  readonly sets: readonly TrainingSet[];
  /** Number of the first `samples` that may be held back: those of `train`. The others are of `extra`. */
  readonly ordinary: number;
  /** The strokes at each position of the data set behind `samples`, where they are wanted and known. */
  readonly inks?: readonly (Ink | undefined)[];
}

/**
 * Opens the training samples of a recipe: its sets framed, restricted to its classes, and joined.
 *
 * One set with all its classes is in memory once, in its own order of classes; the classes of several sets are united.
 *
 * @param withInks whether strokes are wanted.
 * @throws {UsageError} when a set is unknown, a named class is in no set, no sample is left, or the same samples would
 * be on both sides of a split. Where data is missing, the error adds the recipe's note on how to get it (`obtain`).
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
    const { dataset, samples, inks: drawn } = await openRecipeSet(name, data, names.length === 1);
    if (withInks) {
      // Joined samples are copied in the order of their view; a single set keeps the positions of its data set.
      const positions = names.length === 1 ? Array(dataset.count).keys() : viewOf(samples).indices;
      for (const position of positions) inks.push(drawn?.[position]);
    }
    const { terms } = await findData(name);
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
    if (splitBy(data, firstOf(samples, ordinary)) !== 'writer') await refuseTwice(own);
    await refuseShared(own, extra);
  }
  return { samples, sets, ordinary, ...(withInks && { inks }) };
}

/** The number of samples from each set. @param chosen some of `samples`, as a view of the same data set. */
export function countsBySet({ samples, sets }: TrainingData, chosen: Samples): number[] {
  if (sets.length === 1) return [countOf(chosen)];
  const counts = sets.map(() => 0);
  const ends: number[] = [];
  for (const { count } of sets) ends.push((ends.at(-1) ?? 0) + count);
  if (viewOf(samples).dataset !== viewOf(chosen).dataset) throw new Error('expected some of the same samples');
  for (const index of viewOf(chosen).indices) counts[ends.findIndex((end) => index < end)]!++;
  return counts;
}

/** Refuses duplicates: a sample that is there twice could be in training and in validation. */
async function refuseTwice(names: readonly string[]): Promise<void> {
  const seen = new Map<string, string>();
  for (const name of names) {
    const { identity } = await findData(name);
    const other = seen.get(identity);
    if (other !== undefined) {
      throw new UsageError(
        `recipe, data.train: expected different samples to hold some back, received ${other} and ${name}, which are the same; split them by writer, or hold back none`,
      );
    }
    seen.set(identity, name);
  }
}

/**
 * Refuses samples of `train` in `extra`: nothing of `extra` is held back, so they could be in training and in
 * validation.
 */
async function refuseShared(own: readonly string[], extra: readonly string[]): Promise<void> {
  const identities = await Promise.all(own.map(async (name) => (await findData(name)).identity));
  for (const name of extra) {
    const shared = own[identities.indexOf((await findData(name)).identity)];
    if (shared !== undefined) {
      throw new UsageError(
        `recipe, data.extra: expected other samples than those of data.train, received ${name}, which is ${shared}`,
      );
    }
  }
}

/** The class texts in a list, without the names of alphabets: a class named directly must exist. */
function spelledOut(classes: Alphabet | undefined): readonly string[] {
  return classes === undefined || typeof classes === 'string' ? [] : classes.filter((text) => !isAlphabetName(text));
}

/** For samples of several sets, one after the other: the number of each one's set. */
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
