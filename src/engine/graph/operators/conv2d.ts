// Two-dimensional convolution (cross-correlation, as everywhere in the field).
import { formatShape, type Shape, ShapeError, sizeOf } from '../../../core/floor.ts';
import { applyOne, type Operator, type Tensor } from '../operator.ts';
import { choosesBlocked, emitBlockedConvolution } from './blockedConvolution.ts';
import { conv2dInputGradient } from './conv2dInputGradient.ts';
import { conv2dWeightGradient } from './conv2dWeightGradient.ts';
import { type ConvAttributes, convolutionOutput, forEachConvTap } from './convolution.ts';
import { requireFloat } from './elementwise.ts';
import { type Pads, type Pair, resolvePads, windowAttributes } from './window.ts';

/** `y[n,o,r,c] = sum_{c',i,j} x[n,c',r s+i-p,c s+j-p] w[o,c',i,j]`. */
export const conv2dOperator: Operator<ConvAttributes> = {
  name: 'conv2d',
  infer([x, kernel], attributes) {
    requireFloat('conv2d', x!, kernel!);
    return [{ type: 'float32', shape: convolutionOutput('conv2d', x!.shape, kernel!.shape, attributes) }];
  },
  emit({ inputs, outputs, attributes }, onnx) {
    const [x, kernel] = inputs;
    const { stride, pads, groups: group } = attributes;
    const { blockSize } = onnx;
    const [filters, channels] = kernel!.shape as readonly [number, number];
    if (choosesBlocked(filters, channels, attributes, blockSize)) {
      const call = { x: x!, kernel: kernel!, turned: false, stride, pads, output: outputs[0]!.name };
      emitBlockedConvolution(call, blockSize, onnx);
      return;
    }
    const names = inputs.map(({ name }) => name);
    onnx.node('Conv', names, [outputs[0]!.name], { ...windowAttributes(attributes), group });
  },
  gradient({ inputs: [x, kernel], outputGradients: [dy], attributes, wanted }) {
    return [
      wanted[0] ? conv2dInputGradient(dy!, kernel!, x!.shape, attributes) : undefined,
      wanted[1] ? conv2dWeightGradient(x!, dy!, kernel!.shape, attributes) : undefined,
    ];
  },
  reference([x, kernel], attributes, [spec]) {
    const result = new Float64Array(sizeOf(spec!.shape));
    forEachConvTap(x!.shape, kernel!.shape, spec!.shape, attributes, (inputIndex, kernelIndex, outputIndex) => {
      result[outputIndex] = result[outputIndex]! + x!.data[inputIndex]! * kernel!.data[kernelIndex]!;
    });
    return [result];
  },
};

/** Options of `conv2d`. */
export interface Conv2dOptions {
  /** Default `[1, 1]`. */
  readonly stride?: Pair;
  /** Default `'valid'`. */
  readonly padding?: 'valid' | 'same' | Pads;
  /** Default 1. */
  readonly groups?: number;
}

/**
 * Convolution without bias (add one of shape `[filters, 1, 1]`).
 *
 * @param x `[batch, channel, row, column]`.
 * @param kernel `[filters, channels / groups, rows, columns]`.
 * @returns `[batch, filters, row, column]`.
 * @throws {ShapeError} naming both shapes when they do not fit.
 */
export function conv2d(x: Tensor, kernel: Tensor, options: Conv2dOptions = {}): Tensor {
  const { stride = [1, 1], padding = 'valid', groups = 1 } = options;
  if (x.shape.length !== 4 || kernel.shape.length !== 4) {
    throw new ShapeError(
      `conv2d: expected four axes each, received image ${formatShape(x.shape)} and kernel ${formatShape(kernel.shape)}`,
    );
  }
  const size = spatial(kernel.shape);
  const pads = resolvePads(padding, spatial(x.shape), size, stride);
  return applyOne(conv2dOperator, [x, kernel], { kernel: size, stride, pads, groups });
}

function spatial(shape: Shape): Pair {
  return [shape[2]!, shape[3]!];
}
