// Joins data sets whose classes differ: each set's class texts are mapped to those of the whole.
import { FormatError, UsageError } from '../../core/index.ts';
import type { Dataset } from './dataset.ts';
import { compareLabels } from './labels.ts';
import { countOf, type DatasetView, type Samples, viewOf } from './view.ts';

/**
 * Gives samples other class texts; no pixel is copied.
 *
 * @param rename new text of a class, or undefined to leave its samples out. Classes given the same text become one:
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
  // A class that is left out has no number; its samples are not in the view, so any number will do for them.
  const numbers = renamed.map((label) => (label === undefined ? 0 : labels.indexOf(label)));
  const targets = dataset.targets.map((target) => numbers[target]!);
  return {
    dataset: { ...dataset, labels, targets },
    indices: indices.filter((index) => renamed[dataset.targets[index]!] !== undefined),
  };
}

/** How {@link concatSamples} names the whole. */
export interface ConcatOptions {
  /** Name of the new data set; those of the parts joined by `+` where not given. */
  readonly name?: string;
  /** Class texts of the whole; all texts of the parts, sorted by {@link compareLabels}, where not given. */
  readonly labels?: readonly string[];
}

/**
 * Joins samples of several sets, one after the other, into a new data set: classes with the same text become one. The
 * pixels are copied once, into one array, because a data set is one array.
 *
 * @throws {UsageError} when there is no part, or a part has a class that `labels` lacks.
 * @throws {FormatError} when the pictures differ in size.
 */
export function concatSamples(parts: readonly Samples[], options: ConcatOptions = {}): Dataset {
  const views = parts.map(viewOf);
  const first = views[0]?.dataset;
  if (!first) throw new UsageError('joining data sets: expected at least one, received none');
  const labels = options.labels ?? [...new Set(views.flatMap(({ dataset }) => dataset.labels))].sort(compareLabels);
  const pixels = first.width * first.height;
  const count = parts.reduce((sum, part) => sum + countOf(part), 0);
  const images = new Uint8Array(count * pixels);
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
  return { name, labels, width: first.width, height: first.height, count, images, targets };
}
