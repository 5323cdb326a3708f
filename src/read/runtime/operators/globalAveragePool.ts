// GlobalAveragePool: the mean of each channel.
import type { Operator } from '../operator.ts';
import { globalPoolOperator } from './globalPool.ts';

/** `y[n, c, 0, 0] = mean of x[n, c]`. */
export const globalAveragePool: Operator = globalPoolOperator((values, start, end) => {
  let sum = 0;
  for (let at = start; at < end; at++) sum += values[at]!;
  return sum / (end - start);
});
