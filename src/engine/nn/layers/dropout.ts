// Dropout layer (Hinton et al. 2012).
import * as v from 'valibot';
import { belowOne, schemaOf, sizeOf, strictObject } from '../../../core/floor.ts';
import { dropout } from '../../graph/operators/dropout.ts';
import type { Layer, MaskConfig } from '../layer.ts';
import { layerName } from '../layerFields.ts';

/**
 * Sets activations to 0 in training and scales up the rest, so that the expected sum is unchanged (Hinton et al. 2012).
 */
export interface DropoutConfig extends MaskConfig {
  readonly type: 'dropout';
  readonly name?: string;
}

const schema = schemaOf<DropoutConfig>()(
  strictObject({
    type: v.literal('dropout'),
    name: layerName,
    rate: belowOne,
    draw: v.exactOptional(v.picklist(['bernoulli', 'exact'])),
  }),
);

/** Drops in training, has no effect at inference. */
export const dropoutLayer: Layer<DropoutConfig, typeof schema> = {
  schema,
  outputShape: (_, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build(config, x, context) {
    const { rate, draw } = config;
    if (!context.training || rate === 0) return x;
    // An exact mask keeps a whole number of neurons, so the scale uses the share actually kept.
    const neurons = sizeOf(x.shape.slice(1));
    const keep = draw === 'exact' ? 1 - Math.round(rate * neurons) / neurons : 1 - rate;
    return dropout(x, context.mask(x.shape, config), keep);
  },
  // Both ways of drawing are the identity at inference, the only use of an exported network.
  keras: ({ rate }, name, _, keras) => keras.push('Dropout', { name, rate }),
};
