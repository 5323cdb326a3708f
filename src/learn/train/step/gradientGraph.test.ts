import { describe, expect, it } from 'vitest';
import { randomStream, ShapeError, sizeOf } from '../../../core/floor.ts';
import type { Tensor } from '../../../engine/graph/operator.ts';
import { evaluateReference } from '../../../engine/graph/reference.ts';
import { topologicalOrder } from '../../../engine/graph/traverse.ts';
import type { NetworkConfig } from '../../../engine/nn/config.ts';
import { initializeNetwork } from '../../../engine/nn/initializers.ts';
import { networkParameters, withoutAuxiliary } from '../../../engine/nn/network.ts';
import { gradientGraph } from './gradientGraph.ts';

/** Two auxiliary outputs, one of which has a hidden layer of its own. */
const network: NetworkConfig = {
  name: 'deep',
  description: 'For tests.',
  input: [1, 4, 4],
  layers: [
    { type: 'conv2d', filters: 2, kernel: [3, 3], padding: 'same', activation: 'tanh' },
    { type: 'conv2d', name: 'second', filters: 2, kernel: [3, 3], activation: 'tanh' },
    { type: 'flatten' },
    { type: 'dense', units: 3 },
  ],
  auxiliary: [
    { after: 'conv2d_1', weight: 0.25, layers: [{ type: 'globalAveragePool2d' }, { type: 'dense', units: 3 }] },
    {
      after: 'second',
      weight: 0.75,
      layers: [{ type: 'flatten' }, { type: 'dense', units: 4, activation: 'tanh' }, { type: 'dense', units: 3 }],
    },
  ],
};

const images = Array.from({ length: 2 * 16 }, (_, i) => (i * 53) % 256);
const targets = [1, 0, 0, 0, 0, 1];

/** Every output of the graph by name, with the given parameters. */
function evaluated(
  config: NetworkConfig,
  parameters: ReadonlyMap<string, ArrayLike<number>>,
  factored: ReadonlySet<string> = new Set(),
): Map<string, Float64Array> {
  const { outputs } = gradientGraph({ network: config, count: 2, labelSmoothing: 0, factored });
  const feeds = new Map<Tensor, ArrayLike<number>>();
  for (const node of topologicalOrder(Object.values(outputs))) {
    for (const tensor of node.inputs) {
      if (tensor.origin.kind !== 'input') continue;
      const { name } = tensor.origin;
      feeds.set(tensor, name === 'images' ? images : name === 'targets' ? targets : parameters.get(name)!);
    }
  }
  const names = Object.keys(outputs);
  const values = evaluateReference(Object.values(outputs), feeds);
  return new Map(names.map((name, index) => [name, values[index]!]));
}

/** Weights of which none is 0, so that no gradient is missed. */
function weights(): Map<string, Float64Array> {
  const random = randomStream(5);
  return new Map(
    [...initializeNetwork(network, 3)].map(([name, v]) => [
      name,
      Float64Array.from(v, (w) => w + 0.1 * random.normal()),
    ]),
  );
}

/** The network that ends in one of the auxiliary outputs, with the layer names of the whole. */
function exit(index: number, depth: number): NetworkConfig {
  const { layers } = network.auxiliary![index]!;
  const counts = new Map<string, number>();
  const named = layers.map((layer) => {
    const count = (counts.get(layer.type) ?? 0) + 1;
    counts.set(layer.type, count);
    return { ...layer, name: `auxiliary_${index + 1}.${layer.type}_${count}` };
  });
  return { ...withoutAuxiliary(network), layers: [...network.layers.slice(0, depth), ...named] };
}

describe('gradientGraph with auxiliary outputs', () => {
  it('gives the gradient of the weighted sum of all losses, and the loss of the last output', () => {
    const parameters = weights();
    const whole = evaluated(network, parameters);
    const parts = [
      { config: withoutAuxiliary(network), weight: 1 },
      { config: exit(0, 1), weight: 0.25 },
      { config: exit(1, 2), weight: 0.75 },
    ].map(({ config, weight }) => ({ values: evaluated(config, parameters), weight }));
    expect(whole.get('loss')![0]).toBeCloseTo(parts[0]!.values.get('loss')![0]!, 12);
    expect(whole.get('correct')).toEqual(parts[0]!.values.get('correct'));
    for (const { name, shape } of networkParameters(network)) {
      const sum = new Float64Array(sizeOf(shape));
      for (const { values, weight } of parts) {
        const part = values.get(`gradient/${name}`);
        if (part !== undefined) for (const [i, value] of part.entries()) sum[i]! += weight * value;
      }
      const received = whole.get(`gradient/${name}`)!;
      expect(Math.max(...received.map(Math.abs)), name).toBeGreaterThan(0);
      for (const [i, value] of sum.entries()) expect(received[i], `${name}[${i}]`).toBeCloseTo(value, 10);
    }
  });

  it('refuses an output after a layer that there is not, or of other classes, naming it', () => {
    const wrong = (after: string, units: number): NetworkConfig => ({
      ...network,
      auxiliary: [{ after, weight: 1, layers: [{ type: 'flatten' }, { type: 'dense', units }] }],
    });
    expect(() => networkParameters(wrong('third', 3))).toThrow(ShapeError);
    expect(() => networkParameters(wrong('third', 3))).toThrow(/auxiliary output 1.*conv2d_1, second.*"third"/);
    expect(() => networkParameters(wrong('second', 4))).toThrow(/auxiliary output 1: expected \[3\].*received \[4\]/);
  });
});

describe('gradientGraph with factored gradients', () => {
  it('gives two matrices whose product is the gradient', () => {
    const parameters = weights();
    const plain = withoutAuxiliary(network);
    const name = 'dense_1/kernel';
    const whole = evaluated(plain, parameters).get(`gradient/${name}`)!;
    const parts = evaluated(plain, parameters, new Set([name]));
    expect([...parts.keys()]).not.toContain(`gradient/${name}`);
    const [left, right] = [parts.get(`left/${name}`)!, parts.get(`right/${name}`)!];
    for (const [index, value] of whole.entries()) {
      const [row, column] = [Math.floor(index / 3), index % 3];
      let sum = 0;
      for (let n = 0; n < 2; n++) sum += left[(n * left.length) / 2 + row]! * right[n * 3 + column]!;
      expect(sum).toBeCloseTo(value, 12);
    }
  });

  it('refuses to factor what is no product', () => {
    expect(() => evaluated(withoutAuxiliary(network), weights(), new Set(['conv2d_1/kernel']))).toThrow(
      /conv2d_1\/kernel.*product of two matrices/,
    );
  });
});
