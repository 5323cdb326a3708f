// Temperature scaling: one number that makes a network's confidences honest without changing a single answer.
import { ShapeError } from '../../../core/floor.ts';

/** Range of the search. A temperature outside it means a network that is useless or perfect on its validation set. */
export const temperatureRange: readonly [low: number, high: number] = [0.05, 20];

/** Halvings of the range of 1/T; 60 exhaust a float64. */
const halvings = 60;

/** A fitted temperature with the loss before and after. */
export interface TemperatureFit {
  /** T of `softmax(logits / T)`; above 1 for an overconfident network. */
  readonly temperature: number;
  /** Mean cross-entropy in nats at T = 1. */
  readonly lossBefore: number;
  /** Mean cross-entropy in nats at the fitted T. */
  readonly lossAfter: number;
}

/**
 * Fits the softmax temperature that minimises the mean cross-entropy on validation logits (Guo et al. 2017).
 *
 * The loss is convex in b = 1/T with slope `mean(E_p[z] - z_true)`, so bisection finds the only zero of the slope.
 *
 * @param logits `[count, classes]`, row-major, of pictures that were NOT trained on.
 * @param targets `[count]`, true classes.
 * @param classes number of classes, at least 2.
 * @returns the temperature within `temperatureRange` (an end of it when the minimum lies outside), with the losses.
 * @throws {ShapeError} when the lengths do not fit, there are no pictures or a target is not a class.
 *
 * @example
 * ```ts
 * import { fitTemperature } from 'ductus/learn';
 *
 * const logits = [4, 0, 4, 0, 4, 0];
 * const { lossBefore, lossAfter } = fitTemperature(logits, [0, 0, 1], 2);
 * console.log(lossAfter < lossBefore); // true
 * ```
 */
export function fitTemperature(logits: ArrayLike<number>, targets: ArrayLike<number>, classes: number): TemperatureFit {
  const count = targets.length;
  if (count === 0 || classes < 2 || logits.length !== count * classes) {
    throw new ShapeError(
      `temperature: expected ${count} x ${classes} logits of at least 1 picture and 2 classes, received ${logits.length}`,
    );
  }
  for (let sample = 0; sample < count; sample++) {
    const target = targets[sample]!;
    if (!(target >= 0 && target < classes)) {
      throw new ShapeError(`temperature: target ${target} of picture ${sample} is not a class in 0..${classes - 1}`);
    }
  }
  let low = 1 / temperatureRange[1];
  let high = 1 / temperatureRange[0];
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2;
    if (lossAndSlope(logits, targets, classes, middle).slope > 0) high = middle;
    else low = middle;
  }
  const inverse = (low + high) / 2;
  return {
    temperature: 1 / inverse,
    lossBefore: lossAndSlope(logits, targets, classes, 1).loss,
    lossAfter: lossAndSlope(logits, targets, classes, inverse).loss,
  };
}

/** Mean cross-entropy of `softmax(b z)` and its derivative by b. */
function lossAndSlope(
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  classes: number,
  inverse: number,
): { loss: number; slope: number } {
  let loss = 0;
  let slope = 0;
  for (let sample = 0; sample < targets.length; sample++) {
    const row = sample * classes;
    let largest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < classes; index++) largest = Math.max(largest, logits[row + index]!);
    let total = 0;
    let weighted = 0;
    for (let index = 0; index < classes; index++) {
      const power = Math.exp(inverse * (logits[row + index]! - largest));
      total += power;
      weighted += power * logits[row + index]!;
    }
    const own = logits[row + targets[sample]!]!;
    loss += Math.log(total) - inverse * (own - largest);
    slope += weighted / total - own;
  }
  return { loss: loss / targets.length, slope: slope / targets.length };
}
