// A deep belief network: a stack of restricted Boltzmann machines, each trained without labels on the output of the one
// below. Then the whole is fine-tuned as a network with one more layer for the classes (Hinton and Salakhutdinov 2006).
import { type Samples, viewOf } from '../../../samples/floor.ts';
import type { ClassifierHost } from '../../classifier.ts';
import type { NetworkDesign } from '../networks/networkClassifier.ts';
import { anySize } from '../networks/networkDesigns.ts';
import { type BoltzmannTraining, hiddenRows, learnBoltzmannMachine, type Rows } from './boltzmannMachine.ts';

/** Hidden layers, and the training time of each machine. */
export interface DeepBeliefSettings {
  readonly hidden: readonly number[];
  /** Epochs of each machine. */
  readonly epochs: number;
  /** Epochs of the fine-tuning. */
  readonly tuning: number;
}

/** Rate, momentum, decay and batch of Hinton and Salakhutdinov's published code (2006). */
const training: Omit<BoltzmannTraining, 'epochs'> = {
  batch: 100,
  rate: 0.1,
  momentum: [0.5, 0.9],
  weightDecay: 0.0002,
};

/** A deep belief network. The compared source leaves the layers open: 500 and 500 are chosen here. */
export function deepBelief(
  settings: DeepBeliefSettings = { hidden: [500, 500], epochs: 10, tuning: 12 },
): NetworkDesign {
  const { hidden, epochs, tuning } = settings;
  return {
    name: 'deep-belief',
    description: `A deep belief network, ${hidden.join('-')} units taught by contrastive divergence, then fine-tuned (Hinton 2006; layers ours).`,
    published: {
      text: 'below the 98.08 % of their DNN; 98.8 % with 500-500-2000 units',
      source:
        'Abu Ghosh and Maghari, ICPET 2017, by its abstract; Hinton and Salakhutdinov, Science 313, 2006, recalled',
    },
    module: import.meta.url,
    network: anySize('deep-belief', 'Stacked Boltzmann machines, fine-tuned.', [
      { type: 'flatten' },
      ...hidden.map((units) => ({ type: 'dense', units, activation: 'sigmoid' }) as const),
    ]),
    training: {
      epochs: tuning,
      batch: 100,
      optimizer: { type: 'adam' },
      schedule: { type: 'oneCycle', rate: 0.003, warmup: 0.1 },
    },
    pretrain: {
      share: 0.5, // near what each half takes
      run: (samples, host, seed, progress) => stackedWeights(samples, host, { hidden, epochs, seed, progress }),
    },
  };
}

interface StackOptions {
  readonly hidden: readonly number[];
  readonly epochs: number;
  readonly seed: number;
  readonly progress: (share: number) => void;
}

/** Weights of the hidden layers, under the names of the network's layers. */
async function stackedWeights(
  samples: Samples,
  host: ClassifierHost,
  { hidden, epochs, seed, progress }: StackOptions,
): Promise<Map<string, Float32Array>> {
  const engine = await host.engine();
  const weights = new Map<string, Float32Array>();
  let rows = greyRows(samples);
  for (const [index, units] of hidden.entries()) {
    const machine = await learnBoltzmannMachine(
      engine,
      rows,
      units,
      { ...training, epochs },
      {
        seed,
        key: `machine ${index}`,
        onStep: (share) => progress((index + share) / hidden.length),
      },
    );
    weights.set(`dense_${index + 1}/kernel`, machine.weights);
    weights.set(`dense_${index + 1}/bias`, machine.hiddenBias);
    if (index + 1 < hidden.length) rows = await hiddenRows(engine, machine, rows);
  }
  return weights;
}

/** Pixels as shares of full ink. */
function greyRows(samples: Samples): Rows {
  const { dataset, indices } = viewOf(samples);
  const width = dataset.width * dataset.height;
  const data = new Float32Array(indices.length * width);
  indices.forEach((index, row) => {
    for (let pixel = 0; pixel < width; pixel++) {
      data[row * width + pixel] = dataset.images[index * width + pixel]! / 255;
    }
  });
  return { count: indices.length, width, data };
}
