// Division with broadcasting.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { binary } from './elementwise.ts';
import { multiply } from './multiply.ts';
import { negate } from './negate.ts';
import { sumTo } from './reduceSum.ts';

/** `a / b`. */
export const divideOperator: Operator<undefined> = binary({
  name: 'divide',
  onnx: 'Div',
  f: (a, b) => a / b,
  gradient: (a, b, y, dy, wanted) => {
    const byA = divide(dy, b);
    return [
      wanted[0] ? sumTo(byA, a.shape) : undefined,
      wanted[1] ? sumTo(negate(multiply(byA, y)), b.shape) : undefined,
    ];
  },
});

/** `a / b`, element by element, with NumPy's broadcasting. @throws {ShapeError} naming both shapes. */
export function divide(a: Tensor, b: Tensor): Tensor {
  return applyOne(divideOperator, [a, b], undefined);
}
