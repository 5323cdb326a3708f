// The machine's side of a review: its answer to every reading, its doubt, and the order in which it would ask. It
// learns from answers and can take them back. `reviewSession.ts` chooses the question and decides when to stop.
import { randomStream, shuffle } from '../../core/floor.ts';
import { type Belief, firstBelief, type Lesson, largestOf, learn, probabilitiesOf } from './belief.ts';
import { classScores } from './classScores.ts';
import type { ReviewItem } from './reviewItem.ts';
import type { ReviewOptions } from './reviewOptions.ts';

/** The machine's view of the readings, given the answers so far. */
export interface ReviewLearner {
  /** `[count]`, the class of each reading; -1: nothing was found. */
  readonly classes: Int32Array;
  /** `[count]`, the probability that this is wrong; 1 where nothing was found. */
  readonly doubts: Float64Array;
  /** Class by reading, for the readings answered, in the order of the answers; -1: no character. */
  readonly answers: ReadonlyMap<number, number>;
  /** Readings in the order in which they would be asked about; learning replaces the array. */
  ranking(): Uint32Array;
  /** Class probabilities of a reading in which something was found. @returns `[classes]`. */
  probabilities(item: number): Float64Array;
  /** Takes an answer to a reading that has none; learns when enough have come. */
  add(item: number, target: number): void;
  /** Takes the last answer back, and what was learnt from it. @param item the reading that it was for. */
  remove(item: number): void;
}

/** Answers between two updates, or this share of all answers where that is more: the work stays in proportion. */
const answersApart = 10;
const shareApart = 0.1;

/** The belief from some number of answers on. */
interface Learnt {
  readonly from: number;
  readonly belief: Belief;
}

/**
 * Starts from the recogniser's own probabilities. Its state follows from readings, options and the answers in their
 * order.
 */
export function reviewLearner(
  items: readonly ReviewItem[],
  { labels, adapt = true, order = 'leastCertain', seed = 0 }: ReviewOptions,
): ReviewLearner {
  const count = items.length;
  const scores = classScores(items, labels.length);
  const given = Uint32Array.from({ length: count }, (_, item) => item);
  const pool = shuffle(given.slice(), randomStream(seed, 'review', 'confident'));
  let ranking = order === 'random' ? shuffle(given.slice(), randomStream(seed, 'review', 'order')) : given;
  const answers = new Map<number, number>();
  const learnt: Learnt[] = [{ from: 0, belief: firstBelief }];
  const classes = new Int32Array(count).fill(-1);
  const doubts = new Float64Array(count).fill(1);

  function believe(): void {
    const { belief } = learnt.at(-1)!;
    const row = new Float64Array(labels.length);
    for (let item = 0; item < count; item++) {
      if (!scores.read[item]) continue;
      probabilitiesOf(scores, item, belief, row);
      const best = largestOf(row);
      classes[item] = best;
      // The sum of the others: 1 - confidence would have lost most of its digits.
      doubts[item] = row.reduce((sum, share, index) => (index === best ? sum : sum + share), 0);
    }
    if (order === 'leastCertain') ranking = given.toSorted((a, b) => doubts[b]! - doubts[a]! || a - b);
  }

  /**
   * Each answer with the belief when it came; answers that say nothing about the recogniser's confusions are left out.
   */
  function lessons(): Lesson[] {
    let generation = 0;
    return [...answers].flatMap(([item, target], index) => {
      while (learnt[generation + 1] !== undefined && learnt[generation + 1]!.from <= index) generation++;
      return scores.read[item] && target >= 0 ? [{ item, target, belief: learnt[generation]!.belief }] : [];
    });
  }

  believe();
  return {
    ...{ classes, doubts, answers },
    ranking: () => ranking,
    probabilities(item) {
      const row = new Float64Array(labels.length);
      probabilitiesOf(scores, item, learnt.at(-1)!.belief, row);
      return row;
    },
    add(item, target) {
      answers.set(item, target);
      const { from, belief } = learnt.at(-1)!;
      if (!adapt || answers.size - from < Math.max(answersApart, Math.floor(shareApart * from))) return;
      const unasked = pool.filter((other) => scores.read[other] === 1 && !answers.has(other));
      learnt.push({ from: answers.size, belief: learn(scores, lessons(), unasked, belief) });
      believe();
    },
    remove(item) {
      answers.delete(item);
      if (learnt.at(-1)!.from <= answers.size) return;
      learnt.pop();
      believe();
    },
  };
}
