// Training in threads, on real digits: the same numbers as in one thread, and errors that end all threads.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Engine, initializeNetwork, type NetworkConfig } from '../../../engine/floor.ts';
import {
  type Recipe,
  soloTeam,
  stateOptions,
  stateSpecs,
  type TrainingSetup,
  type TrainingTeam,
  train,
} from '../../../learn/floor.ts';
import { type Dataset, limitSamples, subset, viewOf } from '../../../samples/floor.ts';
import { openDataset } from '../data/data.ts';
import { datasetSharer } from '../data/datasetSharer.ts';
import { onnxRuntimeEngine } from './onnxRuntime.ts';
import { threadTeam } from './threadTeam.ts';

const network: NetworkConfig = {
  name: 'tiny',
  description: 'For tests.',
  input: [1, 28, 28],
  layers: [
    { type: 'conv2d', filters: 8, kernel: [5, 5], stride: [2, 2], bias: false },
    { type: 'batchNorm', activation: 'relu' },
    { type: 'dropout', rate: 0.1 },
    { type: 'flatten' },
    { type: 'dense', units: 64, activation: 'relu' }, // large enough that workers exchange the factors of its gradient
    { type: 'dense', units: 10 },
  ],
};

const recipe: Recipe = {
  name: 'tiny',
  description: 'For tests.',
  network,
  data: { train: 'mnist:train', validation: 0 },
  epochs: 2,
  batch: 50,
  shards: 3, // does not divide the batch, and two threads do not share it evenly
  optimizer: { type: 'adamW' },
  schedule: { type: 'oneCycle', rate: 0.01 },
  average: { decay: 0.9 },
  distortion: { rotation: 5, shift: 1 },
};

let engine: Engine;
let digits: Dataset;
let setup: TrainingSetup;

beforeAll(async () => {
  engine = await onnxRuntimeEngine();
  digits = await openDataset('mnist:train');
  setup = { recipe, seed: 7, train: limitSamples(digits, 420, 1), validation: limitSamples(digits, 700, 2) };
});

/** All state after one epoch, whose last batch is short, and the validation's scores. */
async function outcome(team: TrainingTeam): Promise<{ state: Record<string, number[]>; told: unknown }> {
  try {
    for (const [name, values] of initializeNetwork(network, 7)) {
      team.memory.values(name).set(values);
      team.memory.values(`average/${name}`).set(values);
    }
    const told = [
      await team.run({ epoch: 0, from: 0, to: 5 }),
      await team.run({ epoch: 0, from: 5, to: 9 }),
      await team.validate(),
    ];
    const bits = (name: string): number[] => [...new Uint32Array(team.memory.values(name).slice().buffer)];
    return { state: Object.fromEntries(stateSpecs(stateOptions(recipe)).map(({ name }) => [name, bits(name)])), told };
  } finally {
    await team.dispose();
  }
}

describe('threadTeam', () => {
  it('gives the same weights, losses and scores as one thread alone, bit for bit', { tags: ['slow'] }, async () => {
    const alone = await outcome(await soloTeam(setup, engine));
    const two = await outcome(await threadTeam(setup, 2));
    const three = await outcome(await threadTeam(setup, 3));
    expect(two).toEqual(alone);
    expect(three).toEqual(alone);
    expect((alone.told as unknown[][])[1]).toHaveLength(4);
    const counts = ((alone.told as unknown[][])[1] as { count: number }[][]).at(-1)!.map(({ count }) => count);
    expect(counts).toEqual([6, 7, 7]);
  });

  it('draws a balanced epoch alike on any number of threads, and other samples than an unbalanced one', {
    tags: ['slow'],
  }, async () => {
    // All ones and a few other digits, which come many times in a balanced epoch.
    const uneven = subset(
      digits,
      [...setup.train.indices].filter((index, at) => digits.targets[index] === 1 || at < 12),
    );
    const few = { ...setup, train: uneven, recipe: { ...recipe, balance: true, batch: 9 } };
    const run = async (team: TrainingTeam): Promise<unknown> => {
      try {
        for (const [name, values] of initializeNetwork(network, 7)) team.memory.values(name).set(values);
        return await team.run({ epoch: 1, from: 0, to: 5 });
      } finally {
        await team.dispose();
      }
    };
    const alone = await run(await soloTeam(few, engine));
    expect(await run(await threadTeam(few, 3))).toEqual(alone);
    const unbalanced = { ...few, recipe: { ...few.recipe, balance: false } };
    expect(await run(await soloTeam(unbalanced, engine))).not.toEqual(alone);
  });

  it('leaves the calling thread free, so that a team of one each on two cores can train at the same time', {
    tags: ['slow'],
  }, async () => {
    const team = await threadTeam(setup, 1);
    try {
      let ticks = 0;
      let running = true;
      const tick = (): void => {
        ticks++;
        if (running) setImmediate(tick);
      };
      setImmediate(tick);
      await team.run({ epoch: 0, from: 0, to: 9 });
      running = false;
      // A team in this thread would let the event loop turn a few times a step, between two calls of the engine.
      expect(ticks).toBeGreaterThan(500);
    } finally {
      await team.dispose();
    }
  });

  it('trains through the trainer, which tells of every step', { tags: ['slow'] }, async () => {
    let steps = 0;
    let end: { readonly log: readonly { readonly loss: number }[] } | undefined;
    const events = train({
      ...setup,
      engine,
      team: (given) => threadTeam(given, 2),
      dataHash: 'x',
      now: () => performance.now(),
    });
    for await (const event of events) {
      if (event.type === 'step') steps++;
      if (event.type === 'end') end = event;
    }
    expect(steps).toBe(18);
    expect(end!.log).toHaveLength(2);
    expect(end!.log[1]!.loss).toBeLessThan(end!.log[0]!.loss);
  });

  it('refuses pictures that the network does not take', { tags: ['slow'] }, async () => {
    const narrow = { ...digits, width: 27 };
    await expect(soloTeam({ ...setup, train: viewOf(narrow) }, engine)).rejects.toThrow(/28.*27/);
    const team = await threadTeam({ ...setup, train: viewOf(narrow) }, 2);
    await expect(team.run({ epoch: 0, from: 0, to: 1 })).rejects.toThrow(/28.*27/);
    await team.dispose();
  });

  it('ends with the error of the thread that failed, not with those of the ones that waited for it', {
    tags: ['slow'],
  }, async () => {
    // The third of three samples is in the shard of the second thread; the first one waits at the barrier.
    const wrong = { ...digits, targets: digits.targets.slice() };
    wrong.targets[3] = 12;
    const order = { ...setup, shuffled: false, recipe: { ...recipe, shards: 2 } };
    const team = await threadTeam({ ...order, train: subset(wrong, [1, 2, 3]) }, 2);
    try {
      await expect(team.run({ epoch: 0, from: 0, to: 1 })).rejects.toThrow(
        'mnist:train: sample 3 is of class 12, the network has 10',
      );
    } finally {
      await team.dispose();
    }
  });
});

describe('datasetSharer', () => {
  it('copies a data set once, however many views there are, and shared arrays not at all', () => {
    const share = datasetSharer();
    const [a, b] = [share(limitSamples(digits, 5, 1)), share(limitSamples(digits, 6, 2))];
    expect(a.dataset).toBe(b.dataset);
    expect(a.dataset.images.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([...a.dataset.images.subarray(0, 784)]).toEqual([...digits.images.subarray(0, 784)]);
    const again = datasetSharer()(a);
    expect(again.dataset.images).toBe(a.dataset.images);
    expect(again.indices).toBe(a.indices);
  });
});
