// Gradient of a convolution with respect to its input.
import { type Shape, sizeOf } from '../../../core/floor.ts';
import type { OnnxBuilder } from '../onnxBuilder.ts';
import { applyOne, type EmitCall, type Operator, type Tensor } from '../operator.ts';
import { choosesBlocked, emitBlockedConvolution } from './blockedConvolution.ts';
import { type ConvAttributes, convolutionOutput, forEachConvTap } from './convolution.ts';

interface InputGradientAttributes extends ConvAttributes {
  readonly inputShape: Shape;
}

/**
 * `dx = sum of dy * w over the windows that contain a pixel`: the transpose of the convolution as a map of its input.
 */
export const conv2dInputGradientOperator: Operator<InputGradientAttributes> = {
  name: 'conv2dInputGradient',
  infer([dy, kernel], attributes) {
    const { inputShape } = attributes;
    convolutionOutput('conv2dInputGradient', inputShape, kernel!.shape, attributes, dy!.shape);
    return [{ type: 'float32', shape: inputShape }];
  },
  emit(call, onnx) {
    const { kernel, stride, pads, groups } = call.attributes;
    const wide = pads.every((pad, side) => pad <= kernel[(side % 2) as 0 | 1] - 1);
    // Flipped weights run on ONNX Runtime's fast forward convolution; only ConvTranspose fits where the stride leaves
    // gaps.
    if (groups === 1 && stride[0] === 1 && stride[1] === 1 && wide) emitFlipped(call, onnx);
    else emitTransposed(call, onnx);
  },
  reference([dy, kernel], attributes, [spec]) {
    const result = new Float64Array(sizeOf(spec!.shape));
    forEachConvTap(spec!.shape, kernel!.shape, dy!.shape, attributes, (inputIndex, kernelIndex, outputIndex) => {
      result[inputIndex] = result[inputIndex]! + dy!.data[outputIndex]! * kernel!.data[kernelIndex]!;
    });
    return [result];
  },
};

/** Gradient by the input. @param dy `[batch, filters, row, column]`. @returns a tensor of shape `inputShape`. */
export function conv2dInputGradient(dy: Tensor, kernel: Tensor, inputShape: Shape, attributes: ConvAttributes): Tensor {
  return applyOne(conv2dInputGradientOperator, [dy, kernel], { ...attributes, inputShape });
}

/** For stride 1: a convolution of dy with the kernel turned by 180 degrees and its first two axes exchanged. */
function emitFlipped(
  { inputs: [dy, kernel], outputs, attributes }: EmitCall<InputGradientAttributes>,
  onnx: OnnxBuilder,
): void {
  const [rows, columns] = attributes.kernel;
  const [top, left, bottom, right] = attributes.pads;
  const pads = [rows - 1 - top, columns - 1 - left, rows - 1 - bottom, columns - 1 - right] as const;
  const { blockSize } = onnx;
  const [filters, channels] = kernel!.shape as readonly [number, number];
  if (choosesBlocked(channels, filters, attributes, blockSize)) {
    const call = { x: dy!, kernel: kernel!, turned: true, stride: attributes.stride, pads, output: outputs[0]!.name };
    emitBlockedConvolution(call, blockSize, onnx);
    return;
  }
  const exchanged = onnx.call('Transpose', [kernel!.name], { perm: [1, 0, 2, 3] });
  const lowest = Number.MIN_SAFE_INTEGER; // any end below -extent means "down to the first element" to Slice
  const flipped = onnx.call('Slice', [
    exchanged,
    onnx.integers([rows - 1, columns - 1]),
    onnx.integers([lowest, lowest]),
    onnx.integers([2, 3]),
    onnx.integers([-1, -1]),
  ]);
  onnx.node('Conv', [dy!.name, flipped], [outputs[0]!.name], { kernel_shape: attributes.kernel, pads });
}

function emitTransposed(
  { inputs: [dy, kernel], outputs, attributes }: EmitCall<InputGradientAttributes>,
  onnx: OnnxBuilder,
): void {
  const { kernel: size, stride, pads, groups, inputShape } = attributes;
  // Rows and columns at the end that no window reached, because the stride did not divide evenly: ConvTranspose omits
  // them by default; they are restored as zeros.
  const missing = [0, 1].map((axis) => {
    const covered = (dy!.shape[2 + axis]! - 1) * stride[axis as 0 | 1] + size[axis as 0 | 1];
    return inputShape[2 + axis]! + pads[axis]! + pads[axis + 2]! - covered;
  });
  onnx.node('ConvTranspose', [dy!.name, kernel!.name], [outputs[0]!.name], {
    kernel_shape: size,
    strides: stride,
    pads,
    output_padding: missing,
    group: groups,
  });
}
