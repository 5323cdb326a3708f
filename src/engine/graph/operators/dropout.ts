// Dropout (Hinton et al. 2012): activations set to 0 in training. The mask is an input from Ductus's seeded generator
// (see `dropoutMask.ts`): ONNX's random operators keep hidden state that no checkpoint can hold.
import { formatShape, ShapeError, sameShape } from '../../../core/floor.ts';
import type { Tensor } from '../operator.ts';
import { dequantize } from './dequantize.ts';
import { multiply } from './multiply.ts';

/**
 * `x * mask / keep`, so that the expected sum is unchanged and inference needs no scaling.
 *
 * @param mask uint8 of x's shape, 1 where the activation is kept.
 * @param keep share that the mask keeps, in (0, 1].
 * @throws {ShapeError} naming both shapes when the mask's shape is not x's: a broadcast mask would drop whole rows.
 */
export function dropout(x: Tensor, mask: Tensor, keep: number): Tensor {
  if (!sameShape(x.shape, mask.shape)) {
    throw new ShapeError(`dropout: x ${formatShape(x.shape)} and mask ${formatShape(mask.shape)} differ`);
  }
  return multiply(x, dequantize(mask, 1 / keep));
}
