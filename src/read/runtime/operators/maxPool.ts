// MaxPool: the largest value under a sliding window; its second output (indices) is not made.
import type { Operator } from '../operator.ts';
import { poolOperator } from './pool.ts';

/** `y[n, c, r, q] = max of x under the window`; pixels outside the image do not take part. */
export const maxPool: Operator = poolOperator(
  ['storage_order'],
  (_node, { kernels }) =>
    (channels, geometry) =>
      kernels.maxPool(channels, geometry),
);
