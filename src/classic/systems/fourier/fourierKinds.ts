// Several classifiers on Fourier descriptors of the outline: the system that the report cites as Mehta's. No paper of
// that name was found; the steps follow the report's account. Nearest to it: A. Gupta, M. Srivastava and C. Mahanta,
// Offline handwritten character recognition using neural network, ICCAIE 2011.
import type { ClassifierHost, ClassifierKind } from '../../classifier.ts';
import { featureClassifier } from '../../parts/featureClassifier.ts';
import { randomForest } from '../forest/randomForest.ts';
import { nearestMean } from '../nearest/nearestMean.ts';
import { nearestNeighbours } from '../nearest/nearestNeighbours.ts';
import { networkClassifier } from '../networks/networkClassifier.ts';
import { anySize } from '../networks/networkDesigns.ts';
import { supportVectors } from '../supportVectors/supportVectors.ts';
import { type FourierSettings, fourierFeatures } from './fourierFeatures.ts';

/**
 * The 3 nearest neighbours among 2,000 training digits read these shares of 1,000 others with 6, 10 and 16 harmonics:
 * by magnitudes 71, 69 and 63 %, oriented 93, 89 and 74 %; thinned first, 1 to 6 points less. Higher harmonics are
 * mostly border noise.
 */
const magnitudes: FourierSettings = { descriptors: 'magnitudes', harmonics: 8, points: 64, thin: false };
const oriented: FourierSettings = { ...magnitudes, descriptors: 'oriented' };

const outline =
  "Fourier descriptors of the outline, the same however it is turned (the report's Mehta; Shridhar and Badreldin 1984)";

const modules = [import.meta.url];

/** The kinds, simplest first. */
export function fourierKinds(host: ClassifierHost): readonly ClassifierKind[] {
  const invariant = (name: string, how: string, inner: ClassifierKind): ClassifierKind =>
    featureClassifier({ name, description: `${outline}; ${how}.`, modules }, fourierFeatures(magnitudes), inner);
  return [
    invariant('fourier-nearest-mean', 'nearest class mean', nearestMean()),
    invariant('fourier-knn', '3 nearest neighbours', nearestNeighbours(host)),
    invariant('fourier-svm', 'support vectors', supportVectors(host, { cost: 10, width: 1 })),
    invariant('fourier-mlp', 'a network of one hidden layer', perceptron(host)),
    invariant('fourier-forest', 'a random forest', randomForest()),
    featureClassifier(
      {
        name: 'fourier-oriented-svm',
        description: 'As fourier-svm, but with the phases kept, so that a 6 is no 9 (ours).',
        modules,
      },
      fourierFeatures(oriented),
      supportVectors(host, { cost: 10, width: 1 }),
    ),
  ];
}

function perceptron(host: ClassifierHost): ClassifierKind {
  return networkClassifier(host, {
    name: 'multilayer-perceptron',
    description: 'One hidden layer of 64 units.',
    module: import.meta.url,
    network: anySize('multilayer-perceptron', 'One hidden layer of 64 units.', [
      { type: 'flatten' },
      { type: 'dense', units: 64, activation: 'relu' },
    ]),
    training: {
      epochs: 60,
      batch: 50,
      optimizer: { type: 'adam' },
      schedule: { type: 'oneCycle', rate: 0.02, warmup: 0.2 },
    },
  });
}
