// Gradient norms against the change that plain gradient descent makes: p' = p - rate dL/dp.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../engine/graph/engine.ts';
import type { NetworkConfig } from '../../../engine/nn/config.ts';
import { initializeNetwork } from '../../../engine/nn/initializers.ts';
import { onnxRuntimeEngine, openDataset } from '../../../platform/node/floor.ts';
import type { DatasetView } from '../../../samples/data/datasetView.ts';
import { limitSamples } from '../../../samples/data/split.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { gradientNorms } from './gradientNorms.ts';
import { soloTeam } from './trainingTeam.ts';

const network: NetworkConfig = {
  name: 'normed',
  description: 'For tests.',
  input: [1, 28, 28],
  layers: [
    { type: 'conv2d', filters: 4, kernel: [5, 5], stride: [2, 2], activation: 'relu' },
    { type: 'flatten' },
    { type: 'dense', units: 128, activation: 'relu' }, // 576 x 128: large enough to go by its factors
    { type: 'dense', units: 10 },
  ],
  auxiliary: [{ after: 'conv2d_1', weight: 0.3, layers: [{ type: 'flatten' }, { type: 'dense', units: 10 }] }],
};

let engine: Engine;
let digits: DatasetView;

beforeAll(async () => {
  engine = await onnxRuntimeEngine();
  digits = limitSamples(await openDataset('mnist:train'), 150, 1);
});

describe('gradientNorms', () => {
  it.each([
    ['a whole batch, factored', 100, 0, 100],
    ['the short batch at an epoch’s end, factored', 100, 1, 50],
    ['a batch too large for factors', 150, 0, 150],
  ])('is the norm of what plain gradient descent takes off a kernel: %s', async (_, batch, step, samples) => {
    const rate = 0.5;
    const recipe: Recipe = {
      name: 'normed',
      description: '',
      network,
      data: { train: 'mnist:train', validation: 0 },
      epochs: 1,
      batch,
      shards: 3,
      optimizer: { type: 'sgd', momentum: 0 },
      schedule: { type: 'constant', rate },
    };
    const team = await soloTeam({ recipe, seed: 1, train: digits }, engine);
    try {
      for (const [name, values] of initializeNetwork(network, 1)) team.memory.values(name).set(values);
      // The previous step must leave nothing behind.
      if (step > 0) await team.run({ epoch: 0, from: 0, to: step });
      const before = new Map([...initializeNetwork(network, 1).keys()].map((n) => [n, team.memory.values(n).slice()]));
      await team.run({ epoch: 0, from: step, to: step + 1 });
      const norms = gradientNorms(team.memory, network, batch, samples);
      expect(Object.keys(norms)).toEqual(['conv2d_1/kernel', 'dense_1/kernel', 'dense_2/kernel']);
      for (const [name, norm] of Object.entries(norms)) {
        const now = team.memory.values(name);
        const square = before.get(name)!.reduce((sum, value, i) => sum + ((value - now[i]!) / rate) ** 2, 0);
        expect(norm).toBeGreaterThan(1e-3);
        expect(norm / Math.sqrt(square)).toBeCloseTo(1, 3);
      }
    } finally {
      await team.dispose();
    }
  });
});
