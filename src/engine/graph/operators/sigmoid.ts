// Logistic function.
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { scalar } from '../tensor.ts';
import { unary } from './elementwise.ts';
import { multiply } from './multiply.ts';
import { subtract } from './subtract.ts';

/** `1 / (1 + e^-x)`. */
export const sigmoidOperator: Operator<undefined> = unary({
  name: 'sigmoid',
  onnx: 'Sigmoid',
  f: (x) => 1 / (1 + Math.exp(-x)),
  gradient: (_x, y, dy) => multiply(dy, multiply(y, subtract(scalar(1), y))),
});

/** `1 / (1 + e^-x)`, element by element. */
export function sigmoid(x: Tensor): Tensor {
  return applyOne(sigmoidOperator, [x], undefined);
}
