// LogSoftmax: the logarithm of softmax, without its loss of digits for small probabilities.
import type { Operator } from '../operator.ts';
import { lineMaximum, softmaxOperator } from './softmaxLines.ts';

/** `y_i = x_i - log(sum of exp(x_j))` along the axis. */
export const logSoftmax: Operator = softmaxOperator((input, output, start, count, stride) => {
  const best = lineMaximum(input, start, count, stride);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.exp(input[start + i * stride]! - best);
  const total = best + Math.log(sum);
  for (let i = 0; i < count; i++) output[start + i * stride] = input[start + i * stride]! - total;
});
