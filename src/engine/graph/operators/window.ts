// Geometry of sliding windows, shared by convolutions and pools. Not an operator.
import { formatShape, type Shape, ShapeError, sameShape } from '../../../core/floor.ts';

/** Rows and columns. */
export type Pair = readonly [number, number];

/** Pixels of padding at top, left, bottom, right. */
export type Pads = readonly [number, number, number, number];

/** A window that slides over an image. */
export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly pads: Pads;
}

/**
 * Padding as numbers.
 *
 * `'same'`: output extent is input extent / stride, rounded up, with the odd pixel at the end (TensorFlow's rule).
 *
 * @param image `[rows, columns]` of the input.
 */
export function resolvePads(padding: 'valid' | 'same' | Pads, image: Pair, kernel: Pair, stride: Pair): Pads {
  if (padding === 'valid') return [0, 0, 0, 0];
  if (padding !== 'same') return padding;
  const total = (axis: 0 | 1): number => {
    const output = Math.ceil(image[axis] / stride[axis]);
    return Math.max(0, (output - 1) * stride[axis] + kernel[axis] - image[axis]);
  };
  const [rows, columns] = [total(0), total(1)];
  return [Math.floor(rows / 2), Math.floor(columns / 2), Math.ceil(rows / 2), Math.ceil(columns / 2)];
}

/**
 * Rows and columns of the output of a sliding window: `floor((extent + padding - kernel) / stride) + 1`.
 *
 * @param shape `[batch, channel, row, column]` of the input.
 * @throws {ShapeError} when the window is larger than the padded image, or one of its numbers is invalid.
 */
export function windowOutput(name: string, shape: Shape, { kernel, stride, pads }: Window): [number, number] {
  if (shape.length !== 4)
    throw new ShapeError(`${name}: expected [batch, channel, row, column], received ${formatShape(shape)}`);
  const whole = [...kernel, ...stride].every((value) => Number.isInteger(value) && value >= 1);
  if (!whole || !pads.every((value) => Number.isInteger(value) && value >= 0)) {
    throw new ShapeError(
      `${name}: expected whole numbers, received kernel ${formatShape(kernel)}, stride ${formatShape(stride)}, padding ${formatShape(pads)}`,
    );
  }
  const extent = (axis: 0 | 1): number => {
    const room = shape[2 + axis]! + pads[axis]! + pads[axis + 2]! - kernel[axis];
    if (room < 0) {
      throw new ShapeError(
        `${name}: window ${formatShape(kernel)} is larger than image ${formatShape(shape)} with padding ${formatShape(pads)}`,
      );
    }
    return Math.floor(room / stride[axis]) + 1;
  };
  return [extent(0), extent(1)];
}

/**
 * Shape of a pool's output.
 *
 * @param output when given, the output shape that the caller expects.
 * @throws {ShapeError} as `windowOutput`, and when the padding is as large as the window: some window would then hold
 * only padding, which has neither maximum nor mean.
 */
export function poolOutput(name: string, shape: Shape, window: Window, output?: Shape): Shape {
  const { kernel, pads } = window;
  const expected = [shape[0]!, shape[1]!, ...windowOutput(name, shape, window)];
  if (pads.some((pad, side) => pad >= kernel[(side % 2) as 0 | 1])) {
    throw new ShapeError(
      `${name}: expected padding smaller than the window ${formatShape(kernel)}, received ${formatShape(pads)}`,
    );
  }
  if (output !== undefined && !sameShape(output, expected)) {
    throw new ShapeError(
      `${name}: image ${formatShape(shape)} gives ${formatShape(expected)}, received an output gradient of shape ${formatShape(output)}`,
    );
  }
  return expected;
}

/** ONNX attributes of a window. */
export function windowAttributes({ kernel, stride, pads }: Window): Record<string, readonly number[]> {
  return { kernel_shape: kernel, strides: stride, pads };
}

/**
 * Visits every pair of an output position and an input pixel inside its window, for one channel of one image.
 *
 * @param visit receives flat indices within the input and output planes, and the position within the kernel.
 */
export function forEachTap(
  input: Pair,
  output: Pair,
  { kernel, stride, pads }: Window,
  visit: (inputIndex: number, outputIndex: number, tap: number) => void,
): void {
  for (let row = 0; row < output[0]; row++) {
    for (let column = 0; column < output[1]; column++) {
      for (let i = 0; i < kernel[0]; i++) {
        const y = row * stride[0] + i - pads[0];
        if (y < 0 || y >= input[0]) continue;
        for (let j = 0; j < kernel[1]; j++) {
          const x = column * stride[1] + j - pads[1];
          if (x < 0 || x >= input[1]) continue;
          visit(y * input[1] + x, row * output[1] + column, i * kernel[1] + j);
        }
      }
    }
  }
}
