// Logarithm of the softmax over the last axis.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { requireFloat } from './elementwise.ts';
import { exponential } from './exponential.ts';
import { multiply } from './multiply.ts';
import { reduceSum } from './reduceSum.ts';
import { mapRows, requireAxis } from './softmax.ts';
import { subtract } from './subtract.ts';

/** `x_i - ln sum_j e^x_j` over the last axis, computed from `x - max x` so that nothing overflows. */
export const logSoftmaxOperator: Operator<undefined> = {
  name: 'logSoftmax',
  infer([x]) {
    requireFloat('logSoftmax', x!);
    requireAxis('logSoftmax', x!);
    return [{ type: 'float32', shape: x!.shape }];
  },
  emit({ inputs, outputs }, onnx) {
    onnx.node('LogSoftmax', [inputs[0]!.name], [outputs[0]!.name], { axis: -1 });
  },
  gradient({ outputs, outputGradients }) {
    const [y, dy] = [outputs[0]!, outputGradients[0]!];
    return [subtract(dy, multiply(exponential(y), reduceSum(dy, [y.shape.length - 1], true)))];
  },
  reference([x]) {
    return [
      mapRows(x!.data, x!.shape[x!.shape.length - 1]!, (row) => {
        const largest = Math.max(...row);
        const logSum = largest + Math.log(row.reduce((sum, value) => sum + Math.exp(value - largest), 0));
        return row.map((value) => value - logSum);
      }),
    ];
  },
};

/** Log-probabilities from logits, over the last axis; same shape. */
export function logSoftmax(x: Tensor): Tensor {
  return applyOne(logSoftmaxOperator, [x], undefined);
}
