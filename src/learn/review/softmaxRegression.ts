// Multinomial logistic regression on top of given logits: a correction of the last layer. Plain loops over a few
// thousand rows, without an engine: it must be quick, the same everywhere, and run in a page.
import { ShapeError } from '../../core/floor.ts';

/** What is learnt from. */
export interface RegressionSamples {
  /** `[count, inputs]`; a bias is an input that is always 1. */
  readonly inputs: Float64Array;
  /** `[count, classes]`, the logits before anything is learnt. */
  readonly offsets: Float64Array;
  /** `[count]`, true classes. */
  readonly targets: ArrayLike<number>;
  readonly classes: number;
}

/** Most steps; the tolerance ends the fits of a review after some tens to two hundred. */
const mostSteps = 300;

/**
 * Tolerance: largest component of the gradient per sample at which the fit ends; far below the effect of one answer.
 */
const tolerance = 1e-6;

/**
 * Finds W that minimises `sum of -ln softmax(offset + x W)[target] + penalty / 2 |W|^2`: the most probable W under a
 * normal prior of mean 0 and variance `1 / penalty` on each element.
 *
 * Gradient descent with momentum (Nesterov 1983) that starts afresh when it points uphill (O'Donoghue and Candes 2015),
 * in steps of 1/L. The cross-entropy's curvature is at most half that of `|x W|^2` (Boehning 1992), and the Frobenius
 * norm bounds the largest eigenvalue of X'X.
 *
 * @param penalty above 0, so that there is one minimum, also for a class without samples.
 * @returns `[inputs, classes]`, row-major; the same for the same samples, bit for bit.
 * @throws {ShapeError} when the parts do not fit together.
 */
export function softmaxRegression(samples: RegressionSamples, penalty: number): Float64Array {
  const { inputs, offsets, targets, classes } = samples;
  const count = targets.length;
  const width = inputs.length / Math.max(1, count);
  if (!Number.isInteger(width) || offsets.length !== count * classes) {
    throw new ShapeError(
      `regression: expected ${count} rows of inputs and of ${classes} offsets, received ${inputs.length} and ${offsets.length} numbers`,
    );
  }
  const size = width * classes;
  let weights = new Float64Array(size);
  if (count === 0) return weights;
  const step = 1 / (penalty + gramNorm(inputs, width) / 2);
  let ahead = weights;
  const gradient = new Float64Array(size);
  for (let taken = 0, run = 0; taken < mostSteps; taken++, run++) {
    gradientAt(ahead, samples, penalty, gradient);
    let [largest, uphill] = [0, 0];
    const next = new Float64Array(size);
    for (let at = 0; at < size; at++) {
      largest = Math.max(largest, Math.abs(gradient[at]!));
      next[at] = ahead[at]! - step * gradient[at]!;
      uphill += gradient[at]! * (next[at]! - weights[at]!);
    }
    if (uphill > 0) run = 0;
    const momentum = run / (run + 3);
    const before = weights;
    ahead = next.map((value, at) => value + momentum * (value - before[at]!));
    weights = next;
    if (largest <= tolerance * count) break;
  }
  return weights;
}

/** `logits += x W` of one sample. @param at first element of its inputs. */
export function addProduct(
  logits: Float64Array,
  inputs: Float64Array,
  at: number,
  weights: Float64Array,
  classes: number,
): void {
  const width = weights.length / classes;
  for (let input = 0; input < width; input++) {
    const value = inputs[at + input]!;
    for (let index = 0; index < classes; index++) logits[index]! += value * weights[input * classes + index]!;
  }
}

/** `softmax(sharpness * logits)`, written over the logits. */
export function softmaxInPlace(logits: Float64Array, sharpness = 1): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) largest = Math.max(largest, logit);
  let total = 0;
  for (let index = 0; index < logits.length; index++) {
    logits[index] = Math.exp(sharpness * (logits[index]! - largest));
    total += logits[index]!;
  }
  for (let index = 0; index < logits.length; index++) logits[index]! /= total;
}

function gradientAt(
  weights: Float64Array,
  { inputs, offsets, targets, classes }: RegressionSamples,
  penalty: number,
  gradient: Float64Array,
): void {
  for (let at = 0; at < gradient.length; at++) gradient[at] = penalty * weights[at]!;
  const width = weights.length / classes;
  const row = new Float64Array(classes);
  for (let sample = 0; sample < targets.length; sample++) {
    for (let index = 0; index < classes; index++) row[index] = offsets[sample * classes + index]!;
    addProduct(row, inputs, sample * width, weights, classes);
    softmaxInPlace(row);
    row[targets[sample]!]! -= 1;
    for (let input = 0; input < width; input++) {
      const value = inputs[sample * width + input]!;
      for (let index = 0; index < classes; index++) gradient[input * classes + index]! += value * row[index]!;
    }
  }
}

/** Frobenius norm of X'X. */
function gramNorm(inputs: Float64Array, width: number): number {
  const gram = new Float64Array(width * width);
  for (let at = 0; at < inputs.length; at += width) {
    for (let left = 0; left < width; left++) {
      for (let right = 0; right <= left; right++)
        gram[left * width + right]! += inputs[at + left]! * inputs[at + right]!;
    }
  }
  let squares = 0;
  for (let left = 0; left < width; left++) {
    for (let right = 0; right <= left; right++) squares += (left === right ? 1 : 2) * gram[left * width + right]! ** 2;
  }
  return Math.sqrt(squares);
}
