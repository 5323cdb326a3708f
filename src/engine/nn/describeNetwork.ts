// A network as a table of its layers: shapes, parameters and cost.
import { sizeOf } from '../../core/floor.ts';
import type { NetworkConfig } from './config.ts';
import { placeLayers } from './network.ts';

/** One layer, placed in its network. */
export interface LayerDescription {
  readonly name: string;
  readonly type: NetworkConfig['layers'][number]['type'];
  /** Without the batch. */
  readonly outputShape: readonly number[];
  readonly parameters: number;
  /** Those that a training changes; the others are running statistics. */
  readonly trained: number;
  /** Multiplications with addition for one picture. */
  readonly multiplyAdds: number;
}

/** A network's layers, and their sums. */
export interface NetworkDescription {
  readonly name: string;
  readonly description: string;
  /** `[channel, row, column]`. */
  readonly input: NetworkConfig['input'];
  readonly layers: readonly LayerDescription[];
  readonly totals: { readonly parameters: number; readonly trained: number; readonly multiplyAdds: number };
}

/**
 * Describes a network.
 *
 * @throws {ShapeError} when a layer does not fit its input.
 */
export function describeNetwork(network: NetworkConfig): NetworkDescription {
  const layers = placeLayers(network).map((layer) => ({
    name: layer.name,
    type: layer.config.type,
    outputShape: layer.outputShape,
    parameters: layer.parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    trained: layer.parameters.reduce((sum, { shape, trainable }) => sum + (trainable ? sizeOf(shape) : 0), 0),
    multiplyAdds: layer.multiplyAdds,
  }));
  const total = (key: 'parameters' | 'trained' | 'multiplyAdds'): number =>
    layers.reduce((sum, layer) => sum + layer[key], 0);
  const totals = { parameters: total('parameters'), trained: total('trained'), multiplyAdds: total('multiplyAdds') };
  return { name: network.name, description: network.description, input: network.input, layers, totals };
}
