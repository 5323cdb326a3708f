// Cutting a box out of a tensor, and its transpose, padding with zeros. They share a file because each is the other's
// gradient.
import { formatShape, ShapeError, sizeOf, stridesOf } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';

/** `[start, end)` along every axis. */
export const sliceOperator: Operator<{ readonly starts: readonly number[]; readonly ends: readonly number[] }> = {
  name: 'slice',
  infer([x], { starts, ends }) {
    const { shape } = x!;
    const fits = shape.every(
      (extent, axis) => starts[axis]! >= 0 && starts[axis]! < ends[axis]! && ends[axis]! <= extent,
    );
    const whole = [...starts, ...ends].every(Number.isInteger);
    if (!fits || !whole || starts.length !== shape.length || ends.length !== shape.length) {
      throw new ShapeError(
        `slice: ${formatShape(starts)} to ${formatShape(ends)} does not lie within shape ${formatShape(shape)}`,
      );
    }
    return [{ type: x!.type, shape: shape.map((_, axis) => ends[axis]! - starts[axis]!) }];
  },
  emit({ inputs, outputs, attributes: { starts, ends } }, onnx) {
    const axes = starts
      .map((_, axis) => axis)
      .filter((axis) => starts[axis] !== 0 || ends[axis] !== inputs[0]!.shape[axis]);
    const pick = (values: readonly number[]): string => onnx.integers(axes.map((axis) => values[axis]!));
    if (axes.length === 0) onnx.node('Identity', [inputs[0]!.name], [outputs[0]!.name]);
    else onnx.node('Slice', [inputs[0]!.name, pick(starts), pick(ends), onnx.integers(axes)], [outputs[0]!.name]);
  },
  gradient({ inputs, outputGradients, attributes: { starts, ends } }) {
    return [
      pad(
        outputGradients[0]!,
        starts,
        ends.map((end, axis) => inputs[0]!.shape[axis]! - end),
      ),
    ];
  },
  reference([x], { starts }, [spec]) {
    const result = new Float64Array(sizeOf(spec!.shape));
    forEachInside(spec!.shape, x!.shape, starts, (small, large) => {
      result[small] = x!.data[large]!;
    });
    return [result];
  },
};

/** Zeros before and after along every axis. */
export const padOperator: Operator<{ readonly before: readonly number[]; readonly after: readonly number[] }> = {
  name: 'pad',
  infer([x], { before, after }) {
    const { shape } = x!;
    const counts = [...before, ...after];
    if (counts.length !== 2 * shape.length || counts.some((count) => !Number.isInteger(count) || count < 0)) {
      throw new ShapeError(
        `pad: expected counts of at least 0 for every axis of shape ${formatShape(shape)}, received ${formatShape(before)} and ${formatShape(after)}`,
      );
    }
    return [{ type: x!.type, shape: shape.map((extent, axis) => extent + before[axis]! + after[axis]!) }];
  },
  emit({ inputs, outputs, attributes: { before, after } }, onnx) {
    onnx.node('Pad', [inputs[0]!.name, onnx.integers([...before, ...after])], [outputs[0]!.name]);
  },
  gradient({ inputs, outputGradients, attributes: { before } }) {
    return [
      slice(
        outputGradients[0]!,
        before,
        before.map((count, axis) => count + inputs[0]!.shape[axis]!),
      ),
    ];
  },
  reference([x], { before }, [spec]) {
    const result = new Float64Array(sizeOf(spec!.shape));
    forEachInside(x!.shape, spec!.shape, before, (small, large) => {
      result[large] = x!.data[small]!;
    });
    return [result];
  },
};

/** The box from `starts` (inclusive) to `ends` (exclusive). @throws {ShapeError} when it does not lie within `x`. */
export function slice(x: Tensor, starts: readonly number[], ends: readonly number[]): Tensor {
  return applyOne(sliceOperator, [x], { starts, ends });
}

/** `x` with zeros around it: `before` and `after` elements along every axis. */
export function pad(x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  return [...before, ...after].every((count) => count === 0) ? x : applyOne(padOperator, [x], { before, after });
}

function forEachInside(
  small: readonly number[],
  large: readonly number[],
  offsets: readonly number[],
  visit: (smallIndex: number, largeIndex: number) => void,
): void {
  const smallStrides = stridesOf(small);
  const largeStrides = stridesOf(large);
  for (let flat = 0; flat < sizeOf(small); flat++) {
    let index = 0;
    for (let axis = 0; axis < small.length; axis++) {
      index += ((Math.floor(flat / smallStrides[axis]!) % small[axis]!) + offsets[axis]!) * largeStrides[axis]!;
    }
    visit(flat, index);
  }
}
