// Softmax: scores become probabilities that sum to 1.
import type { Operator } from '../operator.ts';
import { lineMaximum, softmaxOperator } from './softmaxLines.ts';

/** `y_i = exp(x_i) / sum of exp(x_j)` along the axis. */
export const softmax: Operator = softmaxOperator((input, output, start, count, stride) => {
  const best = lineMaximum(input, start, count, stride);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const power = Math.exp(input[start + i * stride]! - best);
    output[start + i * stride] = power;
    sum += power;
  }
  for (let i = 0; i < count; i++) output[start + i * stride] = output[start + i * stride]! / sum;
});
