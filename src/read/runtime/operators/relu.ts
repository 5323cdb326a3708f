// Relu: negative values become 0. Behind Conv, Gemm and MatMul it is fused into them and never runs by itself.
import type { Operator } from '../operator.ts';
import { unaryOperator } from './unary.ts';

/** `y = max(x, 0)`. */
export const relu: Operator = unaryOperator([], () => (input, output) => {
  for (let at = 0; at < input.length; at++) {
    const x = input[at]!;
    output[at] = Math.max(x, 0);
  }
});
