// Joining tensors along an axis.
import { formatShape, ShapeError, sizeOf } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { slice } from './slice.ts';

/** Joins tensors along `axis`; all other extents, and the element types, must be equal. */
export const concatOperator: Operator<{ readonly axis: number }> = {
  name: 'concat',
  infer(inputs, { axis }) {
    const first = inputs[0]!;
    for (const other of inputs) {
      if (other.type !== first.type) {
        throw new ShapeError(`concat: expected tensors of one type, received ${first.type} and ${other.type}`);
      }
      const fits = other.shape.length === first.shape.length && axis >= 0 && axis < first.shape.length;
      if (!fits || other.shape.some((extent, i) => i !== axis && extent !== first.shape[i])) {
        throw new ShapeError(
          `concat along axis ${axis}: shapes ${formatShape(first.shape)} and ${formatShape(other.shape)} do not fit`,
        );
      }
    }
    const total = inputs.reduce((sum, tensor) => sum + tensor.shape[axis]!, 0);
    return [{ type: first.type, shape: first.shape.map((extent, i) => (i === axis ? total : extent)) }];
  },
  emit({ inputs, outputs, attributes: { axis } }, onnx) {
    const names = inputs.map(({ name }) => name);
    onnx.node('Concat', names, [outputs[0]!.name], { axis });
  },
  gradient({ inputs, outputGradients, attributes: { axis }, wanted }) {
    let start = 0;
    return inputs.map(({ shape }, index) => {
      const from = start;
      start += shape[axis]!;
      if (!wanted[index]) return undefined;
      const starts = shape.map((_, i) => (i === axis ? from : 0));
      return slice(
        outputGradients[0]!,
        starts,
        starts.map((offset, i) => offset + shape[i]!),
      );
    });
  },
  reference(inputs, { axis }, [spec]) {
    const result = new Float64Array(sizeOf(spec!.shape));
    const rowLength = sizeOf(spec!.shape.slice(axis));
    let offset = 0;
    for (const { shape, data } of inputs) {
      const piece = sizeOf(shape.slice(axis));
      for (let row = 0; row * piece < data.length; row++) {
        result.set(data.subarray(row * piece, (row + 1) * piece), row * rowLength + offset);
      }
      offset += piece;
    }
    return [result];
  },
};

/**
 * The tensors joined along `axis`. @throws {ShapeError} naming the two shapes that do not fit, or when there is none.
 */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  if (tensors.length === 0) throw new ShapeError('concat: expected at least one tensor, received none');
  return applyOne(concatOperator, tensors, { axis });
}
