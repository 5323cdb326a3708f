// Tanh: the hyperbolic tangent.
import type { Operator } from '../operator.ts';
import { unaryOperator } from './unary.ts';

/** `y = tanh(x)`. */
export const tanh: Operator = unaryOperator([], () => (input, output) => {
  for (let at = 0; at < input.length; at++) output[at] = Math.tanh(input[at]!);
});
