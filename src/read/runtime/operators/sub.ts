// Sub: elementwise difference of two tensors that broadcast.
import type { Operator } from '../operator.ts';
import { broadcastOperator } from './broadcast.ts';

/** `y = a - b`. */
export const sub: Operator = broadcastOperator((left, right, output, l, r, at, length, leftStride, rightStride) => {
  for (let i = 0; i < length; i++) output[at + i] = left[l + i * leftStride]! - right[r + i * rightStride]!;
});
