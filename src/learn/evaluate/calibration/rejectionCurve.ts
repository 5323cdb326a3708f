// The gain from leaving the least sure answers to a person: accuracy of the kept answers against coverage, and the
// threshold for a target error. A threshold is chosen on one set of pictures and measured on another: see `assess.ts`.
import { UsageError } from '../../../core/floor.ts';
import { answerOf, checkPredictions, confidenceOf, type Predictions } from '../predictions.ts';
import { wilsonInterval } from '../statistics/wilsonInterval.ts';

/** What is left when only answers with at least a given confidence are kept. */
export interface Kept {
  /** Lowest confidence that is kept, 0..1. */
  readonly threshold: number;
  /** Number of answers kept, and of all pictures. */
  readonly kept: number;
  readonly count: number;
  /** Share of all pictures whose answer is kept: `kept / count`. */
  readonly coverage: number;
  /** Wrong answers among those kept. */
  readonly errors: number;
  /** Share of the kept answers that is wrong (the selective risk); null when none is kept. */
  readonly error: number | null;
  /** Wilson's 95 % interval of it; null when none is kept. */
  readonly interval95: readonly [low: number, high: number] | null;
}

/**
 * The rejection curve (risk-coverage curve: El-Yaniv and Wiener 2010), a point for each confidence that occurs.
 *
 * Equal confidences are kept or rejected together, since no threshold can separate them. Empty answers are always
 * rejected.
 *
 * @returns points from the highest threshold to the lowest, that is, by growing coverage; none when every answer is
 * empty.
 * @throws {ShapeError} when the parts of `predictions` do not fit together.
 *
 * @example
 * ```ts
 * import { rejectionCurve, thresholdForError } from 'ductus/learn';
 *
 * const probabilities = [0.9, 0.1, 0.8, 0.2, 0.6, 0.4];
 * const curve = rejectionCurve({ labels: ['a', 'b'], probabilities, targets: [0, 0, 1] });
 * console.log(thresholdForError(curve, 0)?.coverage.toFixed(2)); // 0.67
 * ```
 */
export function rejectionCurve(predictions: Predictions): Kept[] {
  checkPredictions(predictions);
  const count = predictions.targets.length;
  const answers: { confidence: number; wrong: boolean }[] = [];
  for (let sample = 0; sample < count; sample++) {
    const answer = answerOf(predictions, sample);
    if (answer < 0) continue;
    answers.push({
      confidence: confidenceOf(predictions, sample),
      wrong: answer !== predictions.targets[sample],
    });
  }
  answers.sort((left, right) => right.confidence - left.confidence);
  const curve: Kept[] = [];
  let errors = 0;
  answers.forEach(({ confidence, wrong }, index) => {
    if (wrong) errors++;
    if (answers[index + 1]?.confidence === confidence) return;
    curve.push(keptOf(confidence, index + 1, errors, count));
  });
  return curve;
}

/**
 * What is left when a threshold is applied: the answers whose confidence is at least that.
 *
 * @param threshold 0..1; usually one that was chosen on other pictures.
 * @throws {ShapeError} when the parts of `predictions` do not fit together.
 */
export function keepFrom(predictions: Predictions, threshold: number): Kept {
  checkPredictions(predictions);
  const count = predictions.targets.length;
  let kept = 0;
  let errors = 0;
  for (let sample = 0; sample < count; sample++) {
    const answer = answerOf(predictions, sample);
    if (answer < 0 || !(confidenceOf(predictions, sample) >= threshold)) continue;
    kept++;
    if (answer !== predictions.targets[sample]) errors++;
  }
  return keptOf(threshold, kept, errors, count);
}

/**
 * The threshold that keeps the most answers with at most a stated share of errors among them.
 *
 * The error found here is slightly optimistic, since the threshold was chosen for it; measure it on other pictures.
 *
 * @param curve of `rejectionCurve`.
 * @param error largest share of errors, 0 <= error < 1.
 * @returns undefined when no threshold leaves so few.
 * @throws {UsageError} when the share is not in that range.
 */
export function thresholdForError(curve: readonly Kept[], error: number): Kept | undefined {
  if (!(error >= 0 && error < 1)) {
    throw new UsageError(`threshold for an error: expected a share from 0 to below 1, received ${error}`);
  }
  // Not the first crossing: the curve is not monotone, and a later point may keep more with a smaller share. 1e-9: 0.29
  // * 100 is less than 29 in float64.
  return curve.findLast((point) => point.errors <= error * point.kept + 1e-9);
}

/**
 * The threshold that rejects a stated share of the pictures, or the nearest smaller share where equal confidences
 * prevent that. It uses confidences only, never the truth.
 *
 * @param curve of `rejectionCurve`.
 * @param share share of the pictures to reject, 0 <= share < 1.
 * @returns the point of lowest coverage that still keeps `1 - share`; the last point when the empty answers alone
 * exceed the share; undefined for an empty curve.
 * @throws {UsageError} when the share is not in that range.
 *
 * @example
 * ```ts
 * import { rejectionCurve, thresholdForRejection } from 'ductus/learn';
 *
 * const probabilities = [0.9, 0.1, 0.8, 0.2, 0.6, 0.4, 0.7, 0.3];
 * const curve = rejectionCurve({ labels: ['a', 'b'], probabilities, targets: [0, 0, 1, 0] });
 * console.log(thresholdForRejection(curve, 0.25)?.errors); // 0
 * ```
 */
export function thresholdForRejection(curve: readonly Kept[], share: number): Kept | undefined {
  if (!(share >= 0 && share < 1)) {
    throw new UsageError(`threshold for a rejection: expected a share from 0 to below 1, received ${share}`);
  }
  // Rounded up, minus the excess that float64 adds to (1 - 0.01) * 10,000.
  return curve.find((point) => point.kept >= Math.ceil((1 - share) * point.count - 1e-6)) ?? curve.at(-1);
}

function keptOf(threshold: number, kept: number, errors: number, count: number): Kept {
  return {
    threshold,
    kept,
    count,
    coverage: kept / count,
    errors,
    error: kept === 0 ? null : errors / kept,
    interval95: kept === 0 ? null : wilsonInterval(errors, kept),
  };
}
