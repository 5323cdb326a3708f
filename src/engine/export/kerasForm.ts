// What the Keras forms of several layers need: the names of paddings, and tensors with their axes in another order.
import { type Shape, sizeOf } from '../../core/floor.ts';
import type { Padding, Size2d } from '../nn/layerFields.ts';

/** TensorFlow's total padding of one axis for `same`. */
function samePadding(extent: number, window: number, stride: number): number {
  return Math.max(0, (Math.ceil(extent / stride) - 1) * stride + window - extent);
}

/** The padding of `[channel, row, column]` as Keras names it, or undefined when only explicit zeros can express it. */
export function kerasPadding(
  padding: Padding,
  input: Shape,
  window: Size2d,
  stride: Size2d,
): 'valid' | 'same' | undefined {
  if (typeof padding === 'string') return padding;
  const [top, left, bottom, right] = padding;
  if (top === 0 && left === 0 && bottom === 0 && right === 0) return 'valid';
  const rows = samePadding(input[1]!, window[0], stride[0]);
  const columns = samePadding(input[2]!, window[1], stride[1]);
  const same = [Math.floor(rows / 2), Math.floor(columns / 2), Math.ceil(rows / 2), Math.ceil(columns / 2)];
  return padding.every((pixels, side) => pixels === same[side]) ? 'same' : undefined;
}

/** Transposes a row-major tensor: axis i of the result is axis `axes[i]` of the source. */
export function transposed(values: Float32Array, shape: readonly number[], axes: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const result = new Float32Array(values.length);
  const index = axes.map(() => 0);
  for (let to = 0; to < result.length; to++) {
    result[to] = values[axes.reduce((sum, axis, place) => sum + index[place]! * strides[axis]!, 0)]!;
    for (let place = axes.length - 1; place >= 0; place--) {
      index[place]!++;
      if (index[place]! < shape[axes[place]!]!) break;
      index[place] = 0;
    }
  }
  return result;
}
