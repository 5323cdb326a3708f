// BatchNormalization for inference: a scale and a shift per channel. Behind Conv, Gemm and MatMul it is folded into
// their weights at load and never runs by itself.
import { sizeOf } from '../../../core/floor.ts';
import type { NodeReader } from '../nodeReader.ts';
import type { Operator } from '../operator.ts';

/** `y[:, c] = gamma[c] (x[:, c] - mean[c]) / sqrt(variance[c] + epsilon) + beta[c]`; all four are constants. */
export const batchNormalization: Operator = {
  attributes: ['epsilon', 'momentum', 'spatial', 'training_mode'],
  prepare(node) {
    const { scale, shift } = channelScale(node);
    const channels = scale.length;
    return {
      plan(inputs) {
        const shape = node.floatShape(inputs, 0);
        if (shape.length < 2 || shape[1] !== channels) throw node.misfit(`[batch, ${channels}, ...]`, shape);
        const plane = sizeOf(shape.slice(2));
        return {
          outputs: [{ shape, type: 'float32' }],
          work: sizeOf(shape),
          bind: () => (values, results) => {
            const input = values[0] as Float32Array;
            const output = results[0] as Float32Array;
            for (let at = 0, channel = 0; at < input.length; at += plane, channel = (channel + 1) % channels) {
              const factor = scale[channel]!;
              const offset = shift[channel]!;
              for (let i = at; i < at + plane; i++) output[i] = factor * input[i]! + offset;
            }
          },
        };
      },
    };
  },
};

/** Scale and shift of each channel, `[channels]`, in float64. */
export function channelScale(node: NodeReader): { readonly scale: Float64Array; readonly shift: Float64Array } {
  node.demandInt('training_mode', 0);
  node.demandInt('spatial', 1);
  if (node.node.outputs.slice(1).some((name) => name !== '')) throw node.unsupported('outputs of training statistics');
  const epsilon = node.float('epsilon', 1e-5);
  const gamma = node.floatConstant(1, 'scale');
  const channels = gamma.data.length;
  const [beta, mean, variance] = (['bias', 'mean', 'variance'] as const).map((role, index) => {
    const constant = node.floatConstant(index + 2, role);
    if (constant.data.length !== channels) throw node.misfit(`a ${role} of shape [${channels}]`, constant.shape);
    return constant.data;
  }) as [Float32Array, Float32Array, Float32Array];
  const scale = new Float64Array(channels);
  const shift = new Float64Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    scale[channel] = gamma.data[channel]! / Math.sqrt(variance[channel]! + epsilon);
    shift[channel] = beta[channel]! - scale[channel]! * mean[channel]!;
  }
  return { scale, shift };
}
