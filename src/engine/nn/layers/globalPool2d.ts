// Global pooling layers: the largest or mean value of each whole channel.
import * as v from 'valibot';
import { schemaOf, strictObject } from '../../../core/floor.ts';
import { globalAveragePool2d, globalMaxPool2d } from '../../graph/operators/globalPool2d.ts';
import type { Layer } from '../layer.ts';
import { layerName } from '../layerFields.ts';
import { requireImage } from './requireImage.ts';

/** Largest value of each whole channel: `[batch, channel, row, column]` to `[batch, channel]`. */
export interface GlobalMaxPool2dConfig {
  readonly type: 'globalMaxPool2d';
  readonly name?: string;
}

/** Mean value of each whole channel: `[batch, channel, row, column]` to `[batch, channel]`. */
export interface GlobalAveragePool2dConfig {
  readonly type: 'globalAveragePool2d';
  readonly name?: string;
}

const maxSchema = schemaOf<GlobalMaxPool2dConfig>()(
  strictObject({ type: v.literal('globalMaxPool2d'), name: layerName }),
);
const averageSchema = schemaOf<GlobalAveragePool2dConfig>()(
  strictObject({ type: v.literal('globalAveragePool2d'), name: layerName }),
);

/** Largest value of each whole channel. */
export const globalMaxPool2dLayer: Layer<GlobalMaxPool2dConfig, typeof maxSchema> = {
  schema: maxSchema,
  ...pooling(globalMaxPool2d, 'GlobalMaxPooling2D'),
};

/** Mean value of each whole channel. */
export const globalAveragePool2dLayer: Layer<GlobalAveragePool2dConfig, typeof averageSchema> = {
  schema: averageSchema,
  ...pooling(globalAveragePool2d, 'GlobalAveragePooling2D'),
};

function pooling(
  operator: typeof globalMaxPool2d,
  kerasClass: string,
): Omit<Layer<GlobalMaxPool2dConfig | GlobalAveragePool2dConfig>, 'schema'> {
  return {
    outputShape({ type }, input) {
      requireImage(type, input);
      return [input[0]!];
    },
    parameters: () => [],
    multiplyAdds: () => 0,
    build: (_, x) => operator(x),
    keras: (_, name, _input, keras) => keras.push(kerasClass, { name }),
  };
}
