// GlobalMaxPool: the largest value of each channel.
import type { Operator } from '../operator.ts';
import { globalPoolOperator } from './globalPool.ts';

/** `y[n, c, 0, 0] = max of x[n, c]`. */
export const globalMaxPool: Operator = globalPoolOperator((values, start, end) => {
  let best = values[start]!;
  for (let at = start + 1; at < end; at++) if (values[at]! > best) best = values[at]!;
  return best;
});
