// Flatten layer.
import * as v from 'valibot';
import { schemaOf, sizeOf, strictObject } from '../../../core/floor.ts';
import { flatten } from '../../graph/operators/reshape.ts';
import type { Layer } from '../layer.ts';
import { layerName } from '../layerFields.ts';

/** `[batch, channel, row, column]` to `[batch, channel * row * column]`, channel outermost. */
export interface FlattenConfig {
  readonly type: 'flatten';
  readonly name?: string;
}

const schema = schemaOf<FlattenConfig>()(strictObject({ type: v.literal('flatten'), name: layerName }));

/** `[channel, row, column]` to one axis, channel outermost. */
export const flattenLayer: Layer<FlattenConfig, typeof schema> = {
  schema,
  outputShape: (_, input) => [sizeOf(input)],
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_, x) => flatten(x),
  keras(_, name, input, keras) {
    const channels = input[0]!;
    const size = sizeOf(input) / channels;
    keras.push('Flatten', { name, data_format: 'channels_last' });
    if (channels === 1 || size === 1) return;
    // Keras has the channel innermost.
    keras.order = Int32Array.from({ length: channels * size }, (_, index) => {
      const channel = index % channels;
      return channel * size + (index - channel) / channels;
    });
  },
};
