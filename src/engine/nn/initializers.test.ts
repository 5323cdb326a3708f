import { describe, expect, it } from 'vitest';
import type { NetworkConfig } from './config.ts';
import { initialize, initializeNetwork } from './initializers.ts';
import type { ParameterSpec } from './layer.ts';
import { small } from './networks/small.ts';

const fans = { in: 200, out: 100 };
const spec = (initializer: ParameterSpec['initializer'], name = 'dense_1/kernel'): ParameterSpec => ({
  name,
  shape: [200, 100],
  initializer,
  fans,
  trainable: true,
  decays: true,
});

function moments(values: Float32Array): { mean: number; deviation: number; largest: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return {
    mean,
    deviation: Math.sqrt(variance),
    largest: values.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  };
}

describe('initialize', () => {
  it.each([
    ['glorotUniform', Math.sqrt(6 / 300)],
    ['heUniform', Math.sqrt(6 / 200)],
  ] as const)('%s fills its interval evenly', (initializer, limit) => {
    const { mean, deviation, largest } = moments(initialize(spec(initializer), 1));
    expect(largest).toBeLessThanOrEqual(Math.fround(limit));
    expect(largest).toBeGreaterThan(0.999 * limit);
    expect(Math.abs(mean)).toBeLessThan((5 * limit) / Math.sqrt(3 * 20_000));
    expect(deviation / (limit / Math.sqrt(3))).toBeCloseTo(1, 1.7);
  });

  it('heNormal has its deviation although it is cut', () => {
    const { mean, deviation, largest } = moments(initialize(spec('heNormal'), 1));
    expect(Math.abs(mean)).toBeLessThan((5 * 0.1) / Math.sqrt(20_000));
    expect(Math.abs(deviation / 0.1 - 1)).toBeLessThan(0.02);
    // Two deviations of the uncut normal, which is wider by 1 / 0.8796.
    expect(largest).toBeLessThanOrEqual(Math.fround(0.2 / 0.87962566));
    expect(largest).toBeGreaterThan(0.22);
  });

  it('fills zeros and ones', () => {
    expect(initialize(spec('zeros'), 1).every((value) => value === 0)).toBe(true);
    expect(initialize(spec('ones'), 1).every((value) => value === 1)).toBe(true);
  });

  it('is decided by seed and name: same again, else unrelated', () => {
    const first = initialize(spec('heNormal'), 1);
    expect(initialize(spec('heNormal'), 1)).toEqual(first);
    for (const other of [initialize(spec('heNormal'), 2), initialize(spec('heNormal', 'dense_2/kernel'), 1)]) {
      const correlation = first.reduce((sum, value, i) => sum + value * other[i]!, 0) / (first.length * 0.01);
      expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(first.length));
    }
  });
});

describe('initializeNetwork', () => {
  it('leaves the other weights as they are when a layer is added', () => {
    const longer: NetworkConfig = {
      ...small,
      layers: [
        ...small.layers.slice(0, 2),
        { type: 'batchNorm' },
        { type: 'activation', activation: 'tanh' },
        ...small.layers.slice(2),
      ],
    };
    const [before, after] = [initializeNetwork(small, 3), initializeNetwork(longer, 3)];
    expect([...after.keys()]).toEqual(expect.arrayContaining([...before.keys()]));
    for (const [name, values] of before) expect(after.get(name)).toEqual(values);
    expect(after.get('batchNorm_1/gamma')).toEqual(new Float32Array(8).fill(1));
  });

  it('uses the fans of a convolution: window times channels of a group', () => {
    const network: NetworkConfig = {
      name: 'n',
      description: '',
      input: [8, 9, 9],
      layers: [{ type: 'conv2d', filters: 64, kernel: [3, 3], groups: 2 }],
    };
    // In: 4 channels x 9; out: 32 filters x 9.
    const limit = Math.sqrt(6 / (36 + 288));
    const { largest } = moments(initializeNetwork(network, 1).get('conv2d_1/kernel')!);
    expect(largest).toBeLessThanOrEqual(Math.fround(limit));
    expect(largest).toBeGreaterThan(0.99 * limit);
  });
});
