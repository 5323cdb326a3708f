// Training throughput: whole steps (forward, gradient, optimiser) on real MNIST digits, images a second.
import {
  BatchLoader,
  initializeNetwork,
  networkNamed,
  type TrainingGraphOptions,
  TrainingState,
  TrainingStep,
} from '../src/learn/index.ts';
import { onnxRuntimeEngine, openDataset } from '../src/platform/node/index.ts';
import { type Benchmark, type BenchmarkRow, spread } from './benchmark.ts';

/** Rounds that the cases alternate in, and how long each works in a round: long enough to swallow the timer's grain. */
const rounds = 7;
const secondsPerRound = 2;

/** The report's Keras network and the compact one, at batch 32 and 128. */
export const trainingBenchmark: Benchmark = {
  name: 'training',
  description: 'training throughput, images a second',
  async run() {
    const cases = ['keras', 'compact'].flatMap((network) => [32, 128].map((batch) => ({ network, batch })));
    const runners = await Promise.all(cases.map(({ network, batch }) => trainingRunner(network, batch)));
    const speeds = cases.map((): number[] => []);
    for (const runner of runners) await runner(0.5); // warm up
    for (let round = 0; round < rounds; round++) {
      for (const [index, runner] of runners.entries()) speeds[index]!.push(await runner(secondsPerRound));
    }
    return cases.map(
      ({ network, batch }, index): BenchmarkRow => ({
        what: `training ${network}, batch ${batch}`,
        unit: 'images/s',
        ours: spread(speeds[index]!),
      }),
    );
  },
};

/** A function that trains for some seconds and gives back images a second. */
async function trainingRunner(name: string, batch: number): Promise<(seconds: number) => Promise<number>> {
  const options: TrainingGraphOptions = {
    network: networkNamed(name),
    batch,
    optimizer: { type: 'adam' },
    labelSmoothing: 0,
    averaging: false,
  };
  const step = await TrainingStep.compile(await onnxRuntimeEngine(), options);
  const state = new TrainingState(options);
  for (const [parameter, values] of initializeNetwork(options.network, 1)) state.values(parameter).set(values);
  const loader = new BatchLoader(await openDataset('mnist:train'), { batchSize: batch, seed: 1 });
  let batches = loader.epoch(0);
  let [epoch, count] = [0, 0];
  return async (seconds) => {
    const start = performance.now();
    let images = 0;
    while (performance.now() - start < seconds * 1000) {
      let next = batches.next();
      if (next.done || next.value.count < batch) {
        batches = loader.epoch(++epoch);
        next = batches.next();
      }
      const { images: pixels, targets } = next.value!;
      step.images.set(pixels);
      step.targets.fill(0);
      for (let i = 0; i < batch; i++) step.targets[i * 10 + targets[i]!] = 1;
      await step.run(state, 1, ++count, 0.001, 0);
      images += batch;
    }
    return (images / (performance.now() - start)) * 1000;
  };
}
