// Which of the words that can stand here a reading most likely was: post-processing by a lexicon.
import { UsageError } from '../../core/floor.ts';
import type { EditCosts } from './editCosts.ts';

/** A word of a lexicon with its distance to a reading. */
export interface NearWord {
  /** The word, as the lexicon has it. */
  readonly word: string;
  /** Sum of the costs of the cheapest way from the word to the reading. */
  readonly distance: number;
}

/**
 * Distance from what was written to what was read: the least sum of the costs of characters taken for others, omitted and inserted
 * (Wagner and Fischer 1974; with costs from confusions it is `-ln` of the probability of the reading by its likeliest way).
 *
 * Characters are code points. The distance back is another where the costs are not the same both ways.
 *
 * @param most what more than this comes to need not be known: a larger number, not always the distance, is returned for it.
 */
export function editDistance(
  written: string,
  read: string,
  costs: EditCosts,
  most: number = Number.POSITIVE_INFINITY,
): number {
  const [rows, columns] = [Array.from(written), Array.from(read)];
  let before = Float64Array.from({ length: columns.length + 1 }, (_, column) => column * costs.insertion);
  let row = new Float64Array(columns.length + 1);
  for (const character of rows) {
    row[0] = before[0]! + costs.omission;
    let least = row[0];
    for (const [column, answer] of columns.entries()) {
      row[column + 1] = Math.min(
        before[column]! + costs.substitution(character, answer),
        before[column + 1]! + costs.omission,
        row[column]! + costs.insertion,
      );
      least = Math.min(least, row[column + 1]!);
    }
    // Costs are not negative: every way passes each row, so none ends below the least of it.
    if (least > most) return least;
    [before, row] = [row, before];
  }
  return before[columns.length]!;
}

/**
 * The words of a lexicon that are nearest to a reading, nearest first; of equal ones the one that stands first in the lexicon.
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
