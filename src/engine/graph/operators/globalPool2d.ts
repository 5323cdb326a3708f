// One number per channel: pooling over the whole image.
import { formatShape, ShapeError } from '../../../core/floor.ts';
import type { Tensor } from '../operator.ts';
import { reduceMax } from './reduceMax.ts';
import { reduceMean } from './reduceMean.ts';

/** Mean of each channel. @param x `[batch, channel, row, column]`. @returns `[batch, channel]`. */
export function globalAveragePool2d(x: Tensor): Tensor {
  return reduceMean(checked(x), [2, 3]);
}

/** Largest value of each channel. @param x `[batch, channel, row, column]`. @returns `[batch, channel]`. */
export function globalMaxPool2d(x: Tensor): Tensor {
  return reduceMax(checked(x), [2, 3]);
}

function checked(x: Tensor): Tensor {
  if (x.shape.length !== 4) {
    throw new ShapeError(`global pooling: expected [batch, channel, row, column], received ${formatShape(x.shape)}`);
  }
  return x;
}
