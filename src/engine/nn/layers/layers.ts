// The table of layers, from which the type of a config and its schema derive. A new layer is a file in this folder and
// a row here.
import * as v from 'valibot';
import type { Layer } from '../layer.ts';
import { activationLayer } from './activation.ts';
import { batchNormLayer } from './batchNorm.ts';
import { conv2dLayer } from './conv2d.ts';
import { denseLayer } from './dense.ts';
import { dropoutLayer } from './dropout.ts';
import { flattenLayer } from './flatten.ts';
import { globalAveragePool2dLayer, globalMaxPool2dLayer } from './globalPool2d.ts';
import { averagePool2dLayer, maxPool2dLayer } from './pool2d.ts';

/** Every layer, by the `type` of its config. */
export const layers = {
  conv2d: conv2dLayer,
  maxPool2d: maxPool2dLayer,
  averagePool2d: averagePool2dLayer,
  globalMaxPool2d: globalMaxPool2dLayer,
  globalAveragePool2d: globalAveragePool2dLayer,
  flatten: flattenLayer,
  dense: denseLayer,
  batchNorm: batchNormLayer,
  activation: activationLayer,
  dropout: dropoutLayer,
};

type ConfigOf<Row> = Row extends Layer<infer Config, v.GenericSchema> ? Config : never;

/** Any layer. */
export type LayerConfig = ConfigOf<(typeof layers)[keyof typeof layers]>;

/** The schema of any layer's config. */
export const layerSchema = v.variant(
  'type',
  Object.values(layers).map(({ schema }) => schema),
);

/** The object of a layer's type. */
export function layerOf(config: LayerConfig): Layer<LayerConfig> {
  // The row found by a config's type takes that config; the compiler cannot follow a union into a table.
  return layers[config.type] as unknown as Layer<LayerConfig>;
}
