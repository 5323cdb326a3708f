import { describe, expect, it } from 'vitest';
import { type Dataset, materialize, subset } from '../../../samples/floor.ts';
import { openDataset } from './data.ts';
import { datasetHash } from './datasetHash.ts';

const dataset: Dataset = {
  name: 'x',
  labels: ['a', 'b'],
  width: 1,
  height: 2,
  count: 3,
  images: Uint8Array.of(1, 2, 3, 4, 5, 6),
  targets: Uint16Array.of(0, 1, 0),
};

describe('datasetHash', () => {
  it('is that of the samples, not of the name or of how they are held', () => {
    const view = subset(dataset, [2, 0]);
    expect(datasetHash(view)).toBe(datasetHash(materialize(view, 'other name')));
    expect(datasetHash(view)).not.toBe(datasetHash(dataset));
    expect(datasetHash(subset(dataset, [0, 1, 2]))).toBe(datasetHash(dataset));
  });

  it.each<[string, Partial<Dataset>]>([
    ['a pixel', { images: Uint8Array.of(1, 2, 3, 4, 5, 7) }],
    ['a target', { targets: Uint16Array.of(0, 1, 1) }],
    ['the upper byte of a target', { targets: Uint16Array.of(0, 257, 0) }],
    ['a class text', { labels: ['a', 'c'] }],
    ['the extents', { width: 2, height: 1 }],
  ])('changes with %s', (_, change) => {
    expect(datasetHash({ ...dataset, ...change })).not.toBe(datasetHash(dataset));
  });

  it('has a known value for MNIST, the same on every machine', async () => {
    expect(datasetHash(await openDataset('mnist:test'))).toBe(
      '0767923379d62f5ca7b445acd9ff70c679bc0205dbbd5bd8ad3e3a7378eb15ca',
    );
  });
});
