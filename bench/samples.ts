// How many distorted samples a second the generator makes with the shipped digits' distortion, on one core.
import { randomStream } from '../src/core/index.ts';
import { createDistorter } from '../src/learn/index.ts';
import { openDataset, openRecipe } from '../src/platform/node/index.ts';
import { alternate, callsPerSecond } from './alternate.ts';
import { type Benchmark, spread } from './benchmark.ts';

/** Pictures that one call distorts: enough for the clock not to count. */
const block = 500;

/** How long a round works. */
const secondsPerRound = 1;

/** The distortion of recipe "digits" at full strength. */
export const samplesBenchmark: Benchmark = {
  name: 'samples',
  description: 'sample generator, images a second, one core',
  async run() {
    const { distortion } = await openRecipe('digits');
    if (distortion === undefined) throw new Error('recipe "digits": expected a distortion, found none');
    const { images, width, height, count } = await openDataset('mnist:train');
    const distort = createDistorter(distortion, width, height);
    const pixels = width * height;
    const target = new Uint8Array(pixels);
    let index = 0;
    const work = (): void => {
      for (let i = 0; i < block; i++, index = (index + 1) % count) {
        distort(images.subarray(index * pixels, (index + 1) * pixels), target, randomStream(1, 'distort', index));
      }
    };
    const measure = async (): Promise<number> => block * (await callsPerSecond(secondsPerRound, work));
    const speeds = await alternate([{ name: 'ours', measure }]);
    return [{ what: 'samples of recipe "digits"', unit: 'images/s', ours: spread(speeds.get('ours')!) }];
  },
};
