// Checks the training samples of every kind, so that bad ones give the same clear error everywhere.
import { UsageError } from '../../core/floor.ts';
import { classCounts, countOf, type Samples, viewOf } from '../../samples/floor.ts';

/**
 * Checks that learning is possible: at least two classes, samples of each, and not all pictures the same.
 *
 * @param kind name of the kind, for the error.
 * @param least number of samples that every class must have; default 1.
 * @throws {UsageError} naming the data set and the classes that lack samples.
 */
export function checkTrainingSamples(samples: Samples, kind: string, least = 1): void {
  const { dataset } = viewOf(samples);
  const what = `${kind}: learning from ${dataset.name}`;
  if (dataset.labels.length < 2) {
    throw new UsageError(`${what}: expected at least two classes, received ${dataset.labels.length}`);
  }
  const counts = classCounts(samples);
  const poor = dataset.labels.filter((_, index) => counts[index]! < least);
  if (poor.length > 0) {
    const those = poor.length > 10 ? `${poor.slice(0, 10).join(' ')} and ${poor.length - 10} more` : poor.join(' ');
    throw new UsageError(
      `${what}: expected at least ${least} ${least === 1 ? 'sample' : 'samples'} of each class, ` +
        `received fewer of ${those} (${countOf(samples)} samples in all)`,
    );
  }
  if (allAlike(samples)) {
    throw new UsageError(`${what}: expected pictures that differ, received ${countOf(samples)} that are all the same`);
  }
}

function allAlike(samples: Samples): boolean {
  const { dataset, indices } = viewOf(samples);
  const pixels = dataset.width * dataset.height;
  const first = indices[0]! * pixels;
  return indices.every((index) => {
    const start = index * pixels;
    for (let pixel = 0; pixel < pixels; pixel++) {
      if (dataset.images[start + pixel] !== dataset.images[first + pixel]) return false;
    }
    return true;
  });
}
