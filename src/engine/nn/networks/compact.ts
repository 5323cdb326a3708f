// Compact modern networks: one architecture in five sizes.
import type { NetworkConfig } from '../config.ts';
import { threePairs } from './convBlock.ts';

/** Six 3x3 convolutions with batch normalisation and global pooling; small enough for any web page. */
export const compact: NetworkConfig = {
  name: 'compact',
  description:
    'Compact modern network: six bias-free 3x3 convolutions with batch normalisation, global average pooling.',
  input: [1, 28, 28],
  layers: threePairs([16, 16, 32, 32, 64, 64], 0.2),
};

/** The same with more filters: a member of a committee, and a teacher. */
export const wide: NetworkConfig = {
  name: 'wide',
  description: 'The compact network with 32 to 96 filters: for committees and as a teacher.',
  input: [1, 28, 28],
  layers: threePairs([32, 32, 64, 64, 96, 96], 0.3),
};

/**
 * The same with under 100,000 parameters for ten classes: learns from a committee that knows letters, small enough for
 * a page.
 */
export const medium: NetworkConfig = {
  name: 'medium',
  description: 'The compact network with about 100,000 parameters: to be taught letters by a committee.',
  input: [1, 28, 28],
  layers: threePairs([16, 24, 32, 48, 64, 80], 0),
};

/** The same with under 40,000 parameters: learns from the committee. */
export const slim: NetworkConfig = {
  name: 'slim',
  description: 'The compact network with under 40,000 parameters: to be taught by a committee.',
  input: [1, 28, 28],
  layers: threePairs([16, 16, 24, 32, 32, 48], 0),
};

/** The same with under 8,000 parameters. */
export const tiny: NetworkConfig = {
  name: 'tiny',
  description: 'The compact network with under 8,000 parameters.',
  input: [1, 28, 28],
  layers: threePairs([8, 10, 10, 14, 16, 16], 0),
};
