// Puts a data set's numbers into memory that threads share, so that they are there once and not once per thread.
import type { Dataset, DatasetView } from '../../../samples/floor.ts';
import { inSharedMemory } from './sharedArrays.ts';

/**
 * A function that returns the same samples with all pixels and classes in shared memory. It leaves writers and strokes
 * out: training threads need neither, and strokes would be copied for each. Arrays in shared memory are not copied, and
 * two views of one data set become views of one copy.
 */
export function datasetSharer(): (view: DatasetView) => DatasetView {
  const copies = new Map<Dataset, Dataset>();
  return ({ dataset, indices }) => {
    let copy = copies.get(dataset);
    if (copy === undefined) {
      const { writers, writerSet, inks, ...rest } = sharedDataset(dataset);
      copy = rest;
      copies.set(dataset, copy);
    }
    return { dataset: copy, indices: inSharedMemory(indices, Uint32Array) };
  };
}

/** The same data set with its numbers in shared memory; the data set itself if they are there already. */
export function sharedDataset(dataset: Dataset): Dataset {
  const [images, targets] = [inSharedMemory(dataset.images, Uint8Array), inSharedMemory(dataset.targets, Uint16Array)];
  return images === dataset.images && targets === dataset.targets ? dataset : { ...dataset, images, targets };
}
