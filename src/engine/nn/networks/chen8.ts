// The 8-layer MNIST network of the framework of Chen, Wang, Fan, Sun and Naoi (2015).
import type { NetworkConfig } from '../config.ts';

/**
 * Read as In-Conv-MaxP-Conv-MaxP-Full-Full-Out: eight layers with the input, since the paper counts pooling as layers
 * and the report's paraphrase includes In. (The other reading, In-Conv-MaxP-Conv-MaxP-Conv-MaxP-Full-Out without the
 * input, needs a third pooling of 2 x 2, for which 28 x 28 pixels hardly suffice.) The paper leaves kernel sizes,
 * widths, ReLU and dropout rates open. Dropout sets a fixed number of neurons to 0, as in the report.
 */
export const chen8: NetworkConfig = {
  name: 'chen8',
  description: 'The 8-layer MNIST network of Chen et al. 2015 (kernels, widths and dropout rates ours).',
  input: [1, 28, 28],
  layers: [
    { type: 'conv2d', filters: 32, kernel: [5, 5], activation: 'relu', initializer: 'heNormal' },
    { type: 'maxPool2d', size: [2, 2] },
    { type: 'conv2d', filters: 64, kernel: [5, 5], activation: 'relu', initializer: 'heNormal' },
    { type: 'maxPool2d', size: [2, 2] },
    { type: 'flatten' },
    { type: 'dense', units: 256, activation: 'relu', initializer: 'heNormal' },
    { type: 'dropout', rate: 0.5, draw: 'exact' },
    { type: 'dense', units: 128, activation: 'relu', initializer: 'heNormal' },
    { type: 'dropout', rate: 0.5, draw: 'exact' },
    { type: 'dense', units: 10 },
  ],
};
