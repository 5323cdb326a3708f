import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../core/floor.ts';
import { BatchLoader } from './batchLoader.ts';
import type { Dataset } from './dataset.ts';
import { subset } from './datasetView.ts';

const ofSizes = (...sizes: number[]): Dataset => {
  const targets = Uint16Array.from(sizes.flatMap((size, c) => new Array<number>(size).fill(c)));
  return {
    name: 'uneven',
    labels: sizes.map((_, c) => `${c}`),
    width: 1,
    height: 1,
    count: targets.length,
    images: Uint8Array.from(targets, (_, i) => i),
    targets,
  };
};
const balanced = (dataset: Dataset, seed = 1) => new BatchLoader(dataset, { batchSize: 8, seed, balanced: true });
const times = (values: Iterable<number>): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

describe('balanced epochs', () => {
  it('have as many samples as the data, every class and every sample of a class equally often, give or take one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }).filter((sizes) => sizes.some((size) => size > 0)),
        fc.nat(),
        fc.nat(20),
        (sizes, seed, epoch) => {
          const dataset = ofSizes(...sizes);
          const order = balanced(dataset, seed).order(epoch);
          expect(order).toHaveLength(dataset.count);
          const classes = [...times([...order].map((index) => dataset.targets[index]!)).values()];
          expect(classes).toHaveLength(Math.min(dataset.count, sizes.filter((size) => size > 0).length));
          expect(Math.max(...classes) - Math.min(...classes)).toBeLessThanOrEqual(1);
          const drawn = times(order);
          sizes.forEach((size, c) => {
            const own = [...dataset.targets.keys()].filter((index) => dataset.targets[index] === c);
            const counts = own.map((index) => drawn.get(index) ?? 0);
            if (size > 0) expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          });
          expect(balanced(dataset, seed).order(epoch)).toEqual(order);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('differ by epoch and seed, and come to every sample of a large class in time', () => {
    const dataset = ofSizes(60, 4);
    const loader = balanced(dataset);
    expect(loader.order(0)).not.toEqual(loader.order(1));
    expect(loader.order(0)).not.toEqual(balanced(dataset, 2).order(0));
    const seen = new Set(Array.from({ length: 12 }, (_, epoch) => [...loader.order(epoch)]).flat());
    expect(seen.size).toBe(64);
  });

  it('are mixed, not class by class', () => {
    const dataset = ofSizes(100, 100);
    const first = [...balanced(dataset).order(0).subarray(0, 50)].filter(
      (index) => dataset.targets[index] === 0,
    ).length;
    expect(first).toBeGreaterThan(10);
    expect(first).toBeLessThan(40);
  });

  it('draw from a view its own samples alone', () => {
    const loader = new BatchLoader(subset(ofSizes(10, 10), [1, 2, 3, 15]), { batchSize: 3, seed: 1, balanced: true });
    const order = [...loader.order(0)];
    expect(order.filter((index) => index === 15)).toHaveLength(2);
    expect(order.every((index) => [1, 2, 3, 15].includes(index))).toBe(true);
  });

  it('are always shuffled', () => {
    expect(() => new BatchLoader(ofSizes(3), { batchSize: 1, seed: 1, shuffled: false, balanced: true })).toThrow(
      UsageError,
    );
  });

  it('take from each of several sets by the square root of what it has of a class', () => {
    // The sets have 100 and 4 samples of class 0, none and 25 of class 1; the first has 1 of class 2.
    const sizes = [
      [0, 0, 100],
      [0, 1, 4],
      [1, 1, 25],
      [2, 0, 1],
    ] as const;
    const kinds = sizes.flatMap(([target, set, size]) =>
      new Array<readonly [number, number]>(size).fill([target, set]),
    );
    const dataset: Dataset = {
      ...ofSizes(...new Array<number>(3).fill(0)),
      count: kinds.length,
      images: new Uint8Array(kinds.length),
      targets: Uint16Array.from(kinds, ([target]) => target),
      sets: Uint8Array.from(kinds, ([, set]) => set),
    };
    const order = (epoch: number) => new BatchLoader(dataset, { batchSize: 8, seed: 1, balanced: 'sets' }).order(epoch);
    expect(order(0)).toHaveLength(130);
    const drawn = times([...order(0)].map((index) => 10 * dataset.targets[index]! + dataset.sets![index]!));
    const counts = [drawn.get(0)!, drawn.get(1)!, drawn.get(11)!, drawn.get(20)!];
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(130);
    // 130 / 3 samples per class, shared as 10 to 2.
    for (const [index, expected] of [36.1, 7.2, 43.3, 43.3].entries()) {
      expect(Math.abs(counts[index]! - expected)).toBeLessThanOrEqual(1);
    }
    expect(order(0)).toEqual(order(0));
    // Every sample of the large set gets its turn.
    const seen = new Set(Array.from({ length: 12 }, (_, epoch) => [...order(epoch)]).flat());
    expect(seen.size).toBe(130);
  });
});
