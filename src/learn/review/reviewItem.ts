// What is reviewed: one reading per picture, with the machine's probability of each class. Knows no pixels.
import { ShapeError, UsageError } from '../../core/floor.ts';

/** A reading that a person may be asked about. */
export interface ReviewItem {
  /** Its unique name in results and saved sessions: a file's path, `mnist:train#17`. */
  readonly id: string;
  /** `[classes]`, the recogniser's calibrated probabilities, which sum to 1; null: it found nothing to read. */
  readonly probabilities: ArrayLike<number> | null;
}

/** How far a sum of probabilities may be from 1: float32 sums of thousands of classes are off by less. */
const sumTolerance = 1e-3;

/**
 * Checks readings against the classes.
 *
 * @throws {UsageError} when there are fewer than two classes, a class or an id occurs twice, or there is no item.
 * @throws {ShapeError} when there is not one probability per class, or they do not sum to 1.
 */
export function checkReviewItems(items: readonly ReviewItem[], labels: readonly string[]): void {
  if (labels.length < 2 || new Set(labels).size !== labels.length) {
    throw new UsageError(`review: expected two or more different classes, received ${labels.slice(0, 12).join(' ')}`);
  }
  if (items.length === 0) throw new UsageError('review: expected at least one reading, received none');
  const ids = new Set<string>();
  for (const { id, probabilities } of items) {
    if (ids.has(id)) throw new UsageError(`review: expected readings of different names, received ${id} twice`);
    ids.add(id);
    if (probabilities === null) continue;
    if (probabilities.length !== labels.length) {
      throw new ShapeError(
        `review, ${id}: expected ${labels.length} probabilities, one a class, received ${probabilities.length}`,
      );
    }
    let sum = 0;
    for (let index = 0; index < probabilities.length; index++) {
      sum += probabilities[index]! >= 0 ? probabilities[index]! : Number.NaN;
    }
    if (!(Math.abs(sum - 1) <= sumTolerance)) {
      throw new ShapeError(`review, ${id}: expected probabilities from 0 up that sum to 1, received a sum of ${sum}`);
    }
  }
}
