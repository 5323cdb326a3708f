// Mean of every window.
import { sizeOf } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { requireFloat } from './elementwise.ts';
import { forEachTap, type Pads, type Pair, poolOutput, resolvePads, type Window, windowAttributes } from './window.ts';

/** Mean of the pixels of each window; padding does not count, as in Keras. */
export const averagePool2dOperator: Operator<Window> = {
  name: 'averagePool2d',
  infer([x], window) {
    requireFloat('averagePool2d', x!);
    return [{ type: 'float32', shape: poolOutput('averagePool2d', x!.shape, window) }];
  },
  emit({ inputs, outputs, attributes }, onnx) {
    const window = windowAttributes(attributes);
    onnx.node('AveragePool', [inputs[0]!.name], [outputs[0]!.name], { ...window, count_include_pad: 0 });
  },
  gradient({ inputs, outputGradients, attributes }) {
    const inputShape = inputs[0]!.shape;
    return [applyOne(averagePool2dGradientOperator, [outputGradients[0]!], { ...attributes, inputShape })];
  },
  reference([x], window, [spec]) {
    const result = new Float64Array(sizeOf(spec!.shape));
    forEachShare(x!.shape, spec!.shape, window, (inputIndex, outputIndex, share) => {
      result[outputIndex] = result[outputIndex]! + share * x!.data[inputIndex]!;
    });
    return [result];
  },
};

interface AveragePoolGradientAttributes extends Window {
  readonly inputShape: readonly number[];
}

/** Every pixel gets, from each window that contains it, the window's gradient divided by its number of pixels. */
export const averagePool2dGradientOperator: Operator<AveragePoolGradientAttributes> = {
  name: 'averagePool2dGradient',
  infer([dy], attributes) {
    const { inputShape } = attributes;
    poolOutput('averagePool2dGradient', inputShape, attributes, dy!.shape);
    return [{ type: 'float32', shape: inputShape }];
  },
  emit({ inputs: [dy], outputs, attributes }, onnx) {
    const { kernel, stride, pads, inputShape } = attributes;
    const [, channels, rows, columns] = inputShape as readonly [number, number, number, number];
    const [outRows, outColumns] = [dy!.shape[2]!, dy!.shape[3]!];
    const weights = new Float32Array(outRows * outColumns);
    forEachTap([rows, columns], [outRows, outColumns], attributes, (_, outputIndex) => {
      weights[outputIndex] = weights[outputIndex]! + 1;
    });
    for (const [index, count] of weights.entries()) weights[index] = 1 / count;
    const perWindow = onnx.constant('float32', [outRows, outColumns], weights, 'windowShare');
    const shares = onnx.call('Mul', [dy!.name, perWindow]);
    // A depthwise transposed convolution with ones spreads every share over its window.
    const ones = new Float32Array(channels * kernel[0] * kernel[1]).fill(1);
    const spread = onnx.constant('float32', [channels, 1, ...kernel], ones, 'ones');
    const missing = [0, 1].map((axis) => {
      const covered = (dy!.shape[2 + axis]! - 1) * stride[axis as 0 | 1] + kernel[axis as 0 | 1];
      return inputShape[2 + axis]! + pads[axis]! + pads[axis + 2]! - covered;
    });
    onnx.node('ConvTranspose', [shares, spread], [outputs[0]!.name], {
      kernel_shape: kernel,
      strides: stride,
      pads,
      output_padding: missing,
      group: channels,
    });
  },
  reference([dy], attributes, [spec]) {
    const result = new Float64Array(sizeOf(spec!.shape));
    forEachShare(spec!.shape, dy!.shape, attributes, (inputIndex, outputIndex, share) => {
      result[inputIndex] = result[inputIndex]! + share * dy!.data[outputIndex]!;
    });
    return [result];
  },
};

/**
 * Mean of each window; padding does not count.
 *
 * @param x `[batch, channel, row, column]`.
 * @param stride defaults to `size`.
 * @throws {ShapeError} when the window is larger than the padded image, or the padding as large as the window.
 */
export function averagePool2d(
  x: Tensor,
  size: Pair,
  stride: Pair = size,
  padding: 'valid' | 'same' | Pads = 'valid',
): Tensor {
  const pads = resolvePads(padding, [x.shape[2]!, x.shape[3]!], size, stride);
  return applyOne(averagePool2dOperator, [x], { kernel: size, stride, pads });
}

/** Visits every pixel of every window with 1 / (pixels of that window). */
function forEachShare(
  input: readonly number[],
  output: readonly number[],
  window: Window,
  visit: (inputIndex: number, outputIndex: number, share: number) => void,
): void {
  const [plane, outPlane] = [input[2]! * input[3]!, output[2]! * output[3]!];
  const size: Pair = [input[2]!, input[3]!];
  const outSize: Pair = [output[2]!, output[3]!];
  const counts = new Float64Array(outPlane);
  forEachTap(size, outSize, window, (_, outputIndex) => {
    counts[outputIndex] = counts[outputIndex]! + 1;
  });
  for (let channel = 0; channel < input[0]! * input[1]!; channel++) {
    forEachTap(size, outSize, window, (inputIndex, outputIndex) => {
      visit(channel * plane + inputIndex, channel * outPlane + outputIndex, 1 / counts[outputIndex]!);
    });
  }
}
