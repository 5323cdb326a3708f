// How many distorted samples a second the generator makes, for each preset, on one core; and whether its memory grows.

import { openDataset } from 'ductus/node';
import { createDistorter, type DistortionConfig, distortionPresets } from 'ductus/samples';
import { randomStream } from '../../src/core/floor.ts';
import { alternate, callsPerSecond } from '../harness/alternate.ts';
import { type Benchmark, besideOurs, spread } from '../harness/benchmark.ts';
import { runScript } from '../harness/processes.ts';

/** Pictures that one call distorts: enough for the clock not to count. */
const block = 500;

/** How long a round works. */
const secondsPerRound = 0.5;

/**
 * Samples after which memory is read: little work, after which all has been used once, and as much as 166 epochs of
 * MNIST.
 */
const [early, late] = [10_000, 10_000_000];

/** MiB of each half of V8's nursery while memory is measured; V8's own greatest. */
const nursery = 16;

/** Looks that no preset changes; their amounts are ours, for timing. */
const looks: DistortionConfig = { stroke: [-0.5, 0.5], blur: [0, 0.8], noise: [0, 0.1] };

/** Every preset at full strength, the stream of random numbers of each sample included, as a training has it. */
export const samplesBenchmark: Benchmark = {
  name: 'samples',
  description: 'sample generator, images a second, one core; its memory after much work and little',
  async run() {
    const { images, targets, labels, width, height, count } = await openDataset('mnist:train');
    const pixels = width * height;
    const target = new Uint8Array(pixels);
    const contestants = [...distortionPresets, { name: 'stroke, blur and noise', config: looks }].map(
      ({ name, config }) => {
        const distort = createDistorter(config, width, height, labels);
        let index = 0;
        const work = (): void => {
          for (let i = 0; i < block; i++, index = (index + 1) % count) {
            const source = images.subarray(index * pixels, (index + 1) * pixels);
            distort(source, target, randomStream(1, 'distort', 0, index), 1, targets[index]!);
          }
        };
        return { name, measure: async () => block * (await callsPerSecond(secondsPerRound, work)) };
      },
    );
    const speeds = await alternate(contestants);
    const rows = contestants.map(({ name }) => ({
      what: `samples of distortion "${name}"`,
      unit: 'images/s',
      ours: spread(speeds.get(name)!),
    }));
    const script = new URL('workers/samplesForMemory.ts', import.meta.url);
    const held = await runScript<{ early: number; late: number; seconds: number }>(
      script,
      ['digits', String(early), String(late)],
      // V8 lets the nursery of short-lived objects grow by some 20 MiB within the first 200,000 samples; held at one
      // size, what is left is what stays.
      ['--expose-gc', `--min-semi-space-size=${nursery}`, `--max-semi-space-size=${nursery}`],
    );
    return [
      ...rows,
      {
        what: `memory after ${late} samples of distortion "digits"`,
        unit: 'MiB',
        ours: spread([held.late]),
        peers: [besideOurs(`after ${early}`, 'less', [held.late], [held.early])],
        note: `grown by ${(held.late - held.early).toFixed(1)} MiB in ${held.seconds.toFixed(0)} s`,
      },
    ];
  },
};
