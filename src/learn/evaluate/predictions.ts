// A classifier's answers to labelled pictures: the one form that metrics, calibration and reports accept.
import { ShapeError } from '../../core/floor.ts';

/** Answers of a classifier, with the truth. */
export interface Predictions {
  /** Class texts in the order of the classifier's outputs. */
  readonly labels: readonly string[];
  /** Class texts in the data that the classifier lacks; it can never be right on them. */
  readonly unknownLabels?: readonly string[];
  /** `[count, labels]`, row-major, each row summing to 1; the row of an empty answer is not read. */
  readonly probabilities: ArrayLike<number>;
  /** `[count]`, index of the true class into `labels`, or `labels.length + k` for the k-th of `unknownLabels`. */
  readonly targets: ArrayLike<number>;
  /** `[count]`, 1 where the classifier found nothing to read; absent: it always answered. */
  readonly empty?: ArrayLike<number>;
  /**
   * `[count]`, index of the answer into `labels`; absent: the most probable class. A committee that votes may answer
   * another class than the one with the highest mean probability.
   */
  readonly answers?: ArrayLike<number>;
}

/**
 * Checks that the parts fit together and that there are pictures.
 *
 * @throws {ShapeError} when a length does not fit, a target is outside its range or there are no pictures.
 */
export function checkPredictions(predictions: Predictions): void {
  const { labels, unknownLabels = [], probabilities, targets, empty, answers } = predictions;
  const count = targets.length;
  if (count === 0) throw new ShapeError('predictions: expected at least one picture, received none');
  if (probabilities.length !== count * labels.length) {
    throw new ShapeError(
      `predictions: expected ${count} x ${labels.length} probabilities, received ${probabilities.length}`,
    );
  }
  if (empty !== undefined && empty.length !== count) {
    throw new ShapeError(`predictions: expected ${count} marks of empty answers, received ${empty.length}`);
  }
  if (answers !== undefined && answers.length !== count) {
    throw new ShapeError(`predictions: expected ${count} answers, received ${answers.length}`);
  }
  const classes = labels.length + unknownLabels.length;
  for (let sample = 0; sample < count; sample++) {
    const target = targets[sample]!;
    if (!(target >= 0 && target < classes)) {
      throw new ShapeError(`predictions: target ${target} of picture ${sample} is not a class in 0..${classes - 1}`);
    }
  }
}

/**
 * The class answered for one picture: the given answer, otherwise the most probable class, the first of equals; -1 when
 * the answer was empty.
 */
export function answerOf(predictions: Predictions, sample: number): number {
  if (predictions.empty?.[sample]) return -1;
  const given = predictions.answers?.[sample];
  if (given !== undefined) return given;
  const classes = predictions.labels.length;
  const { probabilities } = predictions;
  const row = sample * classes;
  let best = 0;
  for (let index = 1; index < classes; index++) {
    if (probabilities[row + index]! > probabilities[row + best]!) best = index;
  }
  return best;
}

/** Probability of the class answered for one picture; 0 when the answer was empty. */
export function confidenceOf(predictions: Predictions, sample: number): number {
  const answer = answerOf(predictions, sample);
  return answer < 0 ? 0 : predictions.probabilities[sample * predictions.labels.length + answer]!;
}

/** Text of one picture's true class. */
export function truthOf({ labels, unknownLabels = [], targets }: Predictions, sample: number): string {
  const target = targets[sample]!;
  return target < labels.length ? labels[target]! : unknownLabels[target - labels.length]!;
}
