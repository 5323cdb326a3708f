// The smallest numbers of each row, in order: nearest neighbours from distances.
import { formatShape, ShapeError } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';

/** The `count` smallest along the last axis, least first; whole numbers, so no gradient flows. */
export const smallestOperator: Operator<{ readonly count: number }> = {
  name: 'smallest',
  infer([x], { count }) {
    const { type, shape } = x!;
    if (type !== 'int32') throw new ShapeError(`smallest: expected int32, received ${type}`);
    const extent = shape.at(-1) ?? 0;
    if (!Number.isInteger(count) || count < 1 || count > extent) {
      throw new ShapeError(`smallest: expected 1 to ${extent} of each row of ${formatShape(shape)}, received ${count}`);
    }
    return [{ type, shape: [...shape.slice(0, -1), count] }];
  },
  emit({ inputs, outputs, attributes: { count } }, onnx) {
    const attributes = { axis: -1, largest: 0, sorted: 1 };
    const positions = onnx.fresh('positions');
    onnx.node('TopK', [inputs[0]!.name, onnx.integers([count])], [outputs[0]!.name, positions], attributes);
  },
  reference([x], { count }) {
    const extent = x!.shape.at(-1)!;
    const rows = Array.from({ length: x!.data.length / extent }, (_, row) =>
      x!.data
        .slice(row * extent, (row + 1) * extent)
        .sort()
        .slice(0, count),
    );
    return [Float64Array.from(rows.flatMap((row) => [...row]))];
  },
};

/**
 * The `count` smallest numbers along the last axis, least first.
 *
 * @param x int32 `[..., extent]`.
 * @param count 1 to extent.
 * @returns int32 `[..., count]`.
 * @throws {ShapeError} for another type, or naming shape and count when a row has fewer numbers.
 */
export function smallest(x: Tensor, count: number): Tensor {
  return applyOne(smallestOperator, [x], { count });
}
