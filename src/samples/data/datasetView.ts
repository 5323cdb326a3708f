// Some samples of a data set, by index: what splits, limits and batches work on. No pixel is copied until a batch is
// filled.
import { UsageError } from '../../core/floor.ts';
import type { Dataset, SampleOrigins } from './dataset.ts';

/** Chosen samples of a data set, in the order of `indices`; a sample may occur twice. */
export interface DatasetView {
  /** The whole set of the samples. */
  readonly dataset: Dataset;
  /** Positions in `dataset`, each below `dataset.count`. */
  readonly indices: Uint32Array;
}

/** A data set, or some of its samples: the input of functions on data. */
export type Samples = Dataset | DatasetView;

/** All samples of a data set as a view; a view is returned as it is. */
export function viewOf(samples: Samples): DatasetView {
  if ('indices' in samples) return samples;
  return { dataset: samples, indices: Uint32Array.from({ length: samples.count }, (_, index) => index) };
}

/** Number of samples. */
export function countOf(samples: Samples): number {
  return 'indices' in samples ? samples.indices.length : samples.count;
}

/**
 * The samples at some positions, as a view.
 *
 * @param positions positions in `samples` (in a view: of the view, not of the data set behind it).
 * @throws {UsageError} when a position is not a whole number from 0 to count - 1.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { subset } from 'ductus/samples';
 *
 * const test = await openDataset('mnist:test');
 * const sevens = subset(test, [...test.targets.keys()].filter((index) => test.labels[test.targets[index]!] === '7'));
 * console.log(sevens.indices.length); // 1028
 * ```
 */
export function subset(samples: Samples, positions: ArrayLike<number>): DatasetView {
  const { dataset, indices: outer } = viewOf(samples);
  const indices = new Uint32Array(positions.length);
  for (let i = 0; i < positions.length; i++) {
    const index = outer[positions[i]!];
    if (index === undefined) {
      throw new UsageError(
        `subset of ${dataset.name}: expected positions from 0 to ${outer.length - 1}, received ${positions[i]}`,
      );
    }
    indices[i] = index;
  }
  return { dataset, indices };
}

/** Class of each sample, in order; for a whole data set its own array, not a copy. */
export function targetsOf(samples: Samples): Uint16Array {
  if (!('indices' in samples)) return samples.targets;
  const { dataset, indices } = samples;
  return Uint16Array.from(indices, (index) => dataset.targets[index]!);
}

/** Number of samples of each class, in the order of the labels. */
export function classCounts(samples: Samples): number[] {
  const { labels } = 'indices' in samples ? samples.dataset : samples;
  const counts = new Array<number>(labels.length).fill(0);
  for (const target of targetsOf(samples)) counts[target]!++;
  return counts;
}

/**
 * The samples of a view as a separate data set. This copies their pixels; a batch loader does not need that.
 *
 * @param name of the new data set; default: that of the data set behind the view.
 */
export function materialize(samples: Samples, name?: string): Dataset {
  const { dataset, indices } = viewOf(samples);
  const pixels = dataset.width * dataset.height;
  const images = new Uint8Array(indices.length * pixels);
  indices.forEach((index, position) => {
    images.set(dataset.images.subarray(index * pixels, (index + 1) * pixels), position * pixels);
  });
  return {
    ...dataset,
    ...originsAt(dataset, indices),
    name: name ?? dataset.name,
    count: indices.length,
    images,
    targets: targetsOf(samples),
  };
}

/** The writers, sets and strokes of the samples at some positions; unknown fields are left out. */
export function originsAt(
  { writers, writerSet, sets, inks }: SampleOrigins,
  positions: Uint32Array | readonly number[],
): SampleOrigins {
  return {
    ...(writers && { writers: Uint16Array.from(positions, (position) => writers[position]!) }),
    ...(writers && writerSet !== undefined && { writerSet }),
    ...(sets && { sets: Uint8Array.from(positions, (position) => sets[position]!) }),
    ...(inks && { inks: Array.from(positions, (position) => inks[position]!) }),
  };
}

/** Writer of each sample, in order, 0 where unknown; undefined where no writer is known. */
export function writersOf(samples: Samples): Uint16Array | undefined {
  const { dataset, indices } = viewOf(samples);
  const { writers } = dataset;
  return writers && Uint16Array.from(indices, (index) => writers[index]!);
}
