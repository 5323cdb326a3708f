// Multiplication with broadcasting (elementwise; `matMul` is the matrix product).
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { binary } from './elementwise.ts';
import { sumTo } from './reduceSum.ts';

/** `a * b`. */
export const multiplyOperator: Operator<undefined> = binary({
  name: 'multiply',
  onnx: 'Mul',
  f: (a, b) => a * b,
  gradient: (a, b, _, dy, wanted) => [
    wanted[0] ? sumTo(multiply(dy, b), a.shape) : undefined,
    wanted[1] ? sumTo(multiply(dy, a), b.shape) : undefined,
  ],
});

/** `a * b`, element by element, with NumPy's broadcasting. @throws {ShapeError} naming both shapes. */
export function multiply(a: Tensor, b: Tensor): Tensor {
  return applyOne(multiplyOperator, [a, b], undefined);
}
