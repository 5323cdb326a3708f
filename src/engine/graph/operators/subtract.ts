// Subtraction with broadcasting.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { binary } from './elementwise.ts';
import { negate } from './negate.ts';
import { sumTo } from './reduceSum.ts';

/** `a - b`. */
export const subtractOperator: Operator<undefined> = binary({
  name: 'subtract',
  onnx: 'Sub',
  f: (a, b) => a - b,
  gradient: (a, b, _, dy, wanted) => [
    wanted[0] ? sumTo(dy, a.shape) : undefined,
    wanted[1] ? negate(sumTo(dy, b.shape)) : undefined,
  ],
});

/** `a - b`, element by element, with NumPy's broadcasting. @throws {ShapeError} naming both shapes. */
export function subtract(a: Tensor, b: Tensor): Tensor {
  return applyOne(subtractOperator, [a, b], undefined);
}
