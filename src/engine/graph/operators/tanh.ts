// Hyperbolic tangent.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { scalar } from '../tensor.ts';
import { unary } from './elementwise.ts';
import { multiply } from './multiply.ts';
import { subtract } from './subtract.ts';

/** `tanh x`. */
export const tanhOperator: Operator<undefined> = unary({
  name: 'tanh',
  onnx: 'Tanh',
  f: Math.tanh,
  gradient: (_x, y, dy) => multiply(dy, subtract(scalar(1), multiply(y, y))),
});

/** `tanh x`, element by element. */
export function tanh(x: Tensor): Tensor {
  return applyOne(tanhOperator, [x], undefined);
}
