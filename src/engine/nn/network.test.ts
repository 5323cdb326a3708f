import { describe, expect, it } from 'vitest';
import { ShapeError, sizeOf, UsageError } from '../../core/floor.ts';
import { writeOnnx } from '../../onnx/floor.ts';
import { input } from '../graph/tensor.ts';
import { toOnnx } from '../graph/toOnnx.ts';
import type { LayerConfig, NetworkConfig } from './config.ts';
import { buildNetwork, classCount, networkParameters, placeLayers } from './network.ts';
import { networkNamed, networks } from './networks/networks.ts';

const network = (...layers: LayerConfig[]): NetworkConfig => ({
  name: 'test',
  description: 'a network of a test',
  input: [1, 8, 8],
  layers,
});

const count = (config: NetworkConfig, trainable = [true, false]): number =>
  networkParameters(config)
    .filter((spec) => trainable.includes(spec.trainable))
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);

const bytesOf = (config: NetworkConfig): Uint8Array => {
  const parameters = new Map(networkParameters(config).map(({ name, shape }) => [name, input(name, shape)]));
  const images = input('input', [2, ...config.input]);
  const mask = ({ layer, shape }: { layer: string; shape: readonly number[] }) =>
    input(`mask/${layer}`, shape, 'uint8');
  const { logits, updates } = buildNetwork(config, images, parameters, mask);
  const next = [...updates].map(([name, tensor]) => [`next/${name}`, tensor]);
  return writeOnnx(toOnnx({ logits, ...Object.fromEntries(next) }, { name: config.name }));
};

describe('shipped networks', () => {
  it.each([
    ['keras', 3_274_634],
    ['emnist', 68_873],
  ])('%s has the %i parameters of the report', (name, parameters) => {
    expect(count(networkNamed(name))).toBe(parameters);
  });

  it('has the printed shapes of the EMNIST network', () => {
    const shapes = placeLayers(networkNamed('emnist')).map(({ outputShape }) => outputShape.join('x'));
    expect(shapes).toEqual(expect.arrayContaining(['12x12x12', '18x5x5', '24x4x4', '384', '150', '47']));
    expect(classCount(networkNamed('emnist'))).toBe(47);
  });

  it('counts running statistics as parameters that are not trained', () => {
    const compact = networkNamed('compact');
    const channels = placeLayers(compact)
      .filter(({ config }) => config.type === 'batchNorm')
      .reduce((sum, { inputShape }) => sum + inputShape[0]!, 0);
    expect(channels).toBeGreaterThan(0);
    expect(count(compact, [false])).toBe(2 * channels);
  });

  it.each(networks)('$name survives JSON: the same config, the same graph bytes', (config) => {
    const again = JSON.parse(JSON.stringify(config)) as NetworkConfig;
    expect(again).toEqual(config);
    expect(bytesOf(again)).toEqual(bytesOf(config));
  });

  it('says which networks there are when asked for another', () => {
    expect(() => networkNamed('lenet')).toThrow(UsageError);
    for (const { name } of networks) expect(() => networkNamed('lenet')).toThrow(name);
  });
});

describe('placeLayers', () => {
  it('names layers by type and number, or as they say', () => {
    const layers = placeLayers(
      network(
        { type: 'conv2d', filters: 2, kernel: [3, 3] },
        { type: 'batchNorm', name: 'norm' },
        { type: 'conv2d', filters: 2, kernel: [3, 3], bias: false },
        { type: 'batchNorm' },
        { type: 'flatten' },
        { type: 'dense', units: 3 },
      ),
    );
    expect(layers.map(({ name }) => name)).toEqual([
      'conv2d_1',
      'norm',
      'conv2d_2',
      'batchNorm_2',
      'flatten_1',
      'dense_1',
    ]);
    expect(layers.flatMap(({ parameters }) => parameters.map(({ name }) => name))).toEqual([
      'conv2d_1/kernel',
      'conv2d_1/bias',
      ...['gamma', 'beta', 'movingMean', 'movingVariance'].map((name) => `norm/${name}`),
      'conv2d_2/kernel',
      ...['gamma', 'beta', 'movingMean', 'movingVariance'].map((name) => `batchNorm_2/${name}`),
      'dense_1/kernel',
      'dense_1/bias',
    ]);
  });

  it('gives shapes, parameters and multiply-adds', () => {
    const layers = placeLayers(
      network(
        { type: 'conv2d', filters: 4, kernel: [3, 3], stride: [2, 2], padding: 'same' },
        { type: 'conv2d', filters: 8, kernel: [3, 1], groups: 2 },
        { type: 'maxPool2d', size: [2, 2] },
        { type: 'averagePool2d', size: [1, 2], stride: [1, 1] },
        { type: 'globalMaxPool2d' },
        { type: 'dropout', rate: 0.5 },
        { type: 'dense', units: 5, bias: false },
      ),
    );
    expect(layers.map(({ outputShape }) => outputShape)).toEqual([
      [4, 4, 4],
      [8, 2, 4],
      [8, 1, 2],
      [8, 1, 1],
      [8],
      [8],
      [5],
    ]);
    expect(layers.map(({ multiplyAdds }) => multiplyAdds)).toEqual([4 * 16 * 9, 8 * 8 * 2 * 3, 0, 0, 0, 0, 40]);
    expect(layers[1]!.parameters[0]!.shape).toEqual([8, 2, 3, 1]);
  });

  it.each<[string, LayerConfig[], string[]]>([
    [
      'a window larger than the picture',
      [{ type: 'conv2d', filters: 1, kernel: [9, 9] }],
      ['layer 1', 'conv2d_1', '[9, 9]', '8, 8]'],
    ],
    ['a dense layer on pictures', [{ type: 'dense', units: 3 }], ['layer 1', 'dense_1', '[1, 8, 8]', 'flatten']],
    [
      'a pool after flatten',
      [{ type: 'flatten' }, { type: 'maxPool2d', size: [2, 2] }],
      ['layer 2', 'maxPool2d_1', '[64]'],
    ],
    [
      'a convolution after flatten',
      [{ type: 'flatten' }, { type: 'conv2d', filters: 1, kernel: [1, 1] }],
      ['layer 2', '[64]'],
    ],
    [
      'global pooling after flatten',
      [{ type: 'flatten' }, { type: 'globalAveragePool2d', name: 'top' }],
      ['"top"', '[64]'],
    ],
    [
      'groups that do not divide',
      [{ type: 'conv2d', filters: 4, kernel: [1, 1], groups: 2 }],
      ['4 filters', '2 groups', '[1, 8, 8]'],
    ],
    [
      'two layers of one name',
      [
        { type: 'flatten', name: 'a' },
        { type: 'dense', units: 2, name: 'a' },
      ],
      ['two layers', '"a"'],
    ],
    [
      'a name that another gets by number',
      [
        { type: 'flatten', name: 'dense_1' },
        { type: 'dense', units: 2 },
      ],
      ['two layers', '"dense_1"'],
    ],
  ])('refuses %s, naming network and layer', (_, layers, mentions) => {
    const attempt = (): unknown => placeLayers(network(...layers));
    expect(attempt).toThrow(ShapeError);
    for (const mention of ['"test"', ...mentions]) expect(attempt).toThrow(mention);
  });

  it('counts classes only of a network that ends flat', () => {
    expect(() => classCount(network({ type: 'maxPool2d', size: [2, 2] }))).toThrow(ShapeError);
    expect(() => classCount(network())).toThrow('"test"');
    expect(classCount(network({ type: 'flatten' }, { type: 'dense', units: 7 }))).toBe(7);
  });
});
