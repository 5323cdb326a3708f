// A trained model as TensorFlow.js's layers format: `model.json` and one file of weights, for `tf.loadLayersModel`.
import { UnsupportedError } from '../../core/floor.ts';
import { modelCardOf, type OnnxModel } from '../../onnx/floor.ts';
import { parseNetwork } from '../nn/parseNetwork.ts';
import { weightReader } from '../nn/weightReader.ts';
import { kerasLayers } from './kerasLayers.ts';
import type { KerasLayer, KerasWeight } from './kerasWriter.ts';

/** Name of the weights file that `model.json` points to. */
export const tensorFlowJsWeightsFile = 'group1-shard1of1.bin';

/** The two files of the format. */
export interface TensorFlowJsModel {
  /** Text of `model.json`. */
  readonly modelJson: string;
  /** Content of `tensorFlowJsWeightsFile`: float32, little-endian, in the order of the manifest. */
  readonly weights: Uint8Array;
}

/**
 * Exports a model in TensorFlow.js's layers format, as Keras 2 saves it: channels last, input
 * `[batch, row, column, channel]` with ink 0..1, output probabilities (a softmax layer is appended).
 *
 * The calibration temperature of the card is not applied: the probabilities are the network's own, like the ONNX
 * file's.
 *
 * @throws {UnsupportedError} when the model has no network in its card, or a layer that Keras lacks.
 * @throws {FormatError} when card and weights do not fit each other.
 *
 * @example
 * ```ts
 * import { exportTensorFlowJs } from 'ductus/engine';
 * import { loadModel } from 'ductus/node';
 *
 * const { modelJson } = exportTensorFlowJs((await loadModel('digits')).model);
 * console.log(JSON.parse(modelJson).format); // layers-model
 * ```
 */
export function exportTensorFlowJs(model: OnnxModel): TensorFlowJsModel {
  const card = modelCardOf(model);
  if (card?.network === undefined) {
    throw new UnsupportedError(
      'export to TensorFlow.js: expected a model card with a network, received a model without one; only models that Ductus trained can be exported',
    );
  }
  const network = parseNetwork(card.network, 'model card');
  const { layers, weights } = kerasLayers(network, weightReader(model));
  const softmax: KerasLayer = {
    class_name: 'Activation',
    config: { name: 'probabilities', activation: 'softmax', trainable: true, dtype: 'float32' },
  };
  const json = {
    format: 'layers-model',
    generatedBy: `ductus ${model.producerVersion}`.trim(),
    convertedBy: null,
    modelTopology: {
      keras_version: '2.15.0',
      backend: 'tensorflow',
      model_config: {
        class_name: 'Sequential',
        config: { name: kerasName(network.name), layers: [...layers, softmax] },
      },
    },
    weightsManifest: [
      {
        paths: [tensorFlowJsWeightsFile],
        weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
    userDefinedMetadata: { name: card.name, labels: card.labels, framing: card.framing, temperature: card.temperature },
  };
  return { modelJson: `${JSON.stringify(json, undefined, 2)}\n`, weights: concatenate(weights) };
}

/** Keras accepts letters, digits and underscores in the name of a model. */
function kerasName(name: string): string {
  return String(name).replace(/\W+/g, '_') || 'network';
}

function concatenate(weights: readonly KerasWeight[]): Uint8Array {
  const total = weights.reduce((sum, weight) => sum + weight.data.length, 0);
  const values = new Float32Array(total);
  let offset = 0;
  for (const { data } of weights) {
    values.set(data, offset);
    offset += data.length;
  }
  return new Uint8Array(values.buffer);
}
