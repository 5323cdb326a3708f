// Conv: two-dimensional convolution (cross-correlation) with groups, strides, dilations and padding; constant weights.
import type { Operator } from '../operator.ts';
import { imageShape, readWindow, windowAttributes } from './window.ts';

/**
 * `y[n, f, r, c] = bias[f] + sum over channels and taps of weight * x`; weights `[filters, channels / group, rows,
 * columns]`.
 */
export const conv: Operator = {
  attributes: [...windowAttributes, 'group'],
  prepare(node, { kernels, activation, claim }) {
    const weights = node.floatConstant(1, 'weights');
    const [filters, groupChannels, kernelRows, kernelColumns] = imageShape(node, weights.shape);
    const groups = node.int('group', 1);
    if (!(groups >= 1 && filters % groups === 0) || weights.data.length === 0) {
      throw node.misfit(`weights for ${groups} groups of filters`, weights.shape);
    }
    const bias = node.hasInput(2) ? node.floatConstant(2, 'bias') : undefined;
    if (bias !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== filters)) {
      throw node.misfit(`a bias of shape [${filters}]`, bias.shape);
    }
    const window = readWindow(node, [kernelRows, kernelColumns]);
    const channels = groupChannels * groups;
    const packed = kernels.packConvolution(
      {
        filters,
        channels,
        groups,
        kernelRows,
        kernelColumns,
        values: weights.data,
        bias: bias?.data ?? new Float32Array(filters),
      },
      activation,
      claim,
    );
    return {
      plan(inputs) {
        const shape = node.floatShape(inputs, 0);
        const [batch, inputChannels] = imageShape(node, shape);
        if (inputChannels !== channels) throw node.misfit(`${channels} channels`, shape);
        const geometry = window.geometry(shape);
        const outputShape = [batch, filters, geometry.outputRows, geometry.outputColumns];
        return {
          outputs: [{ shape: outputShape, type: 'float32' }],
          scratchBytes: packed.scratchBytes(geometry),
          work:
            batch * filters * geometry.outputRows * geometry.outputColumns * groupChannels * kernelRows * kernelColumns,
          bind() {
            const run = packed.bind(geometry);
            return (values, results) => run(batch, values[0] as Float32Array, results[0] as Float32Array);
          },
        };
      },
    };
  },
};
