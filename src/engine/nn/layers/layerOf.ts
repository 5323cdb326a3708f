// From a config's type to its layer.
import type { LayerConfig } from '../config.ts';
import type { Layer } from '../layer.ts';
import { batchNormLayer } from './batchNorm.ts';
import { conv2dLayer } from './conv2d.ts';
import { denseLayer } from './dense.ts';
import { globalPool2dLayer, pool2dLayer } from './pool2d.ts';
import { activationLayer, dropoutLayer, flattenLayer } from './simple.ts';

const layers: { readonly [Type in LayerConfig['type']]: Layer<Extract<LayerConfig, { type: Type }>> } = {
  conv2d: conv2dLayer,
  maxPool2d: pool2dLayer as Layer<Extract<LayerConfig, { type: 'maxPool2d' }>>,
  averagePool2d: pool2dLayer as Layer<Extract<LayerConfig, { type: 'averagePool2d' }>>,
  globalMaxPool2d: globalPool2dLayer as Layer<Extract<LayerConfig, { type: 'globalMaxPool2d' }>>,
  globalAveragePool2d: globalPool2dLayer as Layer<Extract<LayerConfig, { type: 'globalAveragePool2d' }>>,
  flatten: flattenLayer,
  dense: denseLayer,
  batchNorm: batchNormLayer,
  activation: activationLayer,
  dropout: dropoutLayer,
};

/** The functions of a layer's type. */
export function layerOf(config: LayerConfig): Layer<LayerConfig> {
  return layers[config.type] as unknown as Layer<LayerConfig>;
}
