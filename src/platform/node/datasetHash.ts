// The fingerprint of a data set for model cards: which pixels and labels a network was trained or measured on.
import { createHash } from 'node:crypto';
import type { Dataset } from '../../learn/index.ts';

/**
 * SHA-256 of a data set's size, class texts, pixels and targets, in hexadecimal.
 *
 * The name is left out: the same samples under another path have the same hash. Order counts. Targets are hashed as
 * little-endian 16-bit numbers on every machine.
 */
export function datasetHash(dataset: Dataset): string {
  const { width, height, count, labels, images, targets } = dataset;
  const littleEndian = new Uint8Array(2 * count);
  for (let i = 0; i < count; i++) {
    littleEndian[2 * i] = targets[i]! & 0xff;
    littleEndian[2 * i + 1] = targets[i]! >> 8;
  }
  return createHash('sha256')
    .update(`${JSON.stringify({ width, height, count, labels })}\n`)
    .update(images)
    .update(littleEndian)
    .digest('hex');
}
