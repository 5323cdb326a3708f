// Multiscale training of a neural network (Ganapathy and Liew 2008, after Felten, Otto and Fox): learn small pictures
// first.
import * as v from 'valibot';
import { type Samples, targetsOf, viewOf } from '../../../samples/floor.ts';
import type { Classifier, ClassifierKind } from '../../classifier.ts';
import { tensorOf } from '../../savedParts.ts';
import { systemKind } from '../../systemKind.ts';
import { choose, classDistances } from './classDistances.ts';
import { seedHeight, seedInput, seedWidth } from './seedInput.ts';
import { activationsOf, runNetwork } from './sigmoidNetwork.ts';
import { type ScaleSettings, type SeedSamples, trainScales } from './trainScales.ts';

const inputs = seedWidth * seedHeight;
/** Bound against hostile files. */
const mostHidden = 4096;
/** Pictures between two checks for cancellation: some milliseconds. */
const picturesPerLook = 256;
/** Part of the progress for making the inputs. */
const inputShare = 0.05;

/**
 * Three scales as in the source, which leaves the rest open. This was the best of the rates 0.03, 0.06, 0.12 and 0.25
 * on 2,000 held back of 4,000 training digits.
 */
export const multiscaleSettings: ScaleSettings = { hidden: 64, scales: 3, rate: 0.06, sweeps: [60, 30, 20] };

const savedSettings = v.strictObject({
  hidden: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostHidden)),
});

/**
 * The kind. Scores are the outputs of the network's sigmoid units; where the minimum distance chooses another class
 * than the greatest output, the two are exchanged.
 */
export function multiscale(settings: ScaleSettings = multiscaleSettings): ClassifierKind {
  return systemKind({
    name: 'multiscale',
    description:
      'A network trained on 5x7 pixels, boosted to 10x14 and 20x28; minimum distance selects (Ganapathy and Liew 2008).',
    published: {
      text: 'at least 85 % on 36 classes, 26 capitals and 10 digits, 360 characters of ten styles',
      source:
        'Ganapathy and Liew, Handwritten character recognition using multiscale neural network training technique, 2008',
    },
    scores: 'output',
    settings,
    modules: [import.meta.url],
    learn(samples, { seed, progress }) {
      const seeds = seedSamples(samples, (share) => progress(inputShare * share));
      const network = trainScales(seeds, settings, seed, (share) => progress(inputShare + (1 - inputShare) * share));
      const { means, limits } = classDistances(seeds.rows, seeds.targets, seeds.classes);
      const { hidden, outputs } = network;
      return {
        settings: { hidden },
        tensors: [
          tensorOf('inputWeights', network.inputWeights, [inputs, hidden]),
          tensorOf('hiddenBias', network.hiddenBias),
          tensorOf('outputWeights', network.outputWeights, [outputs, hidden]),
          tensorOf('outputBias', network.outputBias),
          tensorOf('means', means, [outputs, inputs]),
          tensorOf('limits', limits),
        ],
      };
    },
    open(saved) {
      const { hidden } = saved.settings(savedSettings);
      const { classes: outputs, pixels } = saved;
      const read = (part: string, ...shape: readonly number[]): Float32Array =>
        saved.tensor(part, 'float32', shape).data;
      const network = {
        ...{ inputs, hidden, outputs },
        inputWeights: read('inputWeights', inputs, hidden),
        hiddenBias: read('hiddenBias', hidden),
        outputWeights: read('outputWeights', outputs, hidden),
        outputBias: read('outputBias', outputs),
      };
      const distances = { means: read('means', outputs, inputs), limits: read('limits', outputs) };
      return {
        rejects: true,
        read(images, scores, rejected) {
          const rows = seedRows(images, [...Array(images.length / pixels).keys()], saved.saved);
          const activations = activationsOf(network);
          for (let row = 0; row < rejected.length; row++) {
            runNetwork(network, rows, row, activations);
            const answers = activations.outputs;
            const { target, rejected: refused } = choose(answers, distances, rows, row);
            const own = scores.subarray(row * outputs, (row + 1) * outputs);
            own.set(answers);
            const greatest = answers.indexOf(Math.max(...answers));
            own[greatest] = answers[target]!;
            own[target] = answers[greatest]!;
            rejected[row] = refused ? 1 : 0;
          }
        },
      };
    },
  });
}

/** Samples as inputs of 20x28. */
export function seedSamples(samples: Samples, progress: (share: number) => void = () => {}): SeedSamples {
  const { dataset, indices } = viewOf(samples);
  const rows = seedRows(dataset.images, indices, dataset, progress);
  return { count: indices.length, classes: dataset.labels.length, rows, targets: targetsOf(samples) };
}

function seedRows(
  images: Uint8Array,
  indices: ArrayLike<number>,
  { width, height }: Pick<Classifier, 'width' | 'height'>,
  progress: (share: number) => void = () => {},
): Float32Array {
  const rows = new Float32Array(indices.length * inputs);
  for (let row = 0; row < indices.length; row++) {
    if (row % picturesPerLook === 0) progress(row / indices.length);
    const from = indices[row]! * width * height;
    const pixels = images.subarray(from, from + width * height);
    seedInput({ width, height, pixels }, rows.subarray(row * inputs, (row + 1) * inputs));
  }
  return rows;
}
