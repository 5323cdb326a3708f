import { describe, expect, it } from 'vitest';
import { UsageError } from '../../core/floor.ts';
import type { Dataset } from './dataset.ts';
import { classCounts, countOf, materialize, subset, targetsOf, viewOf, writersOf } from './datasetView.ts';
import { choosePictures, pictureAt, picturesOf } from './pictures.ts';

const dataset: Dataset = {
  name: 'five',
  labels: ['a', 'b', 'c'],
  width: 2,
  height: 1,
  count: 5,
  images: Uint8Array.of(0, 1, 10, 11, 20, 21, 30, 31, 40, 41),
  targets: Uint16Array.of(0, 1, 1, 0, 1),
};

describe('views', () => {
  it('choose samples without copying a pixel, also of a view', () => {
    const odd = subset(dataset, [4, 2, 0]);
    const first = subset(odd, [1, 1]);
    expect(odd.dataset).toBe(dataset);
    expect([...first.indices]).toEqual([2, 2]);
    expect([...targetsOf(odd)]).toEqual([1, 1, 0]);
    expect(countOf(odd)).toBe(3);
    expect(targetsOf(dataset)).toBe(dataset.targets);
    expect(viewOf(odd)).toBe(odd);
  });

  it('count the samples of every class, also of those without', () => {
    expect(classCounts(dataset)).toEqual([2, 3, 0]);
    expect(classCounts(subset(dataset, [1, 2]))).toEqual([0, 2, 0]);
  });

  it('become data sets of their own', () => {
    const copy = materialize(subset(dataset, [3, 1]), 'two');
    expect(copy).toEqual({
      ...dataset,
      name: 'two',
      count: 2,
      images: Uint8Array.of(30, 31, 10, 11),
      targets: Uint16Array.of(0, 1),
    });
    expect(copy.images.buffer).not.toBe(dataset.images.buffer);
  });

  it('take writers and strokes along', () => {
    const inks = Array.from(dataset.targets, (_, i) => ({ strokes: [[{ x: i, y: 0 }]] }));
    const known = { ...dataset, writers: Uint16Array.of(1, 2, 3, 0, 5), writerSet: 'five', inks };
    const copy = materialize(subset(known, [3, 1]));
    expect(copy.writers).toEqual(Uint16Array.of(0, 2));
    expect(copy.writerSet).toBe('five');
    expect(copy.inks).toEqual([inks[3], inks[1]]);
    expect(picturesOf(known)).toMatchObject({ writers: known.writers, writerSet: 'five', inks });
    expect(choosePictures(picturesOf(known), [4, 1])).toMatchObject({
      ...{ writers: Uint16Array.of(5, 2), inks: [inks[4], inks[1]], targets: Uint16Array.of(1, 1) },
      sources: ['five#4', 'five#1'],
    });
    expect(writersOf(subset(known, [4, 4]))).toEqual(Uint16Array.of(5, 5));
    expect(writersOf(dataset)).toBeUndefined();
  });

  it.each([[[5]], [[-1]], [[0.5]], [[Number.NaN]]])('refuse position %j', (positions) => {
    expect(() => subset(dataset, positions)).toThrow(UsageError);
    expect(() => subset(subset(dataset, [0]), [1])).toThrow('expected positions from 0 to 0, received 1');
  });

  it('give single pictures that share the pixels', () => {
    const { pictures, sources, targets } = picturesOf(dataset);
    expect(pictures[3]).toEqual({ width: 2, height: 1, pixels: Uint8Array.of(30, 31) });
    expect(pictureAt(dataset, 3).pixels.buffer).toBe(dataset.images.buffer);
    expect(sources[4]).toBe('five#4');
    expect(targets).toBe(dataset.targets);
  });
});
