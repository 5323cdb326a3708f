// The fifty features of a character (Das, Prasad and Sanyal 2012): fourteen of the whole, and four in each of nine
// blocks.
import type { Picture } from '../../../picture/floor.ts';
import { bends, blocksPerSide, directions, gradientSums } from './gradientSums.ts';
import { normalizedCharacter } from './normalizedCharacter.ts';
import { projectionCount, projectionFeatures } from './projectionFeatures.ts';

/** Features of the whole character: 4 of gradients, 6 of projections, 4 of curvature. They come first. */
export const globalCount: number = directions + projectionCount + bends;
/** Blocks, row by row, and features of each. */
export const blockCount: number = blocksPerSide ** 2;
export const blockSize: number = directions;
/** All features. */
export const featureCount: number = globalCount + blockCount * blockSize;

/**
 * Features of one character.
 *
 * Features of gradients, curvature and blocks are square roots of a share of all gradients: that of a direction, of a
 * bend, or of a direction in a block. The root gives small and large shares a similar scatter. It is 0.8 points better
 * than shares on 2,000 held back of 5,000 training digits. Shares of all gradients are 1.7 points better than shares of
 * the block's.
 *
 * @param picture ink 255 on 0; only read.
 * @param features written at `offset`: `[gradient 4, projection 6, curvature 4, block 9 x direction 4]`; all 0 without
 * ink.
 */
export function characterFeatures(picture: Picture, features: Float32Array, offset: number): void {
  const ink = normalizedCharacter(picture);
  const sums = gradientSums(ink);
  const share = (value: number): number => (sums.all > 0 ? Math.sqrt(value / sums.all) : 0);
  for (let direction = 0; direction < directions; direction++) {
    let all = 0;
    for (let at = direction; at < sums.blocks.length; at += directions) all += sums.blocks[at]!;
    features[offset + direction] = share(all);
  }
  features.set(projectionFeatures(ink), offset + directions);
  features.set(sums.bends.map(share), offset + directions + projectionCount);
  features.set(sums.blocks.map(share), offset + globalCount);
}
