// The same numbers in another shape.
import { formatShape, type Shape, ShapeError, sameShape, sizeOf } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { checkExtents } from '../tensor.ts';

/** Row-major order is kept; only the extents change. */
export const reshapeOperator: Operator<{ readonly shape: Shape }> = {
  name: 'reshape',
  infer([x], { shape }) {
    checkExtents(`reshape of ${formatShape(x!.shape)}`, shape);
    if (sizeOf(shape) !== sizeOf(x!.shape)) {
      throw new ShapeError(
        `reshape: ${formatShape(x!.shape)} has ${sizeOf(x!.shape)} elements, ${formatShape(shape)} has ${sizeOf(shape)}`,
      );
    }
    return [{ type: x!.type, shape }];
  },
  emit({ inputs, outputs, attributes: { shape } }, onnx) {
    const from = inputs[0]!.shape;
    // Flatten and 0 ("as in the input") leave the batch extent open, so the same node serves any batch.
    if (from.length > 2 && shape.length === 2 && shape[0] === from[0]) {
      onnx.node('Flatten', [inputs[0]!.name], [outputs[0]!.name], { axis: 1 });
    } else {
      const target = shape.map((extent, axis) => (axis === 0 && extent === from[0] ? 0 : extent));
      onnx.node('Reshape', [inputs[0]!.name, onnx.integers(target)], [outputs[0]!.name]);
    }
  },
  gradient: ({ inputs, outputGradients }) => [reshape(outputGradients[0]!, inputs[0]!.shape)],
  reference: ([x]) => [x!.data.slice()],
};

/** `x` with the given shape. @throws {ShapeError} naming both when the element counts differ. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : applyOne(reshapeOperator, [x], { shape });
}

/** `[batch, ...]` to `[batch, everything else]`, as before a dense layer. */
export function flatten(x: Tensor): Tensor {
  return reshape(x, [x.shape[0]!, sizeOf(x.shape.slice(1))]);
}
