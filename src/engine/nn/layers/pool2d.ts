// Pooling layers: the largest or mean value of windows.
import * as v from 'valibot';
import { type Shape, schemaOf, strictObject, UnsupportedError } from '../../../core/floor.ts';
import { kerasPadding } from '../../export/kerasForm.ts';
import { averagePool2d } from '../../graph/operators/averagePool2d.ts';
import { maxPool2d } from '../../graph/operators/maxPool2d.ts';
import { resolvePads, windowOutput } from '../../graph/operators/window.ts';
import type { Layer } from '../layer.ts';
import { layerName, type Padding, paddingSchema, type Size2d, sizeSchema } from '../layerFields.ts';
import { requireImage } from './requireImage.ts';

interface Pool2dFields {
  readonly name?: string;
  readonly size: Size2d;
  /** Default: `size`. */
  readonly stride?: Size2d;
  /** Default `'valid'`. Averages do not count the padding. */
  readonly padding?: Padding;
}

/** Largest value of each window. */
export interface MaxPool2dConfig extends Pool2dFields {
  readonly type: 'maxPool2d';
}

/** Mean value of each window. */
export interface AveragePool2dConfig extends Pool2dFields {
  readonly type: 'averagePool2d';
}

const fields = {
  name: layerName,
  size: sizeSchema,
  stride: v.exactOptional(sizeSchema),
  padding: v.exactOptional(paddingSchema),
};
const maxSchema = schemaOf<MaxPool2dConfig>()(strictObject({ type: v.literal('maxPool2d'), ...fields }));
const averageSchema = schemaOf<AveragePool2dConfig>()(strictObject({ type: v.literal('averagePool2d'), ...fields }));

/** Largest value of each window. */
export const maxPool2dLayer: Layer<MaxPool2dConfig, typeof maxSchema> = {
  schema: maxSchema,
  ...pooling(maxPool2d, 'MaxPooling2D'),
};

/** Mean value of each window. */
export const averagePool2dLayer: Layer<AveragePool2dConfig, typeof averageSchema> = {
  schema: averageSchema,
  ...pooling(averagePool2d, 'AveragePooling2D'),
};

function pooling(
  operator: typeof maxPool2d,
  kerasClass: string,
): Omit<Layer<MaxPool2dConfig | AveragePool2dConfig>, 'schema'> {
  return {
    outputShape({ type, size, stride = size, padding = 'valid' }, input): Shape {
      requireImage(type, input);
      const pads = resolvePads(padding, [input[1]!, input[2]!], size, stride);
      return [input[0]!, ...windowOutput(type, [1, ...input], { kernel: size, stride, pads })];
    },
    parameters: () => [],
    multiplyAdds: () => 0,
    build: ({ size, stride = size, padding = 'valid' }, x) => operator(x, size, stride, padding),
    keras({ size, stride = size, padding = 'valid' }, name, input, keras) {
      const said = kerasPadding(padding, input, size, stride);
      if (said === undefined) {
        // A preceding layer of zeros would change the largest value and the count of the mean.
        throw new UnsupportedError(
          `layer "${name}": Keras pools with padding "valid" or "same", received ${JSON.stringify(padding)}`,
        );
      }
      keras.push(kerasClass, {
        name,
        pool_size: [...size],
        strides: [...stride],
        padding: said,
        data_format: 'channels_last',
      });
    },
  };
}
