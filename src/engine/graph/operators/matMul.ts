// Matrix product, plain or batched.
import { broadcastShapes, formatShape, ShapeError, sizeOf } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { broadcastIndex, requireFloat } from './elementwise.ts';
import { sumTo } from './reduceSum.ts';

interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** `op(a) x op(b)` over the last two axes, op being the identity or the transpose; leading axes broadcast. */
export const matMulOperator: Operator<MatMulAttributes> = {
  name: 'matMul',
  infer([a, b], { transposeA, transposeB }) {
    requireFloat('matMul', a!, b!);
    const fail = (): never => {
      const mark = (flag: boolean): string => (flag ? ' transposed' : '');
      throw new ShapeError(
        `matMul: shapes ${formatShape(a!.shape)}${mark(transposeA)} and ${formatShape(b!.shape)}${mark(transposeB)} do not fit`,
      );
    };
    if (a!.shape.length < 2 || b!.shape.length < 2) fail();
    const [rows, inner] = lastTwo(a!.shape, transposeA);
    const [other, columns] = lastTwo(b!.shape, transposeB);
    if (inner !== other) fail();
    try {
      const lead = broadcastShapes(a!.shape.slice(0, -2), b!.shape.slice(0, -2));
      return [{ type: 'float32', shape: [...lead, rows, columns] }];
    } catch {
      return fail(); // whose message has the whole shapes, not only the leading axes
    }
  },
  emit({ inputs: [a, b], outputs, attributes: { transposeA, transposeB } }, onnx) {
    if (!transposeA && !transposeB) onnx.node('MatMul', [a!.name, b!.name], [outputs[0]!.name]);
    else if (a!.shape.length === 2 && b!.shape.length === 2) {
      // Gemm reads a transposed operand in place; a Transpose node would copy it first.
      const attributes = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 };
      onnx.node('Gemm', [a!.name, b!.name], [outputs[0]!.name], attributes);
    } else {
      const turn = (name: string, rank: number): string => onnx.call('Transpose', [name], { perm: swapLastTwo(rank) });
      const left = transposeA ? turn(a!.name, a!.shape.length) : a!.name;
      const right = transposeB ? turn(b!.name, b!.shape.length) : b!.name;
      onnx.node('MatMul', [left, right], [outputs[0]!.name]);
    }
  },
  gradient({ inputs: [a, b], outputGradients: [dy], attributes: { transposeA, transposeB }, wanted }) {
    const byA = (): Tensor => {
      const da = transposeA ? matMul(b!, dy!, transposeB, true) : matMul(dy!, b!, false, !transposeB);
      return sumTo(da, a!.shape);
    };
    const byB = (): Tensor => {
      const db = transposeB ? matMul(dy!, a!, true, transposeA) : matMul(a!, dy!, !transposeA, false);
      return sumTo(db, b!.shape);
    };
    return [wanted[0] ? byA() : undefined, wanted[1] ? byB() : undefined];
  },
  reference([a, b], { transposeA, transposeB }, [spec]) {
    const [rows, inner] = lastTwo(a!.shape, transposeA);
    const [, columns] = lastTwo(b!.shape, transposeB);
    const lead = spec!.shape.slice(0, -2);
    const indexA = broadcastIndex(a!.shape.slice(0, -2), lead);
    const indexB = broadcastIndex(b!.shape.slice(0, -2), lead);
    const result = new Float64Array(sizeOf(spec!.shape));
    for (let batch = 0; batch < sizeOf(lead); batch++) {
      const startA = indexA(batch) * rows * inner;
      const startB = indexB(batch) * inner * columns;
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          let sum = 0;
          for (let k = 0; k < inner; k++) {
            const left = a!.data[startA + (transposeA ? k * rows + row : row * inner + k)]!;
            const right = b!.data[startB + (transposeB ? column * inner + k : k * columns + column)]!;
            sum += left * right;
          }
          result[(batch * rows + row) * columns + column] = sum;
        }
      }
    }
    return [result];
  },
};

/**
 * Matrix product over the last two axes; leading axes broadcast.
 *
 * @param a `[..., rows, inner]`, or `[..., inner, rows]` when `transposeA`.
 * @param b `[..., inner, columns]`, or `[..., columns, inner]` when `transposeB`.
 * @returns `[..., rows, columns]`.
 * @throws {ShapeError} naming both shapes when they do not fit.
 */
export function matMul(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
  return applyOne(matMulOperator, [a, b], { transposeA, transposeB });
}

function swapLastTwo(rank: number): number[] {
  const order = Array.from({ length: rank }, (_, axis) => axis);
  return [...order.slice(0, -2), rank - 1, rank - 2];
}

function lastTwo(shape: readonly number[], transposed: boolean): [number, number] {
  const [first, second] = [shape[shape.length - 2]!, shape[shape.length - 1]!];
  return transposed ? [second, first] : [first, second];
}
