// Training throughput: whole steps (batch, forward, gradient, optimiser) on real MNIST digits, images a second, beside PyTorch.
import {
  BatchLoader,
  type Dataset,
  initializeNetwork,
  type NetworkConfig,
  networkNamed,
  type TrainingGraphOptions,
  TrainingState,
  TrainingStep,
} from '../src/learn/index.ts';
import { onnxRuntimeEngine, openDataset } from '../src/platform/node/index.ts';
import { alternate, callsPerSecond } from './alternate.ts';
import { type Benchmark, type BenchmarkRow, besideOurs, spread } from './benchmark.ts';
import type { PyTorch } from './peers/pyTorch.ts';
import { handData, handNetwork, mustAgree } from './workload.ts';

/** How long each works in a round: long enough to swallow the timer's grain. */
const secondsPerRound = 2;

/** Steps and pictures a step over which our losses and the peer's are compared before anything is timed. */
const checked = { steps: 4, batch: 32 };

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
  const contestants = [
    { name: 'ours', measure: async () => (await callsPerSecond(secondsPerRound, ours.shuffledStep)) * batch },
  ];
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

/** Both must learn alike: losses over the same pictures, without dropout, whose coins differ. */
async function compareLosses(torch: PyTorch, network: NetworkConfig, digits: Dataset): Promise<void> {
  const { steps, batch } = checked;
  const certain = { ...network, layers: network.layers.filter(({ type }) => type !== 'dropout') };
  await handNetwork(torch, 'certain', certain);
  const theirs = await torch.ask<number[]>('losses', { id: 'certain', batch, steps });
  await torch.ask('forget', { id: 'certain' });
  const training = await openTraining(certain, batch, digits);
  const ours: number[] = [];
  for (let step = 0; step < steps; step++) ours.push(await training.plainStep(step));
  await training.dispose();
  // Adam divides by the root of tiny squares at first: rounding grows faster than in inference.
  mustAgree(`PyTorch, training ${network.name}`, ours, theirs, 0.02);
}

/** A training of ours that goes step by step. */
export interface Training {
  /** A step on the next batch of shuffled pictures. */
  shuffledStep(): Promise<void>;
  /** A step on the given batch of the pictures in their own order. @returns the loss. */
  plainStep(index: number): Promise<number>;
  dispose(): Promise<void>;
}

/** Compiles a training step with Adam and fills in the starting weights. */
export async function openTraining(network: NetworkConfig, batch: number, digits: Dataset): Promise<Training> {
  const options: TrainingGraphOptions = {
    network,
    batch,
    optimizer: { type: 'adam' },
    labelSmoothing: 0,
    averaging: false,
  };
  const step = await TrainingStep.compile(await onnxRuntimeEngine(), options);
  const state = new TrainingState(options);
  for (const [parameter, values] of initializeNetwork(network, 1)) state.values(parameter).set(values);
  const loader = new BatchLoader(digits, { batchSize: batch, seed: 1 });
  const classes = digits.labels.length;
  const pixels = digits.width * digits.height;
  let batches = loader.epoch(0);
  let [epoch, count] = [0, 0];

  async function learn(images: Uint8Array, targets: ArrayLike<number>): Promise<number> {
    step.images.set(images);
    step.targets.fill(0);
    for (let i = 0; i < batch; i++) step.targets[i * classes + targets[i]!] = 1;
    return (await step.run(state, 1, ++count, 0.001, 0)).loss;
  }
  return {
    async shuffledStep() {
      let next = batches.next();
      if (next.done || next.value.count < batch) {
        batches = loader.epoch(++epoch);
        next = batches.next();
      }
      await learn(next.value!.images, next.value!.targets);
    },
    plainStep(index) {
      const [from, to] = [index * batch, (index + 1) * batch];
      return learn(digits.images.subarray(from * pixels, to * pixels), digits.targets.subarray(from, to));
    },
    dispose: () => step.dispose(),
  };
}
