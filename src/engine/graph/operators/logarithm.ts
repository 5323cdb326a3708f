// Natural logarithm.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { divide } from './divide.ts';
import { unary } from './elementwise.ts';

/** `ln x`; x must be above 0. */
export const logarithmOperator: Operator<undefined> = unary({
  name: 'logarithm',
  onnx: 'Log',
  f: Math.log,
  gradient: (x, _y, dy) => divide(dy, x),
});

/** `ln x`, element by element. */
export function logarithm(x: Tensor): Tensor {
  return applyOne(logarithmOperator, [x], undefined);
}
