// Whether one classifier is better than another on the SAME pictures: McNemar's test on the pictures that only one
// reads right. Two accuracies with separate intervals would ignore that most errors are shared.
import { ShapeError } from '../../../core/floor.ts';
import { answerOf, checkPredictions, type Predictions, truthOf } from '../predictions.ts';
import { type McNemarTest, mcnemarTest } from './mcnemarTest.ts';

/** Two classifiers on the same pictures. */
export interface Comparison extends McNemarTest {
  readonly count: number;
  readonly bothRight: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly bothWrong: number;
  /** Accuracy of the first minus that of the second: `(b - c) / n`. */
  readonly difference: number;
  /** Standard error of the difference for paired pictures: `sqrt(b + c - (b - c)^2 / n) / n`. */
  readonly standardError: number;
}

/**
 * Compares two classifiers by McNemar's test.
 *
 * @param first answers of one classifier; an empty answer is wrong.
 * @param second answers of another to the same pictures in the same order.
 * @throws {ShapeError} when the two differ in the number of pictures or in the true classes, or their parts do not fit.
 *
 * @example
 * ```ts
 * import { compareClassifiers } from 'ductus/learn';
 *
 * const targets = [0, 1, 0, 1];
 * const first = { labels: ['a', 'b'], targets, probabilities: [0.9, 0.1, 0.1, 0.9, 0.9, 0.1, 0.1, 0.9] };
 * const second = { labels: ['a', 'b'], targets, probabilities: [0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1] };
 * const { onlyFirst, onlySecond, exact } = compareClassifiers(first, second);
 * console.log(onlyFirst, onlySecond, exact); // 2 0 0.5
 * ```
 */
export function compareClassifiers(first: Predictions, second: Predictions): Comparison {
  checkPredictions(first);
  checkPredictions(second);
  const count = first.targets.length;
  if (second.targets.length !== count) {
    throw new ShapeError(
      `comparing: expected answers to the same pictures, received ${count} and ${second.targets.length}`,
    );
  }
  const cells: [number, number, number, number] = [0, 0, 0, 0];
  for (let sample = 0; sample < count; sample++) {
    const [one, other] = [truthOf(first, sample), truthOf(second, sample)];
    if (one !== other) {
      throw new ShapeError(
        `comparing: expected answers to the same pictures, picture ${sample} is "${one}" and "${other}"`,
      );
    }
    const wrongFirst = answerOf(first, sample) !== first.targets[sample] ? 2 : 0;
    const wrongSecond = answerOf(second, sample) !== second.targets[sample] ? 1 : 0;
    cells[wrongFirst + wrongSecond]!++;
  }
  const [bothRight, onlyFirst, onlySecond, bothWrong] = cells;
  const [sum, difference] = [onlyFirst + onlySecond, onlyFirst - onlySecond];
  return {
    count,
    bothRight,
    onlyFirst,
    onlySecond,
    bothWrong,
    difference: difference / count,
    standardError: Math.sqrt(sum - (difference * difference) / count) / count,
    ...mcnemarTest(onlyFirst, onlySecond),
  };
}
