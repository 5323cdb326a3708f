// The activations that the runtime can run, by their ONNX names: elementwise, with no input but the one. A new one is a
// row here.
import type { Operator } from '../operator.ts';
import { unaryOperator } from './unary.ts';

/** Operators of the standard domain by type. */
export const activationOperators: Readonly<Record<string, Operator>> = {
  /** `y = max(x, 0)`. Behind Conv, Gemm and MatMul it is fused into them and never runs by itself. */
  Relu: unaryOperator([], () => (input, output) => {
    for (let at = 0; at < input.length; at++) {
      const x = input[at]!;
      output[at] = Math.max(x, 0);
    }
  }),
  /** `y = x for x >= 0, alpha x below`; alpha is 0.01 where the node does not say. */
  LeakyRelu: unaryOperator(['alpha'], (node) => {
    const alpha = node.float('alpha', 0.01);
    return (input, output) => {
      for (let at = 0; at < input.length; at++) {
        const x = input[at]!;
        output[at] = x < 0 ? alpha * x : x;
      }
    };
  }),
  /** `y = 1 / (1 + exp(-x))`. */
  Sigmoid: unaryOperator([], () => (input, output) => {
    for (let at = 0; at < input.length; at++) output[at] = 1 / (1 + Math.exp(-input[at]!));
  }),
  /** `y = tanh(x)`. */
  Tanh: unaryOperator([], () => (input, output) => {
    for (let at = 0; at < input.length; at++) output[at] = Math.tanh(input[at]!);
  }),
};
