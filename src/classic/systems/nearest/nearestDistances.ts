// The distances to the nearest neighbours of each class, as a graph of the engine.
import { broadcastTo, concat, reshape, slice, smallest, squaredDistances, type Tensor } from '../../../engine/floor.ts';
import { type PictureRows, rowsConstant } from '../../parts/pictureRows.ts';

/**
 * For every class the squared distances to its nearest pictures, least first, as whole numbers and exact; a class with
 * fewer pictures than `neighbours` repeats its farthest.
 *
 * @param images uint8 `[batch, pixels]`.
 * @param classes the training pictures of each class, at least one.
 * @returns int32 `[batch, classes, neighbours]`.
 */
export function nearestDistances(images: Tensor, classes: readonly PictureRows[], neighbours: number): Tensor {
  const batch = images.shape[0]!;
  const rows = classes.map((pictures) => {
    const kept = Math.min(neighbours, pictures.count);
    const nearest = smallest(squaredDistances(images, rowsConstant(pictures)), kept);
    const farthest = slice(nearest, [0, kept - 1], [batch, kept]);
    const filled =
      kept === neighbours ? nearest : concat([nearest, broadcastTo(farthest, [batch, neighbours - kept])], 1);
    return reshape(filled, [batch, 1, neighbours]);
  });
  return concat(rows, 1);
}
