// The layers of a network as single ONNX graphs, so that a runtime that cannot run one can name it.
import type { OnnxModel } from '../../onnx/floor.ts';
import { input } from '../graph/tensor.ts';
import { toOnnx } from '../graph/toOnnx.ts';
import type { NetworkConfig } from './config.ts';
import { layerOf } from './layers/layers.ts';
import { placeLayers } from './network.ts';

/** A single layer, as at inference. */
export interface LayerModel {
  readonly name: string;
  /** Its weights are inputs: the operators do not depend on them. */
  readonly model: OnnxModel;
}

/**
 * The graph of each layer of a network; layers without effect at inference and auxiliary outputs are left out.
 *
 * @throws {ShapeError} when the layers do not fit each other.
 */
export function layerModels(network: NetworkConfig): LayerModel[] {
  return placeLayers(network).flatMap(({ name, config, inputShape, parameters }) => {
    const x = input('x', [1, ...inputShape]);
    const weights = new Map(parameters.map((spec) => [spec.name, input(spec.name, spec.shape)]));
    const y = layerOf(config).build(config, x, {
      training: false,
      parameter: (parameter) => weights.get(`${name}/${parameter}`)!,
      update: unasked,
      mask: unasked,
    });
    return y === x ? [] : [{ name, model: toOnnx({ y }, { name }) }];
  });
}

function unasked(): never {
  throw new Error('a layer asked for what only training has');
}
