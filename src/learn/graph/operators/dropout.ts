// Dropout (Hinton et al. 2012): activations set to 0 in training. The mask is an input, drawn by our own seeded
// generator (see `dropoutMask.ts`): ONNX's random operators keep hidden state that no checkpoint can hold.
import type { Tensor } from '../operator.ts';
import { dequantize } from './dequantize.ts';
import { multiply } from './multiply.ts';

/**
 * `x * mask / keep`, so that the expected sum stays as it is and inference needs no scaling.
 *
 * @param mask uint8 of x's shape, 1 where the activation is kept.
 * @param keep share that the mask keeps, in (0, 1].
 */
export function dropout(x: Tensor, mask: Tensor, keep: number): Tensor {
  return multiply(x, dequantize(mask, 1 / keep));
}
