// What distorted samples cost a training: throughput with the sample generator against without it, and the generator
// alone.

import { networkNamed } from 'ductus/engine';
import { openDataset, openRecipe } from 'ductus/node';
import { createDistorter, subset } from 'ductus/samples';
import { randomStream } from '../../src/core/floor.ts';
import { alternate, callsPerSecond } from '../harness/alternate.ts';
import { type Benchmark, besideOurs, spread } from '../harness/benchmark.ts';
import { timingRecipe } from '../harness/workload.ts';
import { openEpochs } from './epochs.ts';

/** Pictures of an epoch: a round of two or three seconds. */
const images = 12_800;

/** The network that ships; the recipe that it was trained by distorts every sample. */
const network = 'compact';

/** Ours is the training with distortion: its ratio to the one without is what is left, 0.9 and more is the aim. */
export const generatorShareBenchmark: Benchmark = {
  name: 'generator-share',
  description: 'what the sample generator costs a training, images a second',
  async run() {
    const { distortion } = await openRecipe('digits');
    if (distortion === undefined) throw new Error('recipe "digits": expected a distortion, found none');
    const digits = await openDataset('mnist:train');
    const plain = timingRecipe(networkNamed(network), 128);
    const some = subset(
      digits,
      Array.from({ length: images }, (_, index) => index),
    );
    const distorted = await openEpochs({ ...plain, distortion }, some);
    const undistorted = await openEpochs(plain, some);
    const distort = createDistorter(distortion, digits.width, digits.height);
    const target = new Uint8Array(digits.width * digits.height);
    const block = 500;
    const samples = (): void => {
      for (let index = 0; index < block; index++) {
        const source = digits.images.subarray(index * target.length, (index + 1) * target.length);
        distort(source, target, randomStream(1, 'distort', index));
      }
    };
    try {
      const speeds = await alternate([
        { name: 'with', measure: async () => images / (await distorted.next()) },
        { name: 'without', measure: async () => images / (await undistorted.next()) },
        { name: 'alone', measure: async () => block * (await callsPerSecond(1, samples)) },
      ]);
      const [withSamples, without, alone] = ['with', 'without', 'alone'].map((name) => speeds.get(name)!);
      return [
        {
          what: `training ${network}, batch 128, samples of recipe "digits"`,
          unit: 'images/s',
          ours: spread(withSamples!),
          peers: [besideOurs('without distortion', 'more', withSamples!, without!)],
        },
        {
          what: 'samples of recipe "digits" alone, one core',
          unit: 'images/s',
          ours: spread(alone!),
          peers: [besideOurs(`training ${network} without distortion`, 'more', alone!, without!)],
        },
      ];
    } finally {
      await distorted.close();
      await undistorted.close();
    }
  },
};
