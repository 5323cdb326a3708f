// Whether an epoch's time grows with the number of pictures and no faster: shuffling, loading and training of 60,000, 240,000
// and 960,000 pictures.
import type { DatasetView, NetworkConfig, Recipe } from '../src/learn/index.ts';
import { openDataset } from '../src/platform/node/index.ts';
import { alternate } from './alternate.ts';
import { type Benchmark, type BenchmarkRow, besideOurs, spread } from './benchmark.ts';
import { type Epochs, openEpochs } from './epochs.ts';

/**
 * How many times the training set of 60,000 stands in the view, and epochs that a round takes the mean of: more of the short
 * ones, which a moment of something else on the machine disturbs the more.
 */
const sizes = [
  { repeats: 1, epochsARound: 4 },
  { repeats: 4, epochsARound: 2 },
  { repeats: 16, epochsARound: 1 },
] as const;

/** Rounds beside the one that warms up: six times 1.7 million pictures pass within five minutes. */
const rounds = 5;

/** Network "quick" cut down to a few filters: what data cost shows the more, the less the network does with a picture. */
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

const recipe: Recipe = {
  name: 'epoch-cost',
  description: 'for timing',
  network,
  data: { train: 'mnist:train', validation: 0 },
  epochs: 1,
  batch: 200,
  optimizer: { type: 'adam' },
  schedule: { type: 'constant', rate: 0.001 },
};

/** A row for each number of pictures; the ratio is of the time a picture, at 60,000 over at that number. */
export const epochCostBenchmark: Benchmark = {
  name: 'epoch-cost',
  description: 'time of an epoch of 60,000, 240,000 and 960,000 pictures, seconds; linear would be a ratio of 1',
  async run() {
    const dataset = await openDataset('mnist:train');
    const trainings: { readonly name: string; readonly epochs: Epochs; readonly size: (typeof sizes)[number] }[] = [];
    for (const size of sizes) {
      // The same pictures again and again by index: no pixel is there twice.
      const indices = Uint32Array.from(
        { length: dataset.count * size.repeats },
        (_, position) => position % dataset.count,
      );
      const view: DatasetView = { dataset, indices };
      const epochs = await openEpochs(recipe, view);
      trainings.push({ name: `epoch of ${epochs.images.toLocaleString('en')} pictures`, epochs, size });
    }
    try {
      const measured = await alternate(
        trainings.map(({ name, epochs, size }) => ({
          name,
          async measure() {
            let seconds = 0;
            for (let epoch = 0; epoch < size.epochsARound; epoch++) seconds += await epochs.next();
            return seconds / size.epochsARound;
          },
        })),
        rounds,
      );
      const shortest = measured.get(trainings[0]!.name)!;
      return trainings.map(({ name, epochs, size }): BenchmarkRow => {
        const seconds = measured.get(name)!;
        const speed = spread(seconds.map((time) => epochs.images / time));
        const [median, min, max] = [speed.median, speed.min, speed.max].map((figure) => figure.toFixed(0));
        const proportional = shortest.map((time) => time * size.repeats);
        return {
          what: name,
          unit: 's',
          ours: spread(seconds),
          note: `median ${median} images/s, ${min} to ${max}`,
          peers:
            size.repeats === 1
              ? []
              : [besideOurs(`${size.repeats} times the first row`, 'less', seconds, proportional)],
        };
      });
    } finally {
      for (const { epochs } of trainings) await epochs.close();
    }
  },
};
