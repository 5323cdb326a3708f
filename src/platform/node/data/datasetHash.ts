// The fingerprint of a data set for model cards. It identifies the pixels and labels a network was trained or measured
// on.
import { createHash } from 'node:crypto';
import { countOf, type Samples, targetsOf, viewOf } from '../../../samples/floor.ts';

/** Bytes hashed at a time: OpenSSL takes at most 2 GiB at once. */
const pieceBytes = 2 ** 30;

/**
 * SHA-256 of size, class texts, pixels and targets, in hexadecimal.
 *
 * The name is left out: the same samples under another path have the same hash, and a view has that of its copy. Order
 * counts. Targets are hashed as little-endian 16-bit numbers on every machine.
 *
 * @example
 * ```ts
 * import { datasetHash, openDataset } from 'ductus/node';
 *
 * console.log(datasetHash(await openDataset('mnist:test')).length); // 64
 * ```
 */
export function datasetHash(samples: Samples): string {
  const dataset = 'indices' in samples ? samples.dataset : samples;
  const { width, height, labels, images } = dataset;
  const count = countOf(samples);
  const hash = createHash('sha256').update(`${JSON.stringify({ width, height, count, labels })}\n`);
  if ('indices' in samples) {
    const pixels = width * height;
    for (const index of viewOf(samples).indices) hash.update(images.subarray(index * pixels, (index + 1) * pixels));
  } else {
    for (let from = 0; from < images.length; from += pieceBytes) hash.update(images.subarray(from, from + pieceBytes));
  }
  const littleEndian = new Uint8Array(2 * count);
  targetsOf(samples).forEach((target, position) => {
    littleEndian[2 * position] = target & 0xff;
    littleEndian[2 * position + 1] = target >> 8;
  });
  return hash.update(littleEndian).digest('hex');
}
