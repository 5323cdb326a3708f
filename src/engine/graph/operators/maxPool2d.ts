// Maximum of every window.
import { sizeOf } from '../../../core/floor.ts';
import type { OnnxBuilder } from '../onnxBuilder.ts';
import { applyOne, type EmitCall, type Operator, type Tensor } from '../operator.ts';
import { requireFloat } from './elementwise.ts';
import { forEachTap, type Pads, type Pair, poolOutput, resolvePads, type Window, windowAttributes } from './window.ts';

/** Largest value of each window; padding never wins. */
export const maxPool2dOperator: Operator<Window> = {
  name: 'maxPool2d',
  infer([x], window) {
    requireFloat('maxPool2d', x!);
    return [{ type: 'float32', shape: poolOutput('maxPool2d', x!.shape, window) }];
  },
  emit({ inputs, outputs, attributes }, onnx) {
    onnx.node('MaxPool', [inputs[0]!.name], [outputs[0]!.name], windowAttributes(attributes));
  },
  gradient({ inputs, outputs, outputGradients, attributes }) {
    return [applyOne(maxPool2dGradientOperator, [inputs[0]!, outputs[0]!, outputGradients[0]!], attributes)];
  },
  reference([x], window, [spec]) {
    const { best } = winners(x!.shape, x!.data, spec!.shape, window);
    return [best];
  },
};

/** The gradient of each window's maximum goes to the pixel that won, the first of several equal ones. */
export const maxPool2dGradientOperator: Operator<Window> = {
  name: 'maxPool2dGradient',
  infer([x, y, dy], window) {
    for (const { shape } of [y!, dy!]) poolOutput('maxPool2dGradient', x!.shape, window, shape);
    return [{ type: 'float32', shape: x!.shape }];
  },
  emit: (call, onnx) => (isTiling(call) ? emitUnpool : emitScatter)(call, onnx),
  reference([x, , dy], window, [spec]) {
    const { source } = winners(x!.shape, x!.data, dy!.shape, window);
    const result = new Float64Array(sizeOf(spec!.shape));
    for (const [index, from] of source.entries()) result[from] = result[from]! + dy!.data[index]!;
    return [result];
  },
};

/**
 * Largest value of each window.
 *
 * @param x `[batch, channel, row, column]`.
 * @param stride defaults to `size`.
 * @returns `[batch, channel, row, column]`.
 * @throws {ShapeError} when the window is larger than the padded image, or the padding as large as the window.
 */
export function maxPool2d(
  x: Tensor,
  size: Pair,
  stride: Pair = size,
  padding: 'valid' | 'same' | Pads = 'valid',
): Tensor {
  const pads = resolvePads(padding, [x.shape[2]!, x.shape[3]!], size, stride);
  return applyOne(maxPool2dOperator, [x], { kernel: size, stride, pads });
}

/** Whether the windows cover the image without gaps, overlap or padding. */
function isTiling({ inputs: [x, y], attributes: { kernel, stride, pads } }: EmitCall<Window>): boolean {
  const covered = (axis: 0 | 1): boolean =>
    kernel[axis] === stride[axis] && y!.shape[2 + axis]! * stride[axis] === x!.shape[2 + axis];
  return covered(0) && covered(1) && pads.every((count) => count === 0);
}

/** Where each pixel is in at most one window, MaxUnpool places every gradient, twice as fast as a scatter that adds. */
function emitUnpool({ inputs: [x, , dy], outputs, attributes }: EmitCall<Window>, onnx: OnnxBuilder): void {
  const indices = onnx.fresh('indices');
  onnx.node('MaxPool', [x!.name], [onnx.fresh('pooled'), indices], windowAttributes(attributes));
  const { kernel_shape, strides } = windowAttributes(attributes);
  onnx.node('MaxUnpool', [dy!.name, indices], [outputs[0]!.name], { kernel_shape: kernel_shape!, strides: strides! });
}

/** ONNX Runtime's own indices of the winners, and a scatter that adds. */
function emitScatter({ inputs: [x, , dy], outputs, attributes }: EmitCall<Window>, onnx: OnnxBuilder): void {
  const [pooled, indices] = [onnx.fresh('pooled'), onnx.fresh('indices')];
  onnx.node('MaxPool', [x!.name], [pooled, indices], windowAttributes(attributes));
  const size = sizeOf(x!.shape);
  const flatIndices = onnx.call('Reshape', [indices, onnx.integers([sizeOf(dy!.shape)])]);
  const flatErrors = onnx.call('Reshape', [dy!.name, onnx.integers([sizeOf(dy!.shape)])]);
  const zeros = onnx.call('Expand', [onnx.scalar(0), onnx.integers([size])]);
  const scattered = onnx.call('ScatterElements', [zeros, flatIndices, flatErrors], { axis: 0, reduction: 'add' });
  onnx.node('Reshape', [scattered, onnx.integers(x!.shape)], [outputs[0]!.name]);
}

function winners(
  input: readonly number[],
  data: Float64Array,
  output: readonly number[],
  window: Window,
): { best: Float64Array; source: number[] } {
  const plane = input[2]! * input[3]!;
  const outPlane = output[2]! * output[3]!;
  const best = new Float64Array(sizeOf(output)).fill(Number.NEGATIVE_INFINITY);
  const source = new Array<number>(best.length).fill(-1);
  for (let channel = 0; channel < input[0]! * input[1]!; channel++) {
    forEachTap([input[2]!, input[3]!], [output[2]!, output[3]!], window, (inputIndex, outputIndex) => {
      const value = data[channel * plane + inputIndex]!;
      const target = channel * outPlane + outputIndex;
      if (source[target] === -1 || value > best[target]!) {
        best[target] = value;
        source[target] = channel * plane + inputIndex;
      }
    });
  }
  return { best, source };
}
