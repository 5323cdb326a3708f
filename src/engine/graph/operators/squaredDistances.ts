// Squared distances between rows of bytes as whole numbers: exact, so the order of comparison does not matter.
import { formatShape, ShapeError } from '../../../core/floor.ts';
import type { OnnxBuilder } from '../onnxBuilder.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';

/** Longest rows: the squared distance of 181 x 181 bytes still fits into int32. */
export const longestByteRow: number = Math.floor((2 ** 31 - 1) / 255 ** 2);

const int32 = 6;

/** `|a_i - b_j|^2 = |a_i|^2 - 2 a_i.b_j + |b_j|^2`; no gradient flows into bytes. */
export const squaredDistancesOperator: Operator<undefined> = {
  name: 'squaredDistances',
  infer([a, b]) {
    for (const { type } of [a!, b!]) {
      if (type !== 'uint8') throw new ShapeError(`squaredDistances: expected uint8, received ${type}`);
    }
    const size = a!.shape[1]!;
    if (a!.shape.length !== 2 || b!.shape.length !== 2 || b!.shape[1] !== size) {
      throw new ShapeError(
        `squaredDistances: expected rows of one length, received ${formatShape(a!.shape)} and ${formatShape(b!.shape)}`,
      );
    }
    if (size > longestByteRow) {
      throw new ShapeError(`squaredDistances: expected rows of at most ${longestByteRow} bytes, received ${size}`);
    }
    return [{ type: 'int32', shape: [a!.shape[0]!, b!.shape[0]!] }];
  },
  emit({ inputs: [a, b], outputs }, onnx) {
    // Operations on a constant alone run once, when the engine compiles the graph.
    const products = onnx.call('MatMulInteger', [a!.name, onnx.call('Transpose', [b!.name], { perm: [1, 0] })]);
    const doubled = onnx.call('Mul', [products, onnx.constant('int32', [], Int32Array.of(2))]);
    const partial = onnx.call('Sub', [normsByProducts(b!.name, b!.shape[1]!, onnx), doubled]);
    onnx.node('Add', [partial, normsBySums(a!.name, onnx)], [outputs[0]!.name]);
  },
  reference([a, b]) {
    const [rows, size] = [a!.shape[0]!, a!.shape[1]!];
    const others = b!.shape[0]!;
    const result = new Float64Array(rows * others);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < others; j++) {
        for (let k = 0; k < size; k++)
          result[i * others + j]! += (a!.data[i * size + k]! - b!.data[j * size + k]!) ** 2;
      }
    }
    return [result];
  },
};

/** `|x|^2` of each row, `[rows, 1]`. */
function normsBySums(rows: string, onnx: OnnxBuilder): string {
  const wide = onnx.call('Cast', [rows], { to: int32 });
  return onnx.call('ReduceSum', [onnx.call('Mul', [wide, wide]), onnx.integers([1])], { keepdims: 1 });
}

/**
 * `|x|^2` of each row, `[1, rows]`, by products of rows with themselves. Slower than sums in every run, but computed
 * once for a constant, where the squares of all bytes would take up to eight times its memory during compilation.
 */
function normsByProducts(rows: string, size: number, onnx: OnnxBuilder): string {
  const lying = onnx.call('Reshape', [rows, onnx.integers([-1, 1, size])]);
  const standing = onnx.call('Reshape', [rows, onnx.integers([-1, size, 1])]);
  return onnx.call('Reshape', [onnx.call('MatMulInteger', [lying, standing]), onnx.integers([1, -1])]);
}

/**
 * Squared Euclidean distance of every row of `a` to every row of `b`, exact.
 *
 * @param a uint8 `[rows, size]`, size at most {@link longestByteRow}.
 * @param b uint8 `[others, size]`.
 * @returns int32 `[rows, others]`.
 * @throws {ShapeError} for another type, or naming both shapes when the rows differ in length.
 */
export function squaredDistances(a: Tensor, b: Tensor): Tensor {
  return applyOne(squaredDistancesOperator, [a, b], undefined);
}
