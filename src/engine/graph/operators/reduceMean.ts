// Mean over axes.
import { sizeOf } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { scalar } from '../tensor.ts';
import { multiply } from './multiply.ts';
import { broadcastTo } from './reduceSum.ts';
import { allAxes, keptShape, type ReduceAttributes, reduction } from './reduction.ts';
import { reshape } from './reshape.ts';

/** Mean of the elements along axes. */
export const reduceMeanOperator: Operator<ReduceAttributes> = reduction(
  'reduceMean',
  'ReduceMean',
  (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  ({ inputs, outputs, outputGradients, attributes }) => {
    const { shape } = inputs[0]!;
    const count = sizeOf(shape) / sizeOf(outputs[0]!.shape);
    const share = multiply(outputGradients[0]!, scalar(1 / count));
    return [broadcastTo(reshape(share, keptShape(shape, attributes.axes)), shape)];
  },
  'GlobalAveragePool',
);

/** Mean over `axes` (default: all). Returns the input's shape without them, or with extent 1 when `keepDims`. */
export function reduceMean(x: Tensor, axes: readonly number[] = allAxes(x.shape), keepDims = false): Tensor {
  return applyOne(reduceMeanOperator, [x], { axes, keepDims });
}
