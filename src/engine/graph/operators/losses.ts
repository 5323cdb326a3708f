// Losses: from outputs and targets to the scalar that training minimises. All are built from other operators.
import { formatShape, ShapeError, sameShape } from '../../../core/floor.ts';
import type { Tensor } from '../operator.ts';
import { scalar } from '../tensor.ts';
import { add } from './add.ts';
import { logSoftmax } from './logSoftmax.ts';
import { multiply } from './multiply.ts';
import { reduceMean } from './reduceMean.ts';
import { reduceSum } from './reduceSum.ts';
import { subtract } from './subtract.ts';

/**
 * Mean cross-entropy of softmax(logits) against targets: `-1/B sum_b sum_c t'[b,c] ln p[b,c]`, in nats.
 *
 * @param logits `[batch, classes]`.
 * @param targets `[batch, classes]`; rows sum to 1: one-hot, or soft (a teacher's probabilities).
 * @param smoothing share s of every target spread evenly over all classes, `t' = (1 - s) t + s / classes`
 *   (Szegedy et al. 2016); default 0.
 * @returns a scalar.
 * @throws {ShapeError} naming both shapes when they differ or are not `[batch, classes]`.
 */
export function crossEntropy(logits: Tensor, targets: Tensor, smoothing = 0): Tensor {
  const [batch, classes] = logits.shape as readonly [number, number];
  if (logits.shape.length !== 2 || !sameShape(logits.shape, targets.shape)) {
    throw new ShapeError(
      `crossEntropy: expected logits and targets of one shape [batch, classes], received ${formatShape(logits.shape)} and ${formatShape(targets.shape)}`,
    );
  }
  const even = scalar(smoothing / classes);
  const smooth = smoothing === 0 ? targets : add(multiply(targets, scalar(1 - smoothing)), even);
  return multiply(reduceSum(multiply(smooth, logSoftmax(logits))), scalar(-1 / batch));
}

/**
 * Mean of the squared differences over all elements, `1/n sum (a - b)^2`; a scalar.
 *
 * @throws {ShapeError} naming both shapes when they differ: broadcasting here is nearly always a mistake.
 */
export function meanSquaredError(outputs: Tensor, targets: Tensor): Tensor {
  if (!sameShape(outputs.shape, targets.shape)) {
    throw new ShapeError(
      `meanSquaredError: outputs ${formatShape(outputs.shape)} and targets ${formatShape(targets.shape)} differ`,
    );
  }
  const difference = subtract(outputs, targets);
  return reduceMean(multiply(difference, difference));
}
