// Joins data sets whose classes differ: each set's class texts are mapped to those of the whole.
import { FormatError, UsageError } from '../../core/floor.ts';
import type { Dataset, SampleOrigins } from './dataset.ts';
import { countOf, type DatasetView, type Samples, viewOf } from './datasetView.ts';
import { compareLabels } from './labels.ts';

/**
 * Renames the classes of samples; no pixel is copied.
 *
 * @param rename new text of a class, or undefined to leave its samples out. Classes with the same new text become one:
 * `(label) => label.toUpperCase()` merges capitals and small letters.
 * @returns a view of a data set with the new labels, sorted by {@link compareLabels}.
 * @throws {UsageError} when no class is left.
 */
export function relabel(samples: Samples, rename: (label: string) => string | undefined): DatasetView {
  const { dataset, indices } = viewOf(samples);
  const renamed = dataset.labels.map(rename);
  const labels = [...new Set(renamed.filter((label) => label !== undefined))].sort(compareLabels);
  if (labels.length === 0) {
    throw new UsageError(`relabelling ${dataset.name}: expected at least one class to be kept, received none`);
  }
  // A class that is left out has no number. Its samples are not in the view, so any number works for them.
  const numbers = renamed.map((label) => (label === undefined ? 0 : labels.indexOf(label)));
  const targets = dataset.targets.map((target) => numbers[target]!);
  return {
    dataset: { ...dataset, labels, targets },
    indices: indices.filter((index) => renamed[dataset.targets[index]!] !== undefined),
  };
}

/**
 * Renumbers the classes of samples by another list of class texts, so that a network with that list can be measured on
 * them; no pixel is copied.
 *
 * @returns the samples themselves where they already have these texts.
 * @throws {UsageError} when a sample is of a class that `labels` lacks.
 */
export function matchLabels(samples: Samples, labels: readonly string[]): Samples {
  const { dataset, indices } = viewOf(samples);
  if (sameTexts(dataset.labels, labels)) return samples;
  const numbers = dataset.labels.map((label) => labels.indexOf(label));
  const occurring = new Set(Array.from(indices, (index) => dataset.targets[index]!));
  const unknown = dataset.labels.filter((_, number) => numbers[number] === -1 && occurring.has(number));
  if (unknown.length > 0) {
    throw new UsageError(
      `${dataset.name}: expected samples of the classes ${labels.join(' ')}, received also ${unknown.join(' ')}`,
    );
  }
  // A class without samples here needs no number.
  const targets = dataset.targets.map((target) => Math.max(0, numbers[target]!));
  return { dataset: { ...dataset, labels, targets }, indices };
}

/** How {@link concatSamples} names the whole. */
export interface ConcatOptions {
  /** Name of the new data set; default: the parts' names joined by `+`. */
  readonly name?: string;
  /** Class texts of the whole; default: all texts of the parts, sorted by {@link compareLabels}. */
  readonly labels?: readonly string[];
  /** Allocates zeroed memory for the pictures; shared memory where threads will read them. */
  readonly allocate?: (bytes: number) => Uint8Array;
}

/** Most writers of the whole: their numbers have 16 bits, and 0 means none. */
const mostWriters = 0xffff;

/**
 * Joins samples of several sets, one after the other, into a new data set: classes with the same text become one. The
 * pixels are copied once into one array, because a data set is one array. A single whole data set that already has
 * these labels is returned as it is.
 *
 * Writers are renumbered from 1: sets with the same `writerSet` share their writers, all others are different people.
 * Samples of a set without writers get 0. Strokes and set numbers are kept only if all parts have them.
 *
 * @throws {UsageError} when there is no part, a part has a class that `labels` lacks, or there are more than 65,535
 * writers.
 * @throws {FormatError} when the pictures differ in size.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { concatSamples, limitSamples } from 'ductus/samples';
 *
 * const train = await openDataset('mnist:train');
 * console.log(concatSamples([limitSamples(train, 30, 1), limitSamples(train, 20, 2)]).count); // 50
 * ```
 */
export function concatSamples(parts: readonly Samples[], options: ConcatOptions = {}): Dataset {
  const views = parts.map(viewOf);
  const first = views[0]?.dataset;
  if (!first) throw new UsageError('joining data sets: expected at least one, received none');
  const labels = options.labels ?? [...new Set(views.flatMap(({ dataset }) => dataset.labels))].sort(compareLabels);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && !('indices' in only) && sameTexts(only.labels, labels)) {
    return options.name === undefined ? only : { ...only, name: options.name };
  }
  const { allocate = (bytes: number) => new Uint8Array(bytes) } = options;
  const pixels = first.width * first.height;
  const count = parts.reduce((sum, part) => sum + countOf(part), 0);
  const images = allocate(count * pixels);
  const targets = new Uint16Array(count);
  let position = 0;
  for (const { dataset, indices } of views) {
    if (dataset.width !== first.width || dataset.height !== first.height) {
      throw new FormatError(
        `joining data sets: expected ${first.width}x${first.height} pixels as in ${first.name}, received ${dataset.width}x${dataset.height} in ${dataset.name}`,
      );
    }
    const numbers = dataset.labels.map((label) => labels.indexOf(label));
    const unknown = dataset.labels.filter((_, number) => numbers[number] === -1);
    if (unknown.length > 0) {
      throw new UsageError(
        `joining data sets: expected classes of ${dataset.name} to be among ${labels.join(' ')}, received ${unknown.join(' ')}`,
      );
    }
    for (const index of indices) {
      images.set(dataset.images.subarray(index * pixels, (index + 1) * pixels), position * pixels);
      targets[position++] = numbers[dataset.targets[index]!]!;
    }
  }
  const name = options.name ?? views.map(({ dataset }) => dataset.name).join('+');
  return {
    ...joinOrigins(views, count),
    name,
    labels,
    width: first.width,
    height: first.height,
    count,
    images,
    targets,
  };
}

function joinOrigins(views: readonly DatasetView[], count: number): SampleOrigins {
  const everyHas = (what: 'inks' | 'sets'): boolean => views.every(({ dataset }) => dataset[what] !== undefined);
  const gather = <T>(of: (dataset: Dataset, index: number) => T): T[] =>
    views.flatMap(({ dataset, indices }) => Array.from(indices, (index) => of(dataset, index)));
  const kept = {
    ...(everyHas('inks') && { inks: gather(({ inks }, index) => inks![index]!) }),
    ...(everyHas('sets') && { sets: Uint8Array.from(gather(({ sets }, index) => sets![index]!)) }),
  };
  if (views.every(({ dataset }) => dataset.writers === undefined)) return kept;
  const writers = new Uint16Array(count);
  const numbers = new Map<string, number>();
  let position = 0;
  for (const [part, { dataset, indices }] of views.entries()) {
    const set = dataset.writerSet === undefined ? `part ${part}` : `set ${dataset.writerSet}`;
    for (const index of indices) {
      const own = dataset.writers?.[index] ?? 0;
      if (own !== 0) {
        const key = `${set} ${own}`;
        if (!numbers.has(key)) numbers.set(key, numbers.size + 1);
        writers[position] = numbers.get(key)!;
      }
      position++;
    }
  }
  if (numbers.size > mostWriters) {
    throw new UsageError(`joining data sets: expected at most ${mostWriters} writers, received ${numbers.size}`);
  }
  return { ...kept, writers };
}

function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, index) => text === right[index]);
}
