// A network as the sum of its layers: names, shapes, parameters, cost, and its part of a graph.
import { type Shape, ShapeError } from '../../core/index.ts';
import type { Tensor } from '../graph/operator.ts';
import type { DropoutConfig, LayerConfig, NetworkConfig } from './config.ts';
import type { ParameterSpec } from './layer.ts';
import { layerOf } from './layers/layerOf.ts';

/** A layer in its place. Shapes leave the batch out. */
export interface PlacedLayer {
  readonly config: LayerConfig;
  /** The config's own name, or `<type>_<n>` counted from 1 within the type. */
  readonly name: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** Names are `<layer>/<weight>`. */
  readonly parameters: readonly ParameterSpec[];
  readonly multiplyAdds: number;
}

/**
 * Every layer with its name, shapes, parameters and cost.
 *
 * @throws {ShapeError} naming the layer that does not fit its input, or a name used twice.
 */
export function placeLayers(network: NetworkConfig): PlacedLayer[] {
  const counts = new Map<string, number>();
  const names = new Set<string>();
  let inputShape: Shape = network.input;
  return network.layers.map((config, index) => {
    const count = (counts.get(config.type) ?? 0) + 1;
    counts.set(config.type, count);
    const name = config.name ?? `${config.type}_${count}`;
    if (names.has(name)) throw new ShapeError(`network "${network.name}": two layers are called "${name}"`);
    names.add(name);
    const layer = layerOf(config);
    const from = inputShape;
    try {
      inputShape = layer.outputShape(config, from);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      throw new ShapeError(`network "${network.name}", layer ${index + 1} "${name}": ${error.message}`, {
        cause: error,
      });
    }
    const parameters = layer.parameters(config, from).map((spec) => ({ ...spec, name: `${name}/${spec.name}` }));
    const multiplyAdds = layer.multiplyAdds(config, from);
    return { config, name, inputShape: from, outputShape: inputShape, parameters, multiplyAdds };
  });
}

/** All weight tensors of a network, in the order of its layers. */
export function networkParameters(network: NetworkConfig): ParameterSpec[] {
  return placeLayers(network).flatMap(({ parameters }) => parameters);
}

/** Number of classes: the width of the last layer. @throws {ShapeError} when the network does not end in one flat axis. */
export function classCount(network: NetworkConfig): number {
  const last = placeLayers(network).at(-1);
  if (last === undefined || last.outputShape.length !== 1) {
    throw new ShapeError(`network "${network.name}" must end in a flat layer that gives one logit a class`);
  }
  return last.outputShape[0]!;
}

/** A dropout layer's mask as an input of the training graph. */
export interface MaskInput {
  readonly layer: string;
  readonly config: DropoutConfig;
  readonly shape: Shape;
}

/** What building a network gives beside its logits. */
export interface BuiltNetwork {
  /** `[batch, classes]`. */
  readonly logits: Tensor;
  /** New values of the parameters that are not trained; empty unless training. */
  readonly updates: ReadonlyMap<string, Tensor>;
}

/**
 * Adds a network to a graph.
 *
 * @param images `[batch, channel, row, column]`, 0..1.
 * @param parameters a tensor for every parameter, by name.
 * @param maskInput makes the input for a dropout mask; absent: the graph is for inference.
 */
export function buildNetwork(
  network: NetworkConfig,
  images: Tensor,
  parameters: ReadonlyMap<string, Tensor>,
  maskInput?: (mask: MaskInput) => Tensor,
): BuiltNetwork {
  const updates = new Map<string, Tensor>();
  let x = images;
  for (const { config, name } of placeLayers(network)) {
    x = layerOf(config).build(config, x, {
      training: maskInput !== undefined,
      parameter: (parameter) => parameters.get(`${name}/${parameter}`)!,
      update: (parameter, value) => updates.set(`${name}/${parameter}`, value),
      mask: (shape) => maskInput!({ layer: name, config: config as DropoutConfig, shape }),
    });
  }
  return { logits: x, updates };
}
