// A network as the sum of its layers: names, shapes, parameters, cost, and its part of a graph.
import { formatShape, type Shape, ShapeError, sameShape } from '../../core/floor.ts';
import type { Tensor } from '../graph/operator.ts';
import type { LayerConfig, NetworkConfig } from './config.ts';
import type { MaskConfig, ParameterSpec } from './layer.ts';
import { layerOf } from './layers/layers.ts';

/** A layer at its position. Shapes leave the batch out. */
export interface PlacedLayer {
  /** The layer's config, as in the network. */
  readonly config: LayerConfig;
  /** The config's own name, or `<type>_<n>` counted from 1 within the type. */
  readonly name: string;
  /** Shape of one input sample. */
  readonly inputShape: Shape;
  /** Shape of one output sample. */
  readonly outputShape: Shape;
  /** Names are `<layer>/<weight>`. */
  readonly parameters: readonly ParameterSpec[];
  /** Multiplications with additions for one sample. */
  readonly multiplyAdds: number;
}

/**
 * Every layer with its name, shapes, parameters and cost, auxiliary outputs left out.
 *
 * @throws {ShapeError} naming the layer that does not fit its input, or a name used twice.
 *
 * @example
 * ```ts
 * import { networkNamed, placeLayers } from 'ductus/engine';
 *
 * const layers = placeLayers(networkNamed('keras'));
 * console.log(layers.map(({ name }) => name).slice(0, 2)); // [ 'conv2d_1', 'maxPool2d_1' ]
 * console.log(layers.at(-1)!.outputShape, layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0)); // [ 10 ] 13883904
 * ```
 */
export function placeLayers(network: NetworkConfig): PlacedLayer[] {
  return placeChain(network.name, network.layers, network.input, '');
}

/** An auxiliary output at its position. */
export interface PlacedAuxiliary {
  readonly after: string;
  readonly weight: number;
  readonly layers: readonly PlacedLayer[];
}

/**
 * The auxiliary outputs with their layers, whose names begin with `auxiliary_<n>.`, n counted from 1.
 *
 * @throws {ShapeError} when one reads an unknown layer, or does not end in one logit per class.
 */
export function placeAuxiliary(network: NetworkConfig): PlacedAuxiliary[] {
  const main = placeLayers(network);
  return (network.auxiliary ?? []).map(({ after, weight, layers }, index) => {
    const from = main.find(({ name }) => name === after);
    if (from === undefined) {
      throw new ShapeError(
        `network "${network.name}", auxiliary output ${index + 1}: expected the name of a layer (${main.map(({ name }) => name).join(', ')}), received "${after}"`,
      );
    }
    const placed = placeChain(network.name, layers, from.outputShape, `auxiliary_${index + 1}.`);
    const last = placed.at(-1)!;
    if (!sameShape(last.outputShape, main.at(-1)!.outputShape)) {
      throw new ShapeError(
        `network "${network.name}", auxiliary output ${index + 1}: expected ${formatShape(main.at(-1)!.outputShape)} at its end as at the network's, received ${formatShape(last.outputShape)}`,
      );
    }
    return { after, weight, layers: placed };
  });
}

/** The network as at inference and as shipped. */
export function withoutAuxiliary({ auxiliary: _, ...network }: NetworkConfig): NetworkConfig {
  return network;
}

function placeChain(network: string, configs: readonly LayerConfig[], input: Shape, prefix: string): PlacedLayer[] {
  const counts = new Map<string, number>();
  const names = new Set<string>();
  let inputShape = input;
  return configs.map((config, index) => {
    const count = (counts.get(config.type) ?? 0) + 1;
    counts.set(config.type, count);
    const name = `${prefix}${config.name ?? `${config.type}_${count}`}`;
    if (names.has(name)) throw new ShapeError(`network "${network}": two layers are called "${name}"`);
    names.add(name);
    const layer = layerOf(config);
    const from = inputShape;
    try {
      inputShape = layer.outputShape(config, from);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      throw new ShapeError(`network "${network}", layer ${index + 1} "${name}": ${error.message}`, {
        cause: error,
      });
    }
    const parameters = layer.parameters(config, from).map((spec) => ({ ...spec, name: `${name}/${spec.name}` }));
    const multiplyAdds = layer.multiplyAdds(config, from);
    return { config, name, inputShape: from, outputShape: inputShape, parameters, multiplyAdds };
  });
}

/** All weight tensors of a network, in the order of its layers; those of auxiliary outputs come last. */
export function networkParameters(network: NetworkConfig): ParameterSpec[] {
  const auxiliary = placeAuxiliary(network).flatMap(({ layers }) => layers);
  return [...placeLayers(network), ...auxiliary].flatMap(({ parameters }) => parameters);
}

/**
 * Number of classes: the width of the last layer. @throws {ShapeError} when the network does not end in one flat axis.
 */
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
  readonly config: MaskConfig;
  readonly shape: Shape;
}

/** The result of building a network. */
export interface BuiltNetwork {
  /** `[batch, classes]`. */
  readonly logits: Tensor;
  /** The logits of the auxiliary outputs, with the weights of their losses; empty unless training. */
  readonly auxiliary: readonly { readonly logits: Tensor; readonly weight: number }[];
  /** New values of the parameters that are not trained; empty unless training. */
  readonly updates: ReadonlyMap<string, Tensor>;
}

/**
 * Adds a network to a graph.
 *
 * @param images `[batch, channel, row, column]`, 0..1.
 * @param parameters a tensor for every parameter, by name.
 * @param maskInput makes the input for a dropout mask; absent: the graph is for inference, without auxiliary outputs.
 */
export function buildNetwork(
  network: NetworkConfig,
  images: Tensor,
  parameters: ReadonlyMap<string, Tensor>,
  maskInput?: (mask: MaskInput) => Tensor,
): BuiltNetwork {
  const training = maskInput !== undefined;
  const updates = new Map<string, Tensor>();
  const outputs = new Map<string, Tensor>();
  const build = (layers: readonly PlacedLayer[], from: Tensor): Tensor => {
    let x = from;
    for (const { config, name } of layers) {
      x = layerOf(config).build(config, x, {
        training,
        parameter: (parameter) => parameters.get(`${name}/${parameter}`)!,
        update: (parameter, value) => updates.set(`${name}/${parameter}`, value),
        mask: (shape, mask) => maskInput!({ layer: name, config: mask, shape }),
      });
      outputs.set(name, x);
    }
    return x;
  };
  const logits = build(placeLayers(network), images);
  const auxiliary = (training ? placeAuxiliary(network) : []).map(({ after, weight, layers }) => ({
    logits: build(layers, outputs.get(after)!),
    weight,
  }));
  return { logits, auxiliary, updates };
}
