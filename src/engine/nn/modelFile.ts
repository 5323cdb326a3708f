// From a trained network to the model file and back: one ONNX graph with the weights in it, and the model card.
import { FormatError } from '../../core/floor.ts';
import { type ModelCard, modelCardOf, type OnnxModel, withModelCard } from '../../onnx/floor.ts';
import { softmax } from '../graph/operators/softmax.ts';
import { input } from '../graph/tensor.ts';
import { toOnnx } from '../graph/toOnnx.ts';
import type { NetworkConfig } from './config.ts';
import { buildNetwork, networkParameters, withoutAuxiliary } from './network.ts';
import { parseNetwork } from './parseNetwork.ts';
import { weightReader } from './weightReader.ts';

/**
 * The graph of a network at inference: input `input` `[batch, channel, row, column]` in 0..1, outputs `probabilities`
 * and `logits` `[batch, classes]`, weights under their parameters' names; auxiliary outputs are cut off. It has no
 * card.
 */
export function inferenceModel(
  config: NetworkConfig,
  parameters: ReadonlyMap<string, Float32Array>,
  producerVersion = '',
): OnnxModel {
  const network = withoutAuxiliary(config);
  const tensors = new Map(networkParameters(network).map(({ name, shape }) => [name, input(name, shape)]));
  const images = input('input', [1, ...network.input]);
  const { logits } = buildNetwork(network, images, tensors);
  return toOnnx(
    { probabilities: softmax(logits), logits },
    {
      name: network.name,
      openBatch: true,
      parameters: new Map([...tensors].map(([name, tensor]) => [tensor, parameters.get(name)!])),
      producerVersion,
    },
  );
}

/**
 * The model file of a network: its {@link inferenceModel}, with the card, which contains the network, in the metadata.
 *
 * @example
 * ```ts
 * import { createRecognizer } from 'ductus';
 * import { initializeNetwork, type NetworkConfig, networkToModel } from 'ductus/engine';
 * import { mnistFraming } from 'ductus/picture';
 *
 * const network: NetworkConfig = {
 *   name: 'least',
 *   description: 'One layer.',
 *   input: [1, 28, 28],
 *   layers: [{ type: 'flatten' }, { type: 'dense', units: 2 }],
 * };
 * const card = {
 *   format: 1,
 *   name: 'least',
 *   description: 'Never trained.',
 *   labels: ['no', 'yes'],
 *   framing: mnistFraming,
 *   temperature: 1,
 * } as const;
 * const model = networkToModel(network, initializeNetwork(network, 1), card);
 * console.log(createRecognizer(model).labels); // [ 'no', 'yes' ]
 * ```
 */
export function networkToModel(
  config: NetworkConfig,
  parameters: ReadonlyMap<string, Float32Array>,
  card: ModelCard,
): OnnxModel {
  const model = inferenceModel(config, parameters, card.training?.versions.ductus);
  return withModelCard(model, { ...card, network: withoutAuxiliary(config) });
}

/** A network and its weights, read back from a model file that Ductus wrote. */
export interface TrainedNetwork {
  /** The network's config. */
  readonly network: NetworkConfig;
  /** Weights by name, `<layer>/<weight>`, row-major. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
  /** The card of the file. */
  readonly card: ModelCard;
}

/**
 * The network and weights of a model file, stored as float32, float16 or int8.
 *
 * @throws {FormatError} when it has no card, no network or not its weights.
 *
 * @example
 * ```ts
 * import { modelToNetwork } from 'ductus/engine';
 * import { loadModel } from 'ductus/node';
 *
 * const { model, path } = await loadModel('digits');
 * const { network, parameters } = modelToNetwork(model, path);
 * console.log(network.layers[0]?.type, parameters.size > 0); // conv2d true
 * ```
 */
export function modelToNetwork(model: OnnxModel, name: string): TrainedNetwork {
  const card = modelCardOf(model);
  if (card?.network === undefined) {
    throw new FormatError(
      `${name}: expected a model that Ductus trained, with its network in the model card; found none`,
    );
  }
  const network = parseNetwork(card.network, name);
  const read = weightReader(model);
  const parameters = new Map(networkParameters(network).map((spec) => [spec.name, read(spec.name, spec.shape)]));
  return { network, parameters, card };
}
