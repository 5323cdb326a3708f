// How many rows of two tensors have their largest element at the same position: right answers of a batch.
import { formatShape, ShapeError, sameShape } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';

/** Count of rows i with `argmax a[i] = argmax b[i]`, the first of several equal; not differentiable. */
export const countMatchesOperator: Operator<undefined> = {
  name: 'countMatches',
  infer([a, b]) {
    if (a!.shape.length !== 2 || !sameShape(a!.shape, b!.shape)) {
      throw new ShapeError(
        `countMatches: expected two tensors of one shape [batch, classes], received ${formatShape(a!.shape)} and ${formatShape(b!.shape)}`,
      );
    }
    return [{ type: 'float32', shape: [] }];
  },
  emit({ inputs, outputs }, onnx) {
    const [left, right] = inputs.map(({ name }) => onnx.call('ArgMax', [name], { axis: 1, keepdims: 0 }));
    const equal = onnx.call('Cast', [onnx.call('Equal', [left!, right!])], { to: 1 });
    onnx.node('ReduceSum', [equal], [outputs[0]!.name], { keepdims: 0 });
  },
  reference([a, b]) {
    const classes = a!.shape[1]!;
    const best = (data: Float64Array, row: number): number => {
      const values = data.subarray(row * classes, (row + 1) * classes);
      return values.indexOf(Math.max(...values));
    };
    let count = 0;
    for (let row = 0; row < a!.shape[0]!; row++) if (best(a!.data, row) === best(b!.data, row)) count++;
    return [Float64Array.of(count)];
  },
};

/**
 * Right answers of a batch as a float32 scalar. @param logits `[batch, classes]`. @param targets the same, one-hot or
 * soft.
 */
export function countMatches(logits: Tensor, targets: Tensor): Tensor {
  return applyOne(countMatchesOperator, [logits, targets], undefined);
}
