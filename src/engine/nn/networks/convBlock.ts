// The building block of the compact networks.
import type { LayerConfig } from '../config.ts';

/** A 3x3 convolution without bias (batch normalisation shifts anyway), normalised and rectified. */
export function convBlock(filters: number, padding: 'same' | 'valid'): LayerConfig[] {
  return [
    { type: 'conv2d', filters, kernel: [3, 3], padding, bias: false, initializer: 'heNormal' },
    { type: 'batchNorm', activation: 'relu' },
  ];
}

/**
 * Six 3x3 convolutions in three pairs with pooling between, and a mean over the rest: pictures of 28 x 28 end as 3 x 3.
 *
 * @param widths filters of the six convolutions.
 * @param dropout rate before the last layer.
 */
export function threePairs(
  widths: readonly [number, number, number, number, number, number],
  dropout: number,
): LayerConfig[] {
  const [a, b, c, d, e, f] = widths;
  return [
    ...convBlock(a, 'valid'),
    ...convBlock(b, 'valid'),
    { type: 'maxPool2d', size: [2, 2] },
    ...convBlock(c, 'same'),
    ...convBlock(d, 'valid'),
    { type: 'maxPool2d', size: [2, 2] },
    ...convBlock(e, 'same'),
    ...convBlock(f, 'valid'),
    { type: 'globalAveragePool2d' },
    ...(dropout > 0 ? [{ type: 'dropout', rate: dropout } as const] : []),
    { type: 'dense', units: 10 },
  ];
}
