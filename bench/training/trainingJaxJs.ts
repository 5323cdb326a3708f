// Training beside jax-js, the other library that trains in TypeScript without native code.

import { type NetworkConfig, networkNamed } from 'ductus/engine';
import { openDataset } from 'ductus/node';
import type { Dataset } from 'ductus/samples';
import { alternate, callsPerSecond } from '../harness/alternate.ts';
import { type Benchmark, type BenchmarkRow, besideOurs, spread } from '../harness/benchmark.ts';
import { inputOf, mustAgree, weightSeed } from '../harness/workload.ts';
import type { JaxJs, JaxJsNetwork } from '../peers/jaxJs.ts';
import { openTraining } from './training.ts';

/**
 * Pictures a step. jax-js's time is the same for each picture at any batch from 4 to 128, where a step of the Keras
 * network takes it 22 s and the first one, which compiles, 73 s.
 */
const batch = 32;

/** Rounds: the fewest that give a spread; each is one step of several seconds. */
const rounds = 5;

/** Steps over which losses are compared: the second shows that the first changed the weights alike. */
const checkedSteps = 2;

/** A step on the report's Keras network and on the compact one. */
export const trainingJaxJsBenchmark: Benchmark = {
  name: 'training-jax',
  description: 'training throughput beside jax-js on its WASM backend, images a second',
  async run(peers) {
    const jax = await peers.jaxJs();
    const digits = await openDataset('mnist:train');
    const rows: BenchmarkRow[] = [];
    for (const network of ['keras', 'compact'].map(networkNamed)) rows.push(await measured(jax, network, digits));
    return rows;
  },
};

async function measured(jax: JaxJs | undefined, network: NetworkConfig, digits: Dataset): Promise<BenchmarkRow> {
  if (jax) await compareLosses(jax, network, digits);
  const ours = await openTraining(network, batch, digits);
  const contestants = [{ name: 'ours', measure: () => ours.imagesPerSecond(1) }];
  const theirs = jax?.load(network, weightSeed);
  if (jax && theirs) {
    let step = 0;
    const measure = async (): Promise<number> => batch * (await callsPerSecond(0, () => train(theirs, digits, step++)));
    contestants.push({ name: jax.name, measure });
  }
  const speeds = await alternate(contestants, rounds);
  await ours.dispose();
  theirs?.dispose();
  const our = speeds.get('ours')!;
  return {
    what: `training ${network.name}, batch ${batch}`,
    unit: 'images/s',
    ours: spread(our),
    peers: jax ? [besideOurs(jax.name, 'more', our, speeds.get(jax.name)!)] : [],
  };
}

/**
 * Both must learn alike: without dropout, whose coins differ, and in one shard, as jax-js normalises the whole batch.
 */
async function compareLosses(jax: JaxJs, network: NetworkConfig, digits: Dataset): Promise<void> {
  const certain = { ...network, layers: network.layers.filter(({ type }) => type !== 'dropout') };
  const few = 8;
  const theirs = jax.load(certain, weightSeed);
  const losses: number[] = [];
  for (let step = 0; step < checkedSteps; step++) losses.push(await train(theirs, digits, step, few));
  theirs.dispose();
  const training = await openTraining(certain, few, digits, { shuffled: false, shards: 1 });
  const ours = await training.losses(checkedSteps);
  await training.dispose();
  // The tolerance is PyTorch's: Adam divides by the root of tiny squares at first.
  mustAgree(`${jax.name}, training ${network.name}`, ours, losses, 0.02);
}

/** A step on the given batch of the pictures in their own order. */
function train(network: JaxJsNetwork, digits: Dataset, step: number, count: number = batch): Promise<number> {
  const pixels = digits.width * digits.height;
  const [from, to] = [step * count, (step + 1) * count];
  const pictures = inputOf({ ...digits, images: digits.images.subarray(from * pixels, to * pixels) }, count);
  const wanted = new Float32Array(count * digits.labels.length);
  for (let i = 0; i < count; i++) wanted[i * digits.labels.length + digits.targets[from + i]!] = 1;
  return network.train(pictures, wanted, count);
}
