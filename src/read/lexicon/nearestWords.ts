// Which of the words that can stand here a reading most likely was: post-processing by a lexicon.
import { type EditCosts, editDistance, UsageError } from '../../core/floor.ts';

/** A word of a lexicon with its distance to a reading. */
export interface NearWord {
  /** The word, as the lexicon has it. */
  readonly word: string;
  /** Sum of the costs of the cheapest way from the word to the reading. */
  readonly distance: number;
}

/**
 * The words of a lexicon that are nearest to a reading, nearest first; of equal ones the one that stands first in the
 * lexicon.
 *
 * @param count of the words that are wanted, at least 1.
 * @throws {UsageError} when it is no whole number of at least 1.
 *
 * @example
 * ```ts
 * import { confusionCosts, nearestWords } from 'ductus';
 *
 * const labels = [...'enostvw'];
 * const confusion = labels.map((written) => labels.map((read) => (written === read ? 100 : 0)));
 * const words = nearestWords(['one', 'two', 'seven'], 'sewen', confusionCosts({ labels, confusion }), 1);
 * console.log(words.map(({ word }) => word)); // [ 'seven' ]
 * ```
 */
export function nearestWords(lexicon: Iterable<string>, read: string, costs: EditCosts, count = 1): NearWord[] {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new UsageError(`nearest words, count: expected a whole number of at least 1, received ${count}`);
  }
  const nearest: NearWord[] = [];
  for (const word of lexicon) {
    const most = nearest.length < count ? Number.POSITIVE_INFINITY : nearest.at(-1)!.distance;
    const distance = editDistance(word, read, costs, most);
    if (distance >= most) continue;
    const place = nearest.findLastIndex((other) => other.distance <= distance) + 1;
    nearest.splice(place, 0, { word, distance });
    if (nearest.length > count) nearest.pop();
  }
  return nearest;
}
