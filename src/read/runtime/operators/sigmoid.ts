// Sigmoid: the logistic function.
import type { Operator } from '../operator.ts';
import { unaryOperator } from './unary.ts';

/** `y = 1 / (1 + exp(-x))`. */
export const sigmoid: Operator = unaryOperator([], () => (input, output) => {
  for (let at = 0; at < input.length; at++) output[at] = 1 / (1 + Math.exp(-input[at]!));
});
