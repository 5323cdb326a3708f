// The networks among the compared systems: those that the report cites, the report's own, and today's. The sources give
// little beyond the kind of network. Where no comment names a source, they leave widths, optimiser and epochs open;
// none is tuned to a score.

import type { LayerConfig, NetworkConfig } from '../../../engine/floor.ts';
import { networkNamed, withClasses } from '../../../engine/floor.ts';
import { distortionNamed } from '../../../samples/floor.ts';
import type { NetworkDesign } from './networkClassifier.ts';

const module = import.meta.url;

/** A network for pictures of any size, by its layers before the last. */
export function anySize(
  name: string,
  description: string,
  layers: readonly LayerConfig[],
): (width: number, height: number, classes: number) => NetworkConfig {
  return (width, height, classes) => ({
    name,
    description,
    input: [1, height, width],
    layers: [...layers, { type: 'dense', units: classes }],
  });
}

/** A network that comes with Ductus: for pictures of 28 x 28. */
function shipped(name: string): NetworkDesign['network'] {
  return (_width, _height, classes) => withClasses(networkNamed(name), classes);
}

/** Adam, with a rate that rises and falls over the training. */
function adam(epochs: number, batch: number, rate: number): NetworkDesign['training'] {
  return { epochs, batch, optimizer: { type: 'adam' }, schedule: { type: 'oneCycle', rate, warmup: 0.2 } };
}

const oneHiddenLayer: NetworkDesign = {
  name: 'one-hidden-layer',
  description: 'An artificial neural network of one hidden layer, 512 units (Islam et al. 2017; width ours).',
  published: {
    text: '99.60 % on MNIST, 28,000 training and 14,000 test pictures',
    source:
      'Islam, Foysal, Neehal, Karim and Hossain, ICE2T 2017; recalled, not checked; others find 98.0 to 98.5 % for such networks',
  },
  module,
  network: anySize('one-hidden-layer', 'One hidden layer.', [
    { type: 'flatten' },
    { type: 'dense', units: 512, activation: 'relu' },
    { type: 'dropout', rate: 0.2 },
  ]),
  training: adam(12, 100, 0.003),
};

const deep: NetworkDesign = {
  name: 'deep-network',
  description:
    'A deep neural network, three hidden layers of 500 units (DNN of Abu Ghosh and Maghari 2017; layers ours).',
  published: {
    text: '98.08 %, the best of DNN, DBN and CNN',
    source:
      'Abu Ghosh and Maghari, A comparative study on handwriting digit recognition using neural networks, ICPET 2017; by its abstract',
  },
  module,
  network: anySize('deep-network', 'Three hidden layers.', [
    { type: 'flatten' },
    ...[1, 2, 3].flatMap((): LayerConfig[] => [
      { type: 'dense', units: 500, activation: 'relu', initializer: 'heNormal' },
      { type: 'dropout', rate: 0.2 },
    ]),
  ]),
  training: adam(12, 100, 0.002),
};

const minimalCnn: NetworkDesign = {
  name: 'minimal-cnn',
  description: 'A minimal CNN: one convolution, one pooling, one hidden layer (Teow 2017; filters and widths ours).',
  module,
  network: anySize('minimal-cnn', 'One convolution.', [
    { type: 'conv2d', filters: 20, kernel: [9, 9], activation: 'relu' },
    { type: 'averagePool2d', size: [2, 2] },
    { type: 'flatten' },
    { type: 'dense', units: 100, activation: 'relu' },
  ]),
  training: adam(6, 100, 0.003),
};

const cnn: NetworkDesign = {
  name: 'cnn',
  description:
    'A plain CNN: two convolutions with pooling, one hidden layer (Abu Ghosh and Maghari 2017; layers ours).',
  published: {
    text: 'below the 98.08 % of their DNN',
    source: 'Abu Ghosh and Maghari, ICPET 2017; by its abstract, which gives no figure for the CNN',
  },
  module,
  network: anySize('cnn', 'Two convolutions.', [
    { type: 'conv2d', filters: 8, kernel: [5, 5], activation: 'relu' },
    { type: 'maxPool2d', size: [2, 2] },
    { type: 'conv2d', filters: 16, kernel: [5, 5], activation: 'relu' },
    { type: 'maxPool2d', size: [2, 2] },
    { type: 'flatten' },
    { type: 'dense', units: 64, activation: 'relu' },
  ]),
  training: adam(8, 100, 0.004),
};

const report: NetworkDesign = {
  name: 'report-cnn',
  description:
    "The 2020 report's Keras network: two 5x5 convolutions without activation, 1,024 hidden units, Adam, batch 32.",
  published: {
    text: '98.82 % on MNIST after 10 epochs',
    source: "the report's own log; its abstract says 99.75 %",
  },
  module,
  network: shipped('keras'),
  // Keras's Adam at its default rate; a batch of 32 and 10 epochs as in the report.
  training: { epochs: 10, batch: 32, optimizer: { type: 'adam' }, schedule: { type: 'constant', rate: 0.001 } },
};

const today: NetworkDesign = {
  name: 'ductus',
  description:
    'The compact network of Ductus: six 3x3 convolutions, batch normalisation, distorted samples (recipe compact).',
  module,
  network: shipped('compact'),
  // The recipe compact, without its validation split.
  training: {
    epochs: 16,
    batch: 128,
    optimizer: { type: 'adamW', weightDecay: 0.02 },
    schedule: { type: 'oneCycle', rate: 0.005, warmup: 0.2 },
    average: { decay: 0.998 },
    distortion: { ...distortionNamed('digits').config, strength: [1, 0.5] },
  },
};

/** The networks that the report cites. */
export const citedDesigns: readonly NetworkDesign[] = [oneHiddenLayer, deep, minimalCnn, cnn];

/** The report's own, and today's. */
export const laterDesigns: readonly NetworkDesign[] = [report, today];
