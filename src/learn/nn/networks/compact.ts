// The compact modern network that the page ships.
import type { LayerConfig, NetworkConfig } from '../config.ts';

/** A 3x3 convolution without bias (batch normalisation shifts anyway), normalised and rectified. */
function block(filters: number, padding: 'same' | 'valid'): LayerConfig[] {
  return [
    { type: 'conv2d', filters, kernel: [3, 3], padding, bias: false, initializer: 'heNormal' },
    { type: 'batchNorm', activation: 'relu' },
  ];
}

/** Six 3x3 convolutions with batch normalisation and global pooling; small enough for any web page. */
export const compact: NetworkConfig = {
  name: 'compact',
  description:
    'Compact modern network: six bias-free 3x3 convolutions with batch normalisation, global average pooling.',
  input: [1, 28, 28],
  layers: [
    ...block(16, 'valid'),
    ...block(16, 'valid'),
    { type: 'maxPool2d', size: [2, 2] },
    ...block(32, 'same'),
    ...block(32, 'valid'),
    { type: 'maxPool2d', size: [2, 2] },
    ...block(64, 'same'),
    ...block(64, 'valid'),
    { type: 'globalAveragePool2d' },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 10 },
  ],
};
