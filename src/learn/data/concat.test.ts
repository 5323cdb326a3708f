import { describe, expect, it } from 'vitest';
import { FormatError, UsageError } from '../../core/index.ts';
import { concatSamples, relabel } from './concat.ts';
import type { Dataset } from './dataset.ts';
import { classCounts, materialize, subset, targetsOf } from './view.ts';

const made = (name: string, labels: string[], targets: number[], first: number): Dataset => ({
  name,
  labels,
  width: 1,
  height: 2,
  count: targets.length,
  images: Uint8Array.from({ length: 2 * targets.length }, (_, i) => first + i),
  targets: Uint16Array.from(targets),
});
const letters = made('letters', ['A', 'B', 'a'], [2, 1, 0], 0);
const digits = made('digits', ['1', '0'], [0, 1], 100);

describe('concatSamples', () => {
  it('joins classes by their texts', () => {
    const whole = concatSamples([letters, subset(digits, [1])]);
    expect(whole).toEqual({
      name: 'letters+digits',
      labels: ['0', '1', 'A', 'B', 'a'],
      width: 1,
      height: 2,
      count: 4,
      images: Uint8Array.of(0, 1, 2, 3, 4, 5, 102, 103),
      targets: Uint16Array.of(4, 3, 2, 0),
    });
  });

  it('keeps to labels that are given', () => {
    const whole = concatSamples([digits, digits], { name: 'twice', labels: ['x', '0', '1'] });
    expect(whole.name).toBe('twice');
    expect([...whole.targets]).toEqual([2, 1, 2, 1]);
    expect(() => concatSamples([letters, digits], { labels: ['0', '1', 'A'] })).toThrow(
      'joining data sets: expected classes of letters to be among 0 1 A, received B a',
    );
  });

  it('refuses nothing at all and pictures of different sizes', () => {
    expect(() => concatSamples([])).toThrow(UsageError);
    expect(() => concatSamples([letters, { ...digits, width: 2, height: 1 }])).toThrow(FormatError);
  });
});

describe('relabel', () => {
  it('merges classes and leaves out those without a text', () => {
    const merged = relabel(letters, (label) => label.toUpperCase());
    expect(merged.dataset.labels).toEqual(['A', 'B']);
    expect([...targetsOf(merged)]).toEqual([0, 1, 0]);
    expect(merged.dataset.images).toBe(letters.images);
    const some = relabel(letters, (label) => (label === 'B' ? undefined : label));
    expect(some.dataset.labels).toEqual(['A', 'a']);
    expect([...some.indices]).toEqual([0, 2]);
    expect(classCounts(some)).toEqual([1, 1]);
    expect([...materialize(some).images]).toEqual([0, 1, 4, 5]);
    expect(() => relabel(letters, () => undefined)).toThrow(UsageError);
  });
});
