// The Gaussian kernel between pictures and a fixed set of pictures, as a graph of the engine.
import { exponential, multiply, scalar, squaredDistances, type Tensor, toFloat } from '../../../engine/floor.ts';
import { type PictureRows, rowsConstant } from '../../parts/pictureRows.ts';

/**
 * `exp(-gamma |x - y|^2)`, with pixels as shares of full ink. The squared distances are whole numbers and exact, so the
 * kernel of two pictures does not depend on their order.
 *
 * @param images uint8 `[batch, pixels]`.
 * @returns float32 `[batch, columns]`.
 */
export function gaussianKernel(images: Tensor, columns: PictureRows, gamma: number): Tensor {
  const distances = toFloat(squaredDistances(images, rowsConstant(columns)));
  return exponential(multiply(distances, scalar(-gamma / 255 ** 2)));
}
