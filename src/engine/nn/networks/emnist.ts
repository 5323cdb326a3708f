// The report's EMNIST network.
import type { NetworkConfig } from '../config.ts';

/**
 * 68,873 parameters. The strides 2, 2, 1 follow from the printed shapes 12x12, 5x5, 4x4. The report does not print
 * activation and dropout rates; ReLU and 0.2 are used here.
 */
export const emnist: NetworkConfig = {
  name: 'emnist',
  description:
    "The 2020 report's EMNIST network: three strided convolutions, 47 classes (activations and dropout rates ours).",
  input: [1, 28, 28],
  layers: [
    { type: 'conv2d', filters: 12, kernel: [5, 5], stride: [2, 2], activation: 'relu' },
    { type: 'dropout', rate: 0.2 },
    { type: 'conv2d', filters: 18, kernel: [3, 3], stride: [2, 2], activation: 'relu' },
    { type: 'dropout', rate: 0.2 },
    { type: 'conv2d', filters: 24, kernel: [2, 2], activation: 'relu' },
    { type: 'flatten' },
    { type: 'dense', units: 150, activation: 'relu' },
    { type: 'dense', units: 47 },
  ],
};
