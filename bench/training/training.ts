// Training throughput: whole steps (batch, forward, gradient, optimiser) on real MNIST digits, images a second, beside
// PyTorch.

import { initializeNetwork, type NetworkConfig, networkNamed } from 'ductus/engine';
import { openDataset, threadTeam } from 'ductus/node';
import { hanziFraming } from 'ductus/picture';
import type { Dataset } from 'ductus/samples';
import type { StepPlan } from '#learn';
import { viewOf } from '#samples';
import { alternate } from '../harness/alternate.ts';
import { type Benchmark, type BenchmarkRow, besideOurs, spread } from '../harness/benchmark.ts';
import { handData, handNetwork, mustAgree, timingRecipe } from '../harness/workload.ts';
import type { PyTorch } from '../peers/pyTorch.ts';

/** How long each works in a round: long enough to swallow the timer's grain. */
const secondsPerRound = 2;

/** Steps and pictures a step over which our losses and the peer's are compared before anything is timed. */
const checked = { steps: 4, batch: 32 };

/**
 * The 15 layers for Chinese characters, auxiliary outputs and all, on real ones: the set is in the data folder
 * (docs/data.md).
 */
export const trainingHanziBenchmark: Benchmark = {
  name: 'training-hanzi',
  description: 'the same of the 15-layer network with outputs at three depths, 48x48, on casia100',
  async run(peers) {
    const torch = await peers.pyTorch();
    const characters = await openDataset('casia100:test', { frame: hanziFraming });
    if (torch) await handData(torch, characters);
    const network = networkNamed('hanzi15');
    if (torch) await compareLosses(torch, network, characters);
    return [await measured(torch, network, 128, characters)];
  },
};

/** The report's Keras network and the compact one, at batch 32 and 128. */
export const trainingBenchmark: Benchmark = {
  name: 'training',
  description: 'training throughput, images a second',
  async run(peers) {
    const torch = await peers.pyTorch();
    const digits = await openDataset('mnist:train');
    if (torch) await handData(torch, digits);
    const rows: BenchmarkRow[] = [];
    for (const network of ['keras', 'compact'].map(networkNamed)) {
      if (torch) await compareLosses(torch, network, digits);
      for (const batch of [32, 128]) rows.push(await measured(torch, network, batch, digits));
    }
    return rows;
  },
};

async function measured(
  torch: PyTorch | undefined,
  network: NetworkConfig,
  batch: number,
  digits: Dataset,
): Promise<BenchmarkRow> {
  const ours = await openTraining(network, batch, digits);
  const contestants = [{ name: 'ours', measure: () => ours.imagesPerSecond(secondsPerRound) }];
  if (torch) {
    await handNetwork(torch, network.name, network);
    const request = { id: network.name, batch, seconds: secondsPerRound };
    contestants.push({ name: 'PyTorch', measure: () => torch.ask<number>('train', request) });
  }
  const speeds = await alternate(contestants);
  await ours.dispose();
  await torch?.ask('forget', { id: network.name });
  const our = speeds.get('ours')!;
  return {
    what: `training ${network.name}, batch ${batch}`,
    unit: 'images/s',
    ours: spread(our),
    peers: torch ? [besideOurs('PyTorch', 'more', our, speeds.get('PyTorch')!)] : [],
  };
}

/**
 * Both must learn alike: losses over the same pictures, without dropout, whose coins differ, and in one shard, as
 * PyTorch normalises the whole batch.
 */
async function compareLosses(torch: PyTorch, network: NetworkConfig, digits: Dataset): Promise<void> {
  const { steps, batch } = checked;
  const certain = { ...network, layers: network.layers.filter(({ type }) => type !== 'dropout') };
  await handNetwork(torch, 'certain', certain);
  const theirs = await torch.ask<number[]>('losses', { id: 'certain', batch, steps });
  await torch.ask('forget', { id: 'certain' });
  const training = await openTraining(certain, batch, digits, { shuffled: false, shards: 1 });
  const ours = await training.losses(steps);
  await training.dispose();
  // Adam divides by the root of tiny squares at first: rounding grows faster than in inference.
  mustAgree(`PyTorch, training ${network.name}`, ours, theirs, 0.02);
}

/** How a training differs from the usual one. */
export interface TrainingOptions {
  /** Default true. */
  readonly shuffled?: boolean;
  /** Default 2, as in recipes. */
  readonly shards?: number;
  /** Default: all cores. */
  readonly threads?: number;
}

/** A training of ours that goes step by step. */
export interface Training {
  /** Takes so many steps, from the first of the first epoch or from where it is. */
  steps(count: number): Promise<void>;
  /** The losses of so many steps. */
  losses(count: number): Promise<number[]>;
  /** Images a second over whole plans of about a quarter of a second, for so long. */
  imagesPerSecond(seconds: number): Promise<number>;
  dispose(): Promise<void>;
}

/** Compiles a training with Adam and fills in the starting weights. */
export async function openTraining(
  network: NetworkConfig,
  batch: number,
  digits: Dataset,
  { shuffled = true, shards, threads }: TrainingOptions = {},
): Promise<Training> {
  // Epochs without end: a benchmark stops by the clock.
  const recipe = { ...timingRecipe(network, batch), epochs: 1000, ...(shards !== undefined && { shards }) };
  const team = await threadTeam({ recipe, seed: 1, train: viewOf(digits), shuffled }, threads);
  for (const [parameter, values] of initializeNetwork(network, 1)) team.memory.values(parameter).set(values);
  /** Whole batches of an epoch: the short one at its end would need another graph. */
  const wholeBatches = Math.floor(digits.count / batch);
  let taken = 0;
  /** The next steps, as many as are asked for or fewer where the epoch ends. */
  const next = (count: number): StepPlan => {
    const [epoch, from] = [Math.floor(taken / wholeBatches), taken % wholeBatches];
    const to = Math.min(from + count, wholeBatches);
    taken += to - from;
    return { epoch, from, to };
  };
  async function losses(count: number): Promise<number[]> {
    const found: number[] = [];
    while (found.length < count) {
      for (const shardResults of await team.run(next(count - found.length))) {
        found.push(shardResults.reduce((sum, { loss, count: pictures }) => sum + (loss * pictures) / batch, 0));
      }
    }
    return found;
  }
  let stepsAPlan = 1;
  return {
    losses,
    async steps(count) {
      await losses(count);
    },
    async imagesPerSecond(seconds) {
      const start = performance.now();
      let steps = 0;
      while (performance.now() - start < seconds * 1000) {
        const begun = performance.now();
        await losses(stepsAPlan);
        steps += stepsAPlan;
        stepsAPlan = Math.max(1, Math.round((250 * stepsAPlan) / (performance.now() - begun)));
      }
      return (steps * batch) / ((performance.now() - start) / 1000);
    },
    dispose: () => team.dispose(),
  };
}
