// Softmax over the last axis.
import { formatShape, ShapeError } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { requireFloat } from './elementwise.ts';
import { multiply } from './multiply.ts';
import { reduceSum } from './reduceSum.ts';
import { subtract } from './subtract.ts';

/** `e^x_i / sum_j e^x_j` over the last axis, computed from `x - max x` so that nothing overflows. */
export const softmaxOperator: Operator<undefined> = {
  name: 'softmax',
  infer([x]) {
    requireFloat('softmax', x!);
    requireAxis('softmax', x!);
    return [{ type: 'float32', shape: x!.shape }];
  },
  emit({ inputs, outputs }, onnx) {
    onnx.node('Softmax', [inputs[0]!.name], [outputs[0]!.name], { axis: -1 });
  },
  gradient({ outputs, outputGradients }) {
    const [y, dy] = [outputs[0]!, outputGradients[0]!];
    const mean = reduceSum(multiply(dy, y), [y.shape.length - 1], true);
    return [multiply(y, subtract(dy, mean))];
  },
  reference([x]) {
    return [
      mapRows(x!.data, x!.shape[x!.shape.length - 1]!, (row) => {
        const largest = Math.max(...row);
        const powers = row.map((value) => Math.exp(value - largest));
        const sum = powers.reduce((total, value) => total + value, 0);
        return powers.map((value) => value / sum);
      }),
    ];
  },
};

/**
 * Probabilities from logits, over the last axis; same shape. `logSoftmax` is its logarithm, exact where this
 * underflows.
 */
export function softmax(x: Tensor): Tensor {
  return applyOne(softmaxOperator, [x], undefined);
}

/** Throws unless there is a last axis. */
export function requireAxis(name: string, x: Tensor): void {
  if (x.shape.length === 0) {
    throw new ShapeError(`${name}: expected at least one axis, received shape ${formatShape(x.shape)}`);
  }
}

/** Applies a function to every stretch of `length` elements. */
export function mapRows(data: Float64Array, length: number, f: (row: Float64Array) => Float64Array): Float64Array {
  const result = new Float64Array(data.length);
  for (let start = 0; start < data.length; start += length) result.set(f(data.subarray(start, start + length)), start);
  return result;
}
