// Pooling layers: the largest or mean value of windows, or of whole channels.
import { formatShape, type Shape, ShapeError } from '../../../core/floor.ts';
import { averagePool2d } from '../../graph/operators/averagePool2d.ts';
import { globalAveragePool2d, globalMaxPool2d } from '../../graph/operators/globalPool2d.ts';
import { maxPool2d } from '../../graph/operators/maxPool2d.ts';
import { resolvePads, windowOutput } from '../../graph/operators/window.ts';
import type { GlobalPool2dConfig, Pool2dConfig } from '../config.ts';
import type { Layer } from '../layer.ts';

/** `maxPool2d` and `averagePool2d`. */
export const pool2dLayer: Layer<Pool2dConfig> = {
  outputShape({ type, size, stride = size, padding = 'valid' }, input) {
    requireImage(type, input);
    const pads = resolvePads(padding, [input[1]!, input[2]!], size, stride);
    return [input[0]!, ...windowOutput(type, [1, ...input], { kernel: size, stride, pads })];
  },
  parameters: () => [],
  multiplyAdds: () => 0,
  build({ type, size, stride = size, padding = 'valid' }, x) {
    return (type === 'maxPool2d' ? maxPool2d : averagePool2d)(x, size, stride, padding);
  },
};

/** `globalMaxPool2d` and `globalAveragePool2d`. */
export const globalPool2dLayer: Layer<GlobalPool2dConfig> = {
  outputShape({ type }, input) {
    requireImage(type, input);
    return [input[0]!];
  },
  parameters: () => [],
  multiplyAdds: () => 0,
  build: ({ type }, x) => (type === 'globalMaxPool2d' ? globalMaxPool2d : globalAveragePool2d)(x),
};

function requireImage(name: string, input: Shape): void {
  if (input.length !== 3)
    throw new ShapeError(`${name} needs input [channel, row, column], received ${formatShape(input)}`);
}
