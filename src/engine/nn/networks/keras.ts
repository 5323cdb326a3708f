// The report's MNIST network, as in its Keras code.
import type { NetworkConfig } from '../config.ts';

/** 3,274,634 parameters; the convolutions have no activation, as printed in the report. */
export const keras: NetworkConfig = {
  name: 'keras',
  description:
    "The 2020 report's Keras network for MNIST: two 5x5 convolutions without activation, 1,024 hidden units.",
  input: [1, 28, 28],
  layers: [
    { type: 'conv2d', filters: 32, kernel: [5, 5], padding: 'same' },
    { type: 'maxPool2d', size: [2, 2] },
    { type: 'conv2d', filters: 64, kernel: [5, 5], padding: 'same' },
    { type: 'maxPool2d', size: [2, 2] },
    { type: 'flatten' },
    { type: 'dense', units: 1024, activation: 'relu' },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 10 },
  ],
};
