// Exponential function.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { unary } from './elementwise.ts';
import { multiply } from './multiply.ts';

/** `e^x`. */
export const exponentialOperator: Operator<undefined> = unary({
  name: 'exponential',
  onnx: 'Exp',
  f: Math.exp,
  gradient: (_x, y, dy) => multiply(dy, y),
});

/** `e^x`, element by element. */
export function exponential(x: Tensor): Tensor {
  return applyOne(exponentialOperator, [x], undefined);
}
