// The figures of a classifier on labelled pictures: accuracy with its uncertainty, per class, confusion, loss.
// Calibration is in `calibration.ts`.

import { answerOf, checkPredictions, type Predictions } from './predictions.ts';
import { standardError, wilsonInterval } from './statistics/wilsonInterval.ts';

/** Figures of one class; a share whose denominator is 0 is null. */
export interface ClassMetrics {
  readonly label: string;
  /** Pictures of this class. */
  readonly count: number;
  /** Those of them read right. */
  readonly correct: number;
  /** Pictures of this class with an empty answer. */
  readonly empty: number;
  /** Share of right answers among those that name this class. */
  readonly precision: number | null;
  /** Share of this class's pictures that are read right: the class's own accuracy. */
  readonly recall: number | null;
  /** Harmonic mean of precision and recall: `2 correct / (count + answers)`. */
  readonly f1: number | null;
}

/** Figures of a classifier on one set of pictures. */
export interface Metrics {
  /** Pictures that were read. */
  readonly count: number;
  /** Those of them read right. */
  readonly correct: number;
  /** Share of right answers, 0..1; an empty answer is wrong. */
  readonly accuracy: number;
  /** `sqrt(p (1 - p) / n)` of the accuracy. */
  readonly standardError: number;
  /** Wilson's 95 % interval of the accuracy. */
  readonly interval95: readonly [low: number, high: number];
  /** Pictures with an empty answer. */
  readonly empty: number;
  /** Pictures of classes that the classifier lacks. */
  readonly unknown: number;
  /** Mean of `-ln p(true class)` over the pictures with an answer and a known class; null when there are none. */
  readonly crossEntropy: number | null;
  /** Share of pictures whose true class is among the k most probable, by k. */
  readonly topK: Readonly<Record<string, number>>;
  /** Figures of each class, in the order of `labels`. */
  readonly perClass: readonly ClassMetrics[];
  /**
   * Rows: true classes (`labels`, then `unknownLabels`); columns: answers in the order of `labels`. Empty answers are
   * in no column.
   */
  readonly confusion: readonly (readonly number[])[];
}

/** Digits, capitals and small letters. */
const alphanumericClasses = 62;

/** Smaller probabilities count as this in the cross-entropy, so one float32 zero does not make it infinite. */
const smallestProbability = 1e-12;

/**
 * Counts and rates of a classifier's answers.
 *
 * @param predictions at least one picture.
 * @param topK which k to report `topK` for; default 2 and 3. With more classes than digits and letters have, default 1,
 * 2, 5 and 10, as is usual for Chinese characters.
 * @throws {ShapeError} when the parts of `predictions` do not fit together.
 *
 * @example
 * ```ts
 * import { metrics } from 'ductus/learn';
 *
 * const probabilities = [0.9, 0.1, 0.2, 0.8, 0.6, 0.4];
 * const { accuracy, confusion } = metrics({ labels: ['a', 'b'], probabilities, targets: [0, 1, 1] });
 * console.log(accuracy.toFixed(2), confusion); // 0.67 [ [ 1, 0 ], [ 1, 1 ] ]
 * ```
 */
export function metrics(
  predictions: Predictions,
  topK: readonly number[] = predictions.labels.length > alphanumericClasses ? [1, 2, 5, 10] : [2, 3],
): Metrics {
  checkPredictions(predictions);
  const { labels, unknownLabels = [], probabilities, targets } = predictions;
  const classes = labels.length;
  const count = targets.length;
  const truth = [...labels, ...unknownLabels];
  const confusion = truth.map(() => new Array<number>(classes).fill(0));
  const rowCounts = new Array<number>(truth.length).fill(0);
  const rowEmpty = new Array<number>(truth.length).fill(0);
  const rankCounts = new Array<number>(classes + 1).fill(0);
  let loss = 0;
  let lossCount = 0;

  for (let sample = 0; sample < count; sample++) {
    const target = targets[sample]!;
    const answer = answerOf(predictions, sample);
    rowCounts[target]!++;
    if (answer < 0) {
      rowEmpty[target]!++;
      continue;
    }
    confusion[target]![answer]!++;
    if (target >= classes) continue;
    loss -= Math.log(Math.max(smallestProbability, probabilities[sample * classes + target]!));
    lossCount++;
    rankCounts[rankOf(probabilities, sample * classes, classes, target)]!++;
  }

  const correct = labels.reduce((sum, _, index) => sum + confusion[index]![index]!, 0);
  const accuracy = correct / count;
  return {
    count,
    correct,
    accuracy,
    standardError: standardError(accuracy, count),
    interval95: wilsonInterval(correct, count),
    empty: rowEmpty.reduce((sum, value) => sum + value, 0),
    unknown: rowCounts.slice(classes).reduce((sum, value) => sum + value, 0),
    crossEntropy: lossCount === 0 ? null : loss / lossCount,
    topK: Object.fromEntries(
      topK.map((k) => [String(k), rankCounts.slice(0, k).reduce((sum, value) => sum + value, 0) / count]),
    ),
    perClass: truth.map((label, index) => {
      const right = index < classes ? confusion[index]![index]! : 0;
      const answers = index < classes ? confusion.reduce((sum, row) => sum + row[index]!, 0) : 0;
      const pictures = rowCounts[index]!;
      return {
        label,
        count: pictures,
        correct: right,
        empty: rowEmpty[index]!,
        precision: share(right, answers),
        recall: share(right, pictures),
        f1: share(2 * right, pictures + answers),
      };
    }),
    confusion,
  };
}

/** How many classes precede the true one, most probable first; the lower index comes first among equals. */
function rankOf(probabilities: ArrayLike<number>, row: number, classes: number, target: number): number {
  const own = probabilities[row + target]!;
  let rank = 0;
  for (let index = 0; index < classes; index++) {
    const other = probabilities[row + index]!;
    if (other > own || (other === own && index < target)) rank++;
  }
  return rank;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
