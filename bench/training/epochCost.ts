// Whether an epoch's time grows with the number of pictures and no faster: shuffling, loading and training of 60,000,
// 240,000 and 960,000 pictures.

import type { NetworkConfig } from 'ductus/engine';
import { openDataset } from 'ductus/node';
import type { DatasetView } from 'ductus/samples';
import { type Benchmark, type BenchmarkRow, besideOurs, spread } from '../harness/benchmark.ts';
import { timingRecipe } from '../harness/workload.ts';
import { type Epochs, openEpochs } from './epochs.ts';

/** How many times the training set of 60,000 stands in the view. */
const repeats = [1, 4, 16] as const;

/**
 * Passes beside the one that warms up; in a pass each training sees 960,000 pictures. All end within five minutes
 * on two cores that do nothing else.
 */
const passes = 5;

/**
 * Network "quick" cut down to a few filters: what data cost shows the more, the less the network does with a picture.
 */
const network: NetworkConfig = {
  name: 'quickest',
  description: 'Three convolutions with few filters, the first strided.',
  input: [1, 28, 28],
  layers: [
    { type: 'conv2d', filters: 4, kernel: [5, 5], stride: [2, 2], padding: 'same', activation: 'relu' },
    { type: 'maxPool2d', size: [2, 2] },
    { type: 'conv2d', filters: 8, kernel: [3, 3], activation: 'relu' },
    { type: 'flatten' },
    { type: 'dense', units: 10 },
  ],
};

const recipe = timingRecipe(network, 200);

/** A row for each number of pictures; the ratio is of the time a picture, at 60,000 over at that number. */
export const epochCostBenchmark: Benchmark = {
  name: 'epoch-cost',
  description: 'time of an epoch of 60,000, 240,000 and 960,000 pictures, seconds; linear would be a ratio of 1',
  async run() {
    const dataset = await openDataset('mnist:train');
    const trainings: { readonly name: string; readonly epochs: Epochs; readonly times: number }[] = [];
    for (const times of repeats) {
      // The same pictures again and again by index: no pixel is there twice.
      const indices = Uint32Array.from({ length: dataset.count * times }, (_, position) => position % dataset.count);
      const view: DatasetView = { dataset, indices };
      const epochs = await openEpochs(recipe, view);
      trainings.push({ name: `epoch of ${epochs.images.toLocaleString('en')} pictures`, epochs, times });
    }
    try {
      const seconds = trainings.map((): number[] => []);
      for (let pass = 0; pass <= passes; pass++) {
        const times = await takePass(trainings);
        if (pass === 0) continue;
        for (const [index, time] of times.entries()) seconds[index]!.push(time);
      }
      return trainings.map(({ name, epochs, times }, index): BenchmarkRow => {
        const ours = seconds[index]!;
        const speed = spread(ours.map((time) => epochs.images / time));
        const [median, min, max] = [speed.median, speed.min, speed.max].map((figure) => figure.toFixed(0));
        const proportional = seconds[0]!.map((time) => time * times);
        return {
          what: name,
          unit: 's',
          ours: spread(ours),
          note: `median ${median} images/s, ${min} to ${max}`,
          peers: times === 1 ? [] : [besideOurs(`${times} times the first row`, 'less', ours, proportional)],
        };
      });
    } finally {
      for (const { epochs } of trainings) await epochs.close();
    }
  },
};

/**
 * As many pictures in each training: 16 epochs of 60,000, 4 of 240,000, one of 960,000. They take turns every 60,000,
 * so that whatever else the machine does falls on all alike, however long an epoch is.
 *
 * @returns seconds of an epoch of each.
 */
async function takePass(trainings: readonly { readonly epochs: Epochs; readonly times: number }[]): Promise<number[]> {
  const turns = repeats.at(-1)!;
  const seconds = trainings.map(() => 0);
  for (let turn = 0; turn < turns; turn++) {
    for (let place = 0; place < trainings.length; place++) {
      const index = (place + turn) % trainings.length;
      const { epochs, times } = trainings[index]!;
      seconds[index]! += await epochs.nextPart(times);
    }
  }
  return seconds.map((sum, index) => (sum * trainings[index]!.times) / turns);
}
