// Convolution layer.
import { formatShape, type Shape, ShapeError, sizeOf } from '../../../core/floor.ts';
import { add } from '../../graph/operators/add.ts';
import { conv2d } from '../../graph/operators/conv2d.ts';
import { reshape } from '../../graph/operators/reshape.ts';
import { resolvePads, windowOutput } from '../../graph/operators/window.ts';
import { activate } from '../activation.ts';
import type { Conv2dConfig } from '../config.ts';
import type { Layer } from '../layer.ts';

/** Kernel `[filters, channels / groups, rows, columns]`, bias `[filters]`. */
export const conv2dLayer: Layer<Conv2dConfig> = {
  outputShape(config, input) {
    const { kernel, stride = [1, 1], padding = 'valid', filters, groups = 1 } = config;
    const [channels, rows, columns] = input as readonly [number, number, number];
    if (input.length !== 3 || channels % groups !== 0 || filters % groups !== 0) {
      throw new ShapeError(
        `conv2d with ${filters} filters in ${groups} groups does not fit input ${formatShape(input)} (channel, row, column)`,
      );
    }
    const pads = resolvePads(padding, [rows, columns], kernel, stride);
    return [filters, ...windowOutput('conv2d', [1, ...input], { kernel, stride, pads })];
  },
  parameters(config, input) {
    const { filters, kernel, groups = 1, bias = true, initializer = 'glorotUniform' } = config;
    const shape = [filters, input[0]! / groups, ...kernel];
    const area = sizeOf(kernel);
    const fans = { in: shape[1]! * area, out: (filters / groups) * area };
    const weights = { name: 'kernel', shape, initializer, fans, trainable: true, decays: true } as const;
    const offsets = {
      name: 'bias',
      shape: [filters],
      initializer: 'zeros',
      fans,
      trainable: true,
      decays: false,
    } as const;
    return bias ? [weights, offsets] : [weights];
  },
  multiplyAdds(config, input) {
    const output: Shape = conv2dLayer.outputShape(config, input);
    return sizeOf(output) * (input[0]! / (config.groups ?? 1)) * sizeOf(config.kernel);
  },
  build(config, x, context) {
    const { stride = [1, 1], padding = 'valid', groups = 1, bias = true, filters, activation } = config;
    const y = conv2d(x, context.parameter('kernel'), { stride, padding, groups });
    return activate(bias ? add(y, reshape(context.parameter('bias'), [filters, 1, 1])) : y, activation);
  },
};
