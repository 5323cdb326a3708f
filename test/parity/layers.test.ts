// Every layer and every activation, by the tables: what its graph is by definition, the reading runtime, ONNX Runtime
// and, where Keras has its like, TensorFlow.js must answer the same. The compiler asks for an example of every layer.
import { tensor4d } from '@tensorflow/tfjs-core';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { randomStream, ShapeError, sizeOf, UnsupportedError } from '../../src/core/floor.ts';
import type { Activation, LayerConfig, NetworkConfig } from '../../src/engine/floor.ts';
import {
  buildNetwork,
  exportTensorFlowJs,
  networkParameters,
  networkToModel,
  parseNetwork,
  placeLayers,
} from '../../src/engine/floor.ts';
import { evaluateReference } from '../../src/engine/graph/reference.ts';
import { input } from '../../src/engine/graph/tensor.ts';
import { type ActivationKind, activations } from '../../src/engine/nn/activation.ts';
import { type OnnxModel, writeOnnx } from '../../src/onnx/floor.ts';
import { loadNetwork } from '../../src/read/floor.ts';
import { loadExport } from './loadExport.ts';

const examples: { readonly [Type in LayerConfig['type']]: readonly Extract<LayerConfig, { type: Type }>[] } = {
  conv2d: [
    { type: 'conv2d', filters: 4, kernel: [3, 2], stride: [2, 1], padding: 'same', activation: 'relu' },
    { type: 'conv2d', filters: 2, kernel: [3, 3], padding: [1, 0, 2, 1], groups: 2, bias: false },
  ],
  maxPool2d: [{ type: 'maxPool2d', size: [2, 3], stride: [2, 1] }],
  averagePool2d: [{ type: 'averagePool2d', size: [3, 3], padding: 'same' }],
  globalMaxPool2d: [{ type: 'globalMaxPool2d' }],
  globalAveragePool2d: [{ type: 'globalAveragePool2d' }],
  flatten: [{ type: 'flatten' }],
  dense: [{ type: 'dense', units: 5, bias: false, activation: 'tanh' }],
  batchNorm: [{ type: 'batchNorm', epsilon: 0.01, activation: 'sigmoid' }],
  activation: [{ type: 'activation', activation: 'leakyRelu' }],
  dropout: [{ type: 'dropout', rate: 0.5, draw: 'exact' }],
};

const pictures = 3;

/** The layer between a picture of two channels and three classes. */
function around(layer: LayerConfig): NetworkConfig {
  const fits = (layers: readonly LayerConfig[]): NetworkConfig | undefined => {
    const network: NetworkConfig = { name: 'around', description: 'made by a test', input: [2, 6, 7], layers };
    try {
      placeLayers(network);
      return network;
    } catch (error) {
      if (error instanceof ShapeError) return undefined;
      throw error;
    }
  };
  const head: LayerConfig = { type: 'dense', units: 3 };
  const flatten: LayerConfig = { type: 'flatten', name: 'flat' };
  const found = fits([layer, head]) ?? fits([layer, flatten, head]) ?? fits([flatten, layer, head]);
  if (found === undefined) throw new Error(`no place for ${layer.type}`);
  return found;
}

/** Random weights; variances stay above 0. */
function weights(network: NetworkConfig): Map<string, Float32Array> {
  return new Map(
    networkParameters(network).map(({ name, shape }) => {
      const random = randomStream(7, name);
      const positive = name.endsWith('/movingVariance');
      const values = Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
      return [name, positive ? values.map((value) => 0.5 + value * value) : values];
    }),
  );
}

const framing = { size: 28, box: 20, centre: 'mass' } as const;

/** @returns whether TensorFlow.js was among those that agreed: a layer may say that Keras has none. */
async function expectAgreement(layer: LayerConfig): Promise<boolean> {
  const network = around(layer);
  expect(parseNetwork(JSON.parse(JSON.stringify(network)), 'test')).toEqual(network);
  const parameters = weights(network);
  const labels = ['a', 'b', 'c'];
  const card = { format: 1, name: 'around', description: '', labels, framing, temperature: 1 } as const;
  const model = networkToModel(network, parameters, card);
  const shape = [pictures, ...network.input];
  const random = randomStream(8);
  const values = Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
  const expected = byDefinition(network, parameters, values);
  expect(Math.max(...expected) - Math.min(...expected), 'answers that say something').toBeGreaterThan(0.1);
  expectClose(loadNetwork(model).run(values, pictures).logits!.data, expected);
  expectClose(await byOnnxRuntime(model, values, shape), expected);
  try {
    exportTensorFlowJs(model);
  } catch (error) {
    expect(error).toBeInstanceOf(UnsupportedError);
    return false;
  }
  expectClose(await byTensorFlow(model, network, values), softmax(expected));
  return true;
}

function byDefinition(
  network: NetworkConfig,
  parameters: ReadonlyMap<string, Float32Array>,
  values: Float32Array,
): Float64Array {
  const tensors = new Map(networkParameters(network).map(({ name, shape }) => [name, input(name, shape)]));
  const images = input('images', [pictures, ...network.input]);
  const feeds = new Map([[images, Float64Array.from(values)]]);
  for (const [name, tensor] of tensors) feeds.set(tensor, Float64Array.from(parameters.get(name)!));
  return evaluateReference([buildNetwork(network, images, tensors).logits], feeds)[0]!;
}

async function byOnnxRuntime(model: OnnxModel, values: Float32Array, shape: number[]): Promise<Float32Array> {
  const session = await InferenceSession.create(writeOnnx(model), { logSeverityLevel: 3 });
  const answers = await session.run({ input: new Tensor('float32', values, shape) }, ['logits']);
  await session.release();
  return answers.logits!.data as Float32Array;
}

async function byTensorFlow(model: OnnxModel, network: NetworkConfig, values: Float32Array): Promise<Float32Array> {
  const [channels, rows, columns] = network.input;
  // Channels last.
  const pixels = Float32Array.from(values, (_, index) => {
    const [channel, place] = [index % channels, Math.floor(index / channels)];
    const [sample, at] = [Math.floor(place / (rows * columns)), place % (rows * columns)];
    return values[(sample * channels + channel) * rows * columns + at]!;
  });
  const loaded = await loadExport(model);
  const output = loaded.predict(tensor4d(pixels, [pictures, rows, columns, channels]));
  const data = await (Array.isArray(output) ? output[0]! : output).data();
  loaded.dispose();
  return Float32Array.from(data);
}

function softmax(logits: Float64Array): Float64Array {
  const classes = logits.length / pictures;
  return logits.map((logit, index) => {
    const row = logits.subarray(index - (index % classes), index - (index % classes) + classes);
    return Math.exp(logit) / row.reduce((sum, other) => sum + Math.exp(other), 0);
  });
}

function expectClose(received: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(received.length).toBe(expected.length);
  const scale = Math.max(1, ...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(received[i]! - expected[i]!) / scale, `element ${i}`).toBeLessThan(1e-4);
  }
}

describe('every layer', () => {
  for (const [type, configs] of Object.entries(examples)) {
    it.each(configs.map((config, index) => ({ config, index })))(`${type} $index`, async ({ config }) => {
      await expectAgreement(config);
    });
  }
});

describe('every activation', () => {
  it.each(Object.entries<ActivationKind>(activations))('%s', async (name, { keras }) => {
    const exported = await expectAgreement({ type: 'activation', activation: name as Activation });
    expect(exported).toBe(keras !== 'none');
  });
});
