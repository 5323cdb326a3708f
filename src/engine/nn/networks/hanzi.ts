// Networks for Chinese characters in 48 x 48 pixels: the 15 layers of Chen et al. (2015) in two widths, and a compact
// one for a page.
import type { NetworkConfig } from '../config.ts';
import { fifteenLayers } from './chen15.ts';
import { convBlock } from './convBlock.ts';

/**
 * Fifteen layers for a hundred characters. Batch normalisation is not in the paper, and the paper leaves the widths
 * open: few filters where the picture is large, since a filter costs 64 times as much before the poolings as after
 * them. Two hidden dense layers without normalisation on all 6 x 6 pixels learned slowly (60 % of the held-back part of
 * `casia100` right after two epochs). Two normalised ones on the mean of 2 x 2 pixels were faster (92 %), a single one
 * fastest (93 %). The paper leaves the dropout rates open.
 */
export const hanzi15: NetworkConfig = fifteenLayers({
  name: 'hanzi15',
  side: 48,
  classes: 105,
  widths: [16, 48, 96, 160],
  units: [384],
  dropout: 0.3,
  poolingDropout: [0, 0.1, 0.2],
  initializer: 'heNormal',
  normalised: true,
  supervision: 0.3,
});

/**
 * Fifteen layers for the 3,755 characters of GB 2312's first level; the paper leaves the widths open, as for
 * {@link hanzi15}.
 */
export const hanzi15wide: NetworkConfig = fifteenLayers({
  name: 'hanzi15wide',
  side: 48,
  classes: 3755,
  widths: [32, 64, 128, 192],
  units: [512],
  dropout: 0.3,
  poolingDropout: [0, 0.1, 0.2],
  initializer: 'heNormal',
  normalised: true,
  supervision: 0.3,
});

/**
 * Learns from {@link hanzi15}'s committee, for a page: seven convolutions, then means over nine regions per filter
 * instead of one over all, since the positions of parts distinguish characters. Under 1 MB with weights of 16 bits.
 * With 3,755 classes under 2 MB, since a class costs only the 128 weights after the hidden layer (width without a
 * source).
 */
export const hanziSlim: NetworkConfig = {
  name: 'hanziSlim',
  description: 'Compact network for Chinese characters: seven 3x3 convolutions, pooled to 3x3 places (ours).',
  input: [1, 48, 48],
  layers: [
    ...convBlock(16, 'same'),
    { type: 'maxPool2d', size: [2, 2] },
    ...convBlock(32, 'same'),
    ...convBlock(32, 'same'),
    { type: 'maxPool2d', size: [2, 2] },
    ...convBlock(64, 'same'),
    ...convBlock(64, 'same'),
    { type: 'maxPool2d', size: [2, 2] },
    ...convBlock(128, 'same'),
    ...convBlock(128, 'same'),
    { type: 'averagePool2d', size: [2, 2] },
    { type: 'flatten' },
    { type: 'dense', units: 128, bias: false, initializer: 'heNormal' },
    { type: 'batchNorm', activation: 'relu' },
    { type: 'dense', units: 105 },
  ],
};
