// The export to TensorFlow.js, loaded in the real @tensorflow/tfjs-layers, against onnxruntime-node on the same model.
import { readFileSync } from 'node:fs';
import { tensor4d } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { DuctusError, FormatError, UnsupportedError } from '../../src/core/floor.ts';
import { exportTensorFlowJs, type LayerConfig } from '../../src/engine/floor.ts';
import { cardKey, halveWeights, modelCardOf, type OnnxModel, readOnnx, writeOnnx } from '../../src/onnx/floor.ts';
import { openDataset } from '../../src/platform/node/floor.ts';
import { handOnnx, network } from './handOnnx.ts';
import { loadExport } from './loadExport.ts';

/** Largest difference of any probability; as the project promises. */
const tolerance = 1e-4;

/** The first pictures of MNIST's test set as `[count, 28 * 28]`, ink 0..1. */
async function digits(count: number): Promise<Float32Array> {
  const { images } = await openDataset('mnist:test');
  return Float32Array.from(images.subarray(0, count * 784), (ink) => ink / 255);
}

/** Probabilities of both engines and the largest difference between them. */
async function compare(model: OnnxModel, count: number): Promise<number> {
  const pictures = await digits(count);
  // Unoptimised: with optimisation ONNX Runtime fuses int8 weights into a product that rounds the activations too.
  const session = await InferenceSession.create(writeOnnx(model), {
    logSeverityLevel: 3,
    graphOptimizationLevel: 'disabled',
  });
  const answers = await session.run({ input: new Tensor('float32', pictures, [count, 1, 28, 28]) }, ['probabilities']);
  await session.release();
  const expected = answers.probabilities!.data as Float32Array;
  const loaded = await loadExport(model);
  const images = tensor4d(pictures, [count, 28, 28, 1]);
  const output = loaded.predict(images, { batchSize: 100 });
  const received = await (Array.isArray(output) ? output[0]! : output).data();
  loaded.dispose();
  expect(received.length).toBe(expected.length);
  // Equal answers that say nothing would pass: the network must tell pictures apart.
  expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(0.01);
  return expected.reduce((worst, value, index) => Math.max(worst, Math.abs(value - received[index]!)), 0);
}

const small: LayerConfig = { type: 'maxPool2d', size: [4, 4] };
const head: readonly LayerConfig[] = [{ type: 'flatten' }, { type: 'dense', units: 10 }];

const networks: Readonly<Record<string, readonly LayerConfig[]>> = {
  'dense alone': head,
  'conv2d, valid': [{ type: 'conv2d', filters: 3, kernel: [3, 5], activation: 'relu' }, small, ...head],
  'conv2d, same, stride 2': [
    { type: 'conv2d', filters: 4, kernel: [5, 4], stride: [2, 2], padding: 'same' },
    small,
    ...head,
  ],
  'conv2d, explicit padding, no bias': [
    { type: 'conv2d', filters: 3, kernel: [3, 3], padding: [2, 0, 1, 3], bias: false, activation: 'tanh' },
    small,
    ...head,
  ],
  'conv2d, explicit padding that is same': [
    { type: 'conv2d', filters: 3, kernel: [3, 3], padding: [1, 1, 1, 1] },
    small,
    ...head,
  ],
  'depthwise and pointwise': [
    { type: 'conv2d', filters: 6, kernel: [3, 3], stride: [2, 2], activation: 'relu' },
    { type: 'conv2d', filters: 6, kernel: [3, 3], groups: 6, padding: 'same', activation: 'relu' },
    { type: 'conv2d', filters: 5, kernel: [1, 1] },
    small,
    ...head,
  ],
  'max pool, same, overlapping': [
    { type: 'conv2d', filters: 2, kernel: [3, 3] },
    { type: 'maxPool2d', size: [3, 3], stride: [2, 2], padding: 'same' },
    small,
    ...head,
  ],
  'average pool, same': [
    { type: 'conv2d', filters: 2, kernel: [4, 4] },
    { type: 'averagePool2d', size: [3, 3], stride: [2, 2], padding: 'same' },
    small,
    ...head,
  ],
  'global average pool': [
    { type: 'conv2d', filters: 8, kernel: [5, 5], activation: 'relu' },
    { type: 'globalAveragePool2d' },
    { type: 'dense', units: 10 },
  ],
  'global max pool': [
    { type: 'conv2d', filters: 8, kernel: [5, 5] },
    { type: 'globalMaxPool2d' },
    { type: 'dense', units: 10, bias: false },
  ],
  'batch norm, on pictures and on flattened features': [
    { type: 'conv2d', filters: 4, kernel: [3, 3], bias: false },
    { type: 'batchNorm', activation: 'relu' },
    small,
    { type: 'flatten' },
    { type: 'batchNorm', epsilon: 1e-5 },
    { type: 'dense', units: 10 },
  ],
  'activations and dropout': [
    { type: 'conv2d', filters: 3, kernel: [3, 3], activation: 'leakyRelu' },
    small,
    { type: 'activation', activation: 'sigmoid' },
    { type: 'flatten' },
    { type: 'dropout', rate: 0.5, draw: 'exact' },
    { type: 'dense', units: 20, activation: 'leakyRelu', name: 'hidden' },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 10 },
  ],
};

describe('export to TensorFlow.js', () => {
  it.each(Object.entries(networks))('%s', async (name, layers) => {
    expect(await compare(handOnnx(network(name.replace(/\W+/g, '_'), layers)), 16)).toBeLessThan(tolerance);
  });

  it('reads weights that are stored in half precision', async () => {
    const layers = networks['conv2d, valid']!;
    expect(await compare(halveWeights(handOnnx(network('halved', layers))), 16)).toBeLessThan(tolerance);
  });

  it('reads weights that are stored as int8 with a scale for each channel', async () => {
    const model = handOnnx(network('quantised', networks['conv2d, valid']!));
    expect(await compare(quantised(model, 'conv2d_1/kernel', 0), 16)).toBeLessThan(tolerance);
    expect(await compare(quantised(model, 'dense_1/kernel', 1), 16)).toBeLessThan(tolerance);
  });

  it('names the layer that Keras has not', () => {
    const conv: LayerConfig = { type: 'conv2d', filters: 4, kernel: [3, 3] };
    const refused: Readonly<Record<string, readonly LayerConfig[]>> = {
      'conv2d_2.*2 groups': [conv, { ...conv, groups: 2 }, ...head],
      'conv2d_2.*equal strides': [conv, { ...conv, groups: 4, stride: [1, 2] }, ...head],
      'maxPool2d_1.*padding': [{ type: 'maxPool2d', size: [2, 2], padding: [1, 1, 1, 0] }, ...head],
      'ends in flattened': [conv, { type: 'flatten' }],
    };
    for (const [message, layers] of Object.entries(refused)) {
      const model = handOnnx(network('refused', layers));
      expect(() => exportTensorFlowJs(model)).toThrow(UnsupportedError);
      expect(() => exportTensorFlowJs(model)).toThrow(new RegExp(message));
    }
  });

  it('refuses a model without a card, and weights that do not fit the card', () => {
    const model = handOnnx(network('plain', networks['conv2d, valid']!));
    expect(() => exportTensorFlowJs({ ...model, metadata: {} })).toThrow(UnsupportedError);
    const without = model.graph.initializers.filter((tensor) => tensor.name !== 'dense_1/bias');
    expect(() => exportTensorFlowJs(withInitializers(model, without))).toThrow(/dense_1\/bias/);
    const other = handOnnx(network('plain', [{ type: 'conv2d', filters: 2, kernel: [3, 5] }, small, ...head]));
    expect(() => exportTensorFlowJs({ ...model, graph: other.graph })).toThrow(FormatError);
    expect(() => exportTensorFlowJs({ ...model, graph: other.graph })).toThrow(/\[3, 1, 3, 5\].*\[2, 1, 3, 5\]/);
  });

  it('answers any damaged network in a card with an error that is meant', () => {
    const model = handOnnx(network('damaged', networks['conv2d, valid']!));
    const card = modelCardOf(model)!;
    const value = fc.oneof(fc.constantFrom(-1, 0, 1e9, null, 'same', 'conv2d', [1], {}), fc.integer(), fc.string());
    const layer = fc.record(
      {
        type: fc.constantFrom('conv2d', 'maxPool2d', 'flatten', 'dense', 'x'),
        filters: value,
        kernel: value,
        size: value,
      },
      { requiredKeys: ['type'] },
    );
    const damaged = fc.record({
      name: value,
      input: fc.oneof(value, fc.array(value)),
      layers: fc.array(fc.oneof(layer, value)),
    });
    fc.assert(
      fc.property(damaged, (config) => {
        const metadata = { ...model.metadata, [cardKey]: JSON.stringify({ ...card, network: config }) };
        try {
          exportTensorFlowJs({ ...model, metadata });
        } catch (error) {
          expect(error).toBeInstanceOf(DuctusError);
        }
      }),
      { numRuns: 500 },
    );
  });

  const shipped = new URL('../../models/digits.onnx', import.meta.url);
  it('gives 1,000 answers of the shipped model', { tags: ['slow'] }, async () => {
    expect(await compare(readOnnx(readFileSync(shipped)), 1000)).toBeLessThan(tolerance);
  });
});

function withInitializers(model: OnnxModel, initializers: OnnxModel['graph']['initializers']): OnnxModel {
  return { ...model, graph: { ...model.graph, initializers } };
}

/** Stores one weight as int8, with a scale for each index of an axis, behind DequantizeLinear. */
function quantised(model: OnnxModel, name: string, axis: number): OnnxModel {
  const tensor = model.graph.initializers.find((candidate) => candidate.name === name)!;
  const channels = tensor.shape[axis]!;
  const inner = tensor.shape.slice(axis + 1).reduce((product, extent) => product * extent, 1);
  const values = tensor.data as Float32Array;
  const scales = new Float32Array(channels);
  values.forEach((value, index) => {
    const channel = Math.floor(index / inner) % channels;
    scales[channel] = Math.max(scales[channel]!, Math.abs(value) / 127);
  });
  const data = Int8Array.from(values, (value, index) =>
    Math.round(value / scales[Math.floor(index / inner) % channels]!),
  );
  const stored = [
    ...model.graph.initializers.filter((candidate) => candidate !== tensor),
    { name: `${name}/int8`, type: 'int8', shape: tensor.shape, data },
    { name: `${name}/scale`, type: 'float32', shape: [channels], data: scales },
  ] as const;
  const node = {
    opType: 'DequantizeLinear',
    domain: '',
    name: '',
    inputs: [`${name}/int8`, `${name}/scale`],
    outputs: [name],
    attributes: { axis: { kind: 'int', value: axis } },
  } as const;
  return { ...model, graph: { ...model.graph, nodes: [node, ...model.graph.nodes], initializers: stored } };
}
