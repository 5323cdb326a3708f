// Square root.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { scalar } from '../tensor.ts';
import { divide } from './divide.ts';
import { unary } from './elementwise.ts';
import { multiply } from './multiply.ts';

/** `sqrt x`; x must be at least 0, and above 0 where its gradient is used. */
export const squareRootOperator: Operator<undefined> = unary({
  name: 'squareRoot',
  onnx: 'Sqrt',
  f: Math.sqrt,
  gradient: (_x, y, dy) => divide(multiply(dy, scalar(0.5)), y),
});

/** `sqrt x`, element by element. */
export function squareRoot(x: Tensor): Tensor {
  return applyOne(squareRootOperator, [x], undefined);
}
