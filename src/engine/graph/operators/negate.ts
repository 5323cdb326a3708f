// Change of sign.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { unary } from './elementwise.ts';

/** `-x`. */
export const negateOperator: Operator<undefined> = unary({
  name: 'negate',
  onnx: 'Neg',
  f: (x) => -x,
  gradient: (_x, _y, dy) => negate(dy),
});

/** `-x`, element by element. */
export function negate(x: Tensor): Tensor {
  return applyOne(negateOperator, [x], undefined);
}
