// Addition with broadcasting.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { binary } from './elementwise.ts';
import { sumTo } from './reduceSum.ts';

/** `a + b`. */
export const addOperator: Operator<undefined> = binary({
  name: 'add',
  onnx: 'Add',
  f: (a, b) => a + b,
  gradient: (a, b, _, dy, wanted) => [
    wanted[0] ? sumTo(dy, a.shape) : undefined,
    wanted[1] ? sumTo(dy, b.shape) : undefined,
  ],
});

/** `a + b`, element by element, with NumPy's broadcasting. @throws {ShapeError} naming both shapes. */
export function add(a: Tensor, b: Tensor): Tensor {
  return applyOne(addOperator, [a, b], undefined);
}
