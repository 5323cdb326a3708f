// The report's small first network, from which it develops the others.
import type { NetworkConfig } from '../config.ts';

/** The report only says "A few convolutions, one hidden layer" and leaves the widths open. */
export const small: NetworkConfig = {
  name: 'small',
  description: 'The small first network of the 2020 report: two convolutions, one hidden layer (widths ours).',
  input: [1, 28, 28],
  layers: [
    { type: 'conv2d', filters: 8, kernel: [5, 5], activation: 'relu' },
    { type: 'maxPool2d', size: [2, 2] },
    { type: 'conv2d', filters: 16, kernel: [5, 5], activation: 'relu' },
    { type: 'maxPool2d', size: [2, 2] },
    { type: 'flatten' },
    { type: 'dense', units: 64, activation: 'relu' },
    { type: 'dense', units: 10 },
  ],
};
