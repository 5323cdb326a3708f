// Maximum over axes.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { divide } from './divide.ts';
import { equalMask } from './equalMask.ts';
import { multiply } from './multiply.ts';
import { reduceSum } from './reduceSum.ts';
import { allAxes, keptShape, type ReduceAttributes, reduction } from './reduction.ts';
import { reshape } from './reshape.ts';

/** Largest element along axes; several equal ones share the gradient evenly. */
export const reduceMaxOperator: Operator<ReduceAttributes> = reduction(
  'reduceMax',
  'ReduceMax',
  (values) => values.reduce((best, value) => Math.max(best, value), Number.NEGATIVE_INFINITY),
  ({ inputs, outputs, outputGradients, attributes: { axes } }) => {
    const kept = keptShape(inputs[0]!.shape, axes);
    const mask = equalMask(inputs[0]!, reshape(outputs[0]!, kept));
    const share = divide(reshape(outputGradients[0]!, kept), reduceSum(mask, axes, true));
    return [multiply(mask, share)];
  },
  'GlobalMaxPool',
);

/** Maximum over `axes` (default: all). Returns the input's shape without them, or with extent 1 when `keepDims`. */
export function reduceMax(x: Tensor, axes: readonly number[] = allAxes(x.shape), keepDims = false): Tensor {
  return applyOne(reduceMaxOperator, [x], { axes, keepDims });
}
