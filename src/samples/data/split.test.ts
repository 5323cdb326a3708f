import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../core/floor.ts';
import type { Dataset } from './dataset.ts';
import { classCounts, subset } from './datasetView.ts';
import { limitSamples, splitSamples } from './split.ts';

const withTargets = (targets: number[], classes: number): Dataset => ({
  name: 'made',
  labels: Array.from({ length: classes }, (_, c) => `${c}`),
  width: 1,
  height: 1,
  count: targets.length,
  images: Uint8Array.from(targets, (_, i) => i),
  targets: Uint16Array.from(targets),
});
const anyDataset = fc
  .integer({ min: 1, max: 6 })
  .chain((classes) =>
    fc.array(fc.nat(classes - 1), { minLength: 1, maxLength: 120 }).map((targets) => withTargets(targets, classes)),
  );
const ofSizes = (...sizes: number[]) =>
  withTargets(
    sizes.flatMap((size, c) => new Array<number>(size).fill(c)),
    sizes.length,
  );

describe('splitSamples', () => {
  it('puts every sample on exactly one side, in order, the same way each time', () => {
    fc.assert(
      fc.property(anyDataset, fc.double({ min: 0, max: 0.99, noNaN: true }), fc.nat(), (dataset, validation, seed) => {
        const split = splitSamples(dataset, { validation, seed });
        const [train, held] = [[...split.train.indices], [...split.validation.indices]];
        expect([...train, ...held].sort((l, r) => l - r)).toEqual(Array.from({ length: dataset.count }, (_, i) => i));
        expect(train).toEqual([...train].sort((l, r) => l - r));
        expect(held).toEqual([...held].sort((l, r) => l - r));
        expect(splitSamples(dataset, { validation, seed })).toEqual(split);
      }),
    );
  });

  it('is exact in total and fair to each class, and leaves none without a side', () => {
    fc.assert(
      fc.property(anyDataset, fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(), (dataset, share, seed) => {
        const sizes = classCounts(dataset);
        const held = classCounts(splitSamples(dataset, { validation: share, seed }).validation);
        const least = sizes.filter((size) => size >= 2).length;
        const most = sizes.reduce((sum, size) => sum + Math.max(0, size - 1), 0);
        const wanted = Math.round(share * dataset.count);
        expect(held.reduce((sum, size) => sum + size, 0)).toBe(Math.min(Math.max(wanted, least), most));
        sizes.forEach((size, c) => {
          if (size >= 2) expect(held[c]).toBeGreaterThanOrEqual(1);
          expect(held[c]).toBeLessThanOrEqual(Math.max(0, size - 1));
        });
      }),
    );
  });

  it('rounds by the largest remainder', () => {
    // Quotas 4.5, 3.3, 2.2 of a total of 10: the class with the largest remainder gets the missing one.
    const split = splitSamples(ofSizes(45, 33, 22), { validation: 0.1, seed: 1 });
    expect(classCounts(split.validation)).toEqual([5, 3, 2]);
  });

  it('holds back nothing for a share of 0', () => {
    expect(splitSamples(ofSizes(3, 3), { validation: 0, seed: 1 }).validation.indices).toHaveLength(0);
  });

  it('holds back what stands last in each class, by order, whatever the seed', () => {
    // Two classes, interleaved: 0 1 0 1 ... and six more of class 0.
    const made = withTargets([0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0], 2);
    const { train, validation } = splitSamples(made, { validation: 4 / 14, seed: 1, by: 'order' });
    expect([...validation.indices]).toEqual([7, 11, 12, 13]);
    expect([...train.indices]).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9, 10]);
    expect(splitSamples(made, { validation: 4 / 14, seed: 2, by: 'order' }).validation).toEqual(validation);
  });

  it('draws another part for another seed', () => {
    const dataset = ofSizes(100, 100);
    const of = (seed: number) => [...splitSamples(dataset, { validation: 0.5, seed }).validation.indices];
    expect(of(1)).not.toEqual(of(2));
    // Not simply the first of each class either.
    expect(of(1)).not.toEqual([...Array(50).keys(), ...Array.from({ length: 50 }, (_, i) => 100 + i)]);
  });

  it('divides a view into positions of the data set behind it', () => {
    const view = subset(ofSizes(5, 5), [9, 8, 1, 0]);
    const { train, validation } = splitSamples(view, { validation: 0.5, seed: 3 });
    expect([...train.indices, ...validation.indices].sort()).toEqual([0, 1, 8, 9]);
    expect(classCounts(validation)).toEqual([1, 1]);
  });

  it.each([-0.1, 1, Number.NaN])('refuses the share %d', (validation) => {
    expect(() => splitSamples(ofSizes(2), { validation, seed: 0 })).toThrow(UsageError);
  });
});

describe('limitSamples', () => {
  it('keeps the asked number in the proportions of the classes', () => {
    const limited = limitSamples(ofSizes(60, 30, 10), 10, 7);
    expect(classCounts(limited)).toEqual([6, 3, 1]);
    expect([...limited.indices]).toEqual([...limited.indices].sort((l, r) => l - r));
    expect(limitSamples(ofSizes(60, 30, 10), 10, 7)).toEqual(limited);
  });

  it('returns all where there are fewer', () => {
    expect(limitSamples(ofSizes(2, 1), 1000, 0).indices).toHaveLength(3);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses the number %d', (count) => {
    expect(() => limitSamples(ofSizes(2), count, 0)).toThrow(UsageError);
  });
});
