// Sum over axes and its transpose, broadcasting. They share a file because each is the other's gradient.
import { broadcastShapes, formatShape, type Shape, ShapeError, sameShape, sizeOf } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { checkExtents } from '../tensor.ts';
import { broadcastIndex } from './elementwise.ts';
import { allAxes, keptShape, type ReduceAttributes, reduction } from './reduction.ts';
import { reshape } from './reshape.ts';

/** Sum of the elements along axes. */
export const reduceSumOperator: Operator<ReduceAttributes> = reduction(
  'reduceSum',
  'ReduceSum',
  (values) => values.reduce((sum, value) => sum + value, 0),
  ({ inputs, outputGradients, attributes }) => {
    const { shape } = inputs[0]!;
    return [broadcastTo(reshape(outputGradients[0]!, keptShape(shape, attributes.axes)), shape)];
  },
);

/** Repeats a tensor along the axes where its extent is 1 or missing. */
export const broadcastToOperator: Operator<{ readonly shape: Shape }> = {
  name: 'broadcastTo',
  infer([x], { shape }) {
    checkExtents(`broadcastTo from ${formatShape(x!.shape)}`, shape);
    if (!sameShape(broadcastShapes(x!.shape, shape, 'broadcastTo'), shape)) {
      throw new ShapeError(`broadcastTo: ${formatShape(x!.shape)} does not broadcast to ${formatShape(shape)}`);
    }
    return [{ type: x!.type, shape }];
  },
  emit({ inputs, outputs, attributes: { shape } }, onnx) {
    onnx.node('Expand', [inputs[0]!.name, onnx.integers(shape)], [outputs[0]!.name]);
  },
  gradient: ({ inputs, outputGradients }) => [sumTo(outputGradients[0]!, inputs[0]!.shape)],
  reference([x], { shape }) {
    const index = broadcastIndex(x!.shape, shape);
    return [Float64Array.from({ length: sizeOf(shape) }, (_, flat) => x!.data[index(flat)]!)];
  },
};

/** Sum over `axes` (default: all). Returns the input's shape without them, or with extent 1 when `keepDims`. */
export function reduceSum(x: Tensor, axes: readonly number[] = allAxes(x.shape), keepDims = false): Tensor {
  return applyOne(reduceSumOperator, [x], { axes, keepDims });
}

/** `x` repeated to `shape`. @throws {ShapeError} naming both shapes when it does not broadcast. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : applyOne(broadcastToOperator, [x], { shape });
}

/** Sums a gradient back to the shape that was broadcast into it. */
export function sumTo(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const lead = gradient.shape.length - shape.length;
  const axes = allAxes(gradient.shape).filter(
    (axis) => axis < lead || (shape[axis - lead] === 1 && gradient.shape[axis] !== 1),
  );
  return reshape(axes.length > 0 ? reduceSum(gradient, axes, true) : gradient, shape);
}
