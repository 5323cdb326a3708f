// Shapes of dense, row-major tensors and the arithmetic on them. Knows nothing of data, graphs or files.
import { ShapeError } from './errors.ts';

/** Extents of a dense row-major tensor, outermost first; images are `[batch, channel, row, column]`. */
export type Shape = readonly number[];

/** Number of elements of a tensor of this shape: the product of its extents, 1 for a scalar `[]`. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
}

/** Distance in elements between neighbours along each axis of a row-major tensor of this shape. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** Whether two shapes have the same rank and the same extents; no broadcasting. */
export function sameShape(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((extent, axis) => extent === right[axis]);
}

/** A shape as people write it: `[2, 3]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/**
 * Shape of an elementwise operation on two tensors, by the rule that NumPy and ONNX share: align at the last axis,
 * extents must be equal or one of them 1.
 *
 * @throws {ShapeError} naming both shapes when they do not fit.
 */
export function broadcastShapes(left: Shape, right: Shape, what = 'elementwise operation'): number[] {
  const rank = Math.max(left.length, right.length);
  const result = new Array<number>(rank);
  for (let axis = 0; axis < rank; axis++) {
    const l = left[axis - rank + left.length] ?? 1;
    const r = right[axis - rank + right.length] ?? 1;
    if (l !== r && l !== 1 && r !== 1) {
      throw new ShapeError(`${what}: shapes ${formatShape(left)} and ${formatShape(right)} do not broadcast`);
    }
    result[axis] = l === 1 ? r : l;
  }
  return result;
}
