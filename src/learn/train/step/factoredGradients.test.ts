import { beforeAll, describe, expect, it } from 'vitest';
import { type Engine, tensorBuffer } from '../../../engine/graph/engine.ts';
import type { NetworkConfig } from '../../../engine/nn/config.ts';
import { initializeNetwork } from '../../../engine/nn/initializers.ts';
import { networkParameters } from '../../../engine/nn/network.ts';
import { onnxRuntimeEngine, openDataset } from '../../../platform/node/floor.ts';
import type { Dataset } from '../../../samples/data/dataset.ts';
import { subset } from '../../../samples/data/datasetView.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { factoredParameters } from './factoredGradients.ts';
import { ShardGradient } from './shardGradient.ts';
import { soloTeam } from './trainingTeam.ts';

/** One hidden layer of 784 x 96, which is factored, and 96 x 10, which is not. */
const network: NetworkConfig = {
  name: 'dense',
  description: 'For tests.',
  input: [1, 28, 28],
  layers: [{ type: 'flatten' }, { type: 'dense', units: 96, activation: 'relu' }, { type: 'dense', units: 10 }],
};

const rate = 0.5;
/** Plain gradient descent: a step is the gradient, times the rate. */
const recipe: Recipe = {
  name: 'dense',
  description: 'For tests.',
  network,
  data: { train: 'mnist:train', validation: 0 },
  epochs: 1,
  batch: 20,
  shards: 3,
  optimizer: { type: 'sgd', momentum: 0 },
  schedule: { type: 'constant', rate },
};

let engine: Engine;
let digits: Dataset;
beforeAll(async () => {
  engine = await onnxRuntimeEngine();
  digits = await openDataset('mnist:train');
});

describe('factored gradients', () => {
  it('are used for large dense kernels of small batches, and for nothing else', () => {
    expect(factoredParameters(network, 128).map(({ name }) => name)).toEqual(['dense_1/kernel']);
    expect(factoredParameters(network, 129)).toEqual([]);
    const odd: NetworkConfig = { ...network, layers: [{ type: 'flatten' }, { type: 'dense', units: 101 }] };
    expect(factoredParameters(odd, 32)).toEqual([]);
  });

  it('change the weights as the whole gradient does, short batches and uneven shards included', async () => {
    const start = initializeNetwork(network, 3);
    // 20 samples, then 14: shards of 6, 7, 7 and of 4, 5, 5.
    const order = Array.from({ length: 34 }, (_, index) => index);
    const team = await soloTeam({ recipe, seed: 1, train: subset(digits, order), shuffled: false }, engine);
    for (const [name, values] of start) team.memory.values(name).set(values);
    for (const [step, [from, to]] of (
      [
        [0, 20],
        [20, 34],
      ] as const
    ).entries()) {
      const before = new Map(networkParameters(network).map(({ name }) => [name, team.memory.values(name).slice()]));
      const parameters = Object.fromEntries(
        networkParameters(network).map(({ name, shape }) => [
          name,
          { ...tensorBuffer(shape, 'float32'), data: before.get(name)! },
        ]),
      );
      const whole = await ShardGradient.compile(
        engine,
        { network, count: to - from, labelSmoothing: 0 },
        parameters,
        1,
      );
      whole.images.set(digits.images.subarray(from * 784, to * 784));
      for (let i = from; i < to; i++) whole.targets[(i - from) * 10 + digits.targets[i]!] = 1;
      await whole.run(1);
      await team.run({ epoch: 0, from: step, to: step + 1 });
      for (const { name } of networkParameters(network)) {
        const [gradient, after] = [whole.result(name)!, team.memory.values(name)];
        let largest = 0;
        for (const [index, value] of before.get(name)!.entries()) {
          largest = Math.max(largest, Math.abs(after[index]! - (value - rate * gradient[index]!)));
        }
        expect(Math.max(...gradient.map(Math.abs)), name).toBeGreaterThan(1e-3);
        expect(largest, name).toBeLessThan(1e-6);
      }
      await whole.dispose();
    }
    await team.dispose();
  });
});
