// Layers without weights that change no numbers' meaning: flatten, activation, dropout.
import { sizeOf } from '../../../core/floor.ts';
import { dropout } from '../../graph/operators/dropout.ts';
import { flatten } from '../../graph/operators/reshape.ts';
import { activate } from '../activation.ts';
import type { ActivationConfig, DropoutConfig, FlattenConfig } from '../config.ts';
import type { Layer } from '../layer.ts';

/** `[channel, row, column]` to one axis, channel outermost. */
export const flattenLayer: Layer<FlattenConfig> = {
  outputShape: (_, input) => [sizeOf(input)],
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_, x) => flatten(x),
};

/** A nonlinearity on its own. */
export const activationLayer: Layer<ActivationConfig> = {
  outputShape: (_, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: ({ activation }, x) => activate(x, activation),
};

/** Drops in training, does nothing at inference. */
export const dropoutLayer: Layer<DropoutConfig> = {
  outputShape: (_, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build({ rate, draw }, x, context) {
    if (!context.training || rate === 0) return x;
    // An exact mask keeps a whole number of neurons, so the scale is by the share really kept.
    const neurons = sizeOf(x.shape.slice(1));
    const keep = draw === 'exact' ? 1 - Math.round(rate * neurons) / neurons : 1 - rate;
    return dropout(x, context.mask(x.shape), keep);
  },
};
