import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../core/floor.ts';
import type { Dataset } from './dataset.ts';
import { classCounts, subset, writersOf } from './datasetView.ts';
import { splitSamples } from './split.ts';

const writtenBy = (writers: readonly number[], targets: readonly number[]): Dataset => ({
  name: 'made',
  labels: Array.from({ length: Math.max(...targets) + 1 }, (_, c) => `${c}`),
  width: 1,
  height: 1,
  count: targets.length,
  images: new Uint8Array(targets.length),
  targets: Uint16Array.from(targets),
  writers: Uint16Array.from(writers),
});
/** `hands` people who each write every class `times` times. */
const even = (hands: number, classes: number, times: number): Dataset => {
  const count = hands * classes * times;
  const index = Array.from({ length: count }, (_, i) => i);
  return writtenBy(
    index.map((i) => 1 + Math.floor(i / (classes * times))),
    index.map((i) => i % classes),
  );
};
const anyDataset = fc.array(fc.tuple(fc.nat(6), fc.nat(4)), { minLength: 1, maxLength: 150 }).map((samples) =>
  writtenBy(
    samples.map(([writer]) => writer),
    samples.map(([, target]) => target),
  ),
);

describe('splitting by writer', () => {
  it('puts nobody on both sides and every sample on one, and takes no class from training', () => {
    fc.assert(
      fc.property(
        anyDataset,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.nat(),
        (dataset, validation, seed) => {
          const options = { validation, seed, by: 'writer' } as const;
          try {
            const { train, validation: held } = splitSamples(dataset, options);
            const known = [...writersOf(train)!].filter((writer) => writer !== 0);
            const others = new Set(writersOf(held));
            expect(known.filter((writer) => others.has(writer))).toEqual([]);
            expect(others.has(0)).toBe(false);
            expect(others.size).toBeGreaterThan(0);
            expect([...train.indices, ...held.indices].sort((l, r) => l - r)).toEqual([...Array(dataset.count).keys()]);
            const left = classCounts(train);
            classCounts(dataset).forEach((count, c) => {
              if (count > 0) expect(left[c]).toBeGreaterThan(0);
            });
            expect(splitSamples(dataset, options)).toEqual({ train, validation: held });
          } catch (error) {
            // No writer can be held back without the loss of a class.
            expect(error).toBeInstanceOf(UsageError);
            const targets = [...dataset.targets];
            for (const writer of new Set(dataset.writers)) {
              if (writer === 0) continue;
              const rest = targets.filter((_, i) => dataset.writers![i] !== writer);
              expect(new Set(rest).size).toBeLessThan(new Set(targets).size);
            }
          }
        },
      ),
    );
  });

  it('holds back about what is asked for, another part for another seed', () => {
    const dataset = even(40, 5, 2);
    const held = (seed: number) => [
      ...new Set(writersOf(splitSamples(dataset, { validation: 0.1, seed, by: 'writer' }).validation)),
    ];
    expect(held(1)).toHaveLength(4);
    expect(held(1)).not.toEqual(held(2));
    // One in a thousand is less than any writer's samples: one writer, not none.
    const { validation } = splitSamples(dataset, { validation: 0.001, seed: 1, by: 'writer' });
    expect(validation.indices).toHaveLength(10);
  });

  it('is not what happens unless asked for', () => {
    const dataset = even(10, 2, 1);
    const { writers, ...unknown } = dataset;
    const plain = splitSamples(dataset, { validation: 0.2, seed: 1 });
    expect([...plain.validation.indices]).toEqual([
      ...splitSamples(unknown, { validation: 0.2, seed: 1 }).validation.indices,
    ]);
    expect(splitSamples(dataset, { validation: 0, seed: 1, by: 'writer' }).validation.indices).toHaveLength(0);
  });

  it('divides a view by the writers of its samples', () => {
    const view = subset(even(4, 1, 5), [0, 5, 6, 10, 15]);
    const { train, validation } = splitSamples(view, { validation: 0.4, seed: 3, by: 'writer' });
    expect([...train.indices, ...validation.indices].sort((l, r) => l - r)).toEqual([0, 5, 6, 10, 15]);
    expect(validation.indices.length).toBe(2);
  });

  it('refuses data without writers, of one writer, or of one who alone wrote a class', () => {
    const options = { validation: 0.2, seed: 1, by: 'writer' } as const;
    const { writers, ...unknown } = even(2, 2, 2);
    expect(() => splitSamples(unknown, options)).toThrow(
      'made: splitting by writer: expected data that says who wrote it',
    );
    expect(() => splitSamples(even(1, 2, 2), options)).toThrow('received 1 of whom none can be spared');
    expect(() => splitSamples(writtenBy([1, 2], [0, 1]), options)).toThrow(UsageError);
  });
});
