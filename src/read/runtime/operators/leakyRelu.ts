// LeakyRelu: negative values are scaled down instead of cut.
import type { Operator } from '../operator.ts';
import { unaryOperator } from './unary.ts';

/** `y = x for x >= 0, alpha x below`; alpha is 0.01 where the node does not say. */
export const leakyRelu: Operator = unaryOperator(['alpha'], (node) => {
  const alpha = node.float('alpha', 0.01);
  return (input, output) => {
    for (let at = 0; at < input.length; at++) {
      const x = input[at]!;
      output[at] = x < 0 ? alpha * x : x;
    }
  };
});
