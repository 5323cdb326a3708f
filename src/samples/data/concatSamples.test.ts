import { describe, expect, it } from 'vitest';
import { FormatError, UsageError } from '../../core/floor.ts';
import { concatSamples, matchLabels, relabel } from './concatSamples.ts';
import type { Dataset } from './dataset.ts';
import { classCounts, materialize, subset, targetsOf } from './datasetView.ts';

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
  it('copies nothing where there is one set', () => {
    expect(concatSamples([letters])).toBe(letters);
    expect(concatSamples([letters], { name: 'other' }).images).toBe(letters.images);
    // Its classes have other numbers in another order.
    expect([...concatSamples([digits], { labels: ['0', '1'] }).targets]).toEqual([1, 0]);
  });

  it('puts the pixels where it is told', () => {
    const memory = new SharedArrayBuffer(6);
    const whole = concatSamples([letters, subset(letters, [])], { allocate: () => new Uint8Array(memory) });
    expect(whole.images.buffer).toBe(memory);
    expect([...whole.images]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('numbers writers anew: those of one set stay one, others are others, unknown ones unknown', () => {
    const by = (name: string, writers: number[], writerSet?: string): Dataset => ({
      ...made(name, ['a'], new Array(writers.length).fill(0), 0),
      writers: Uint16Array.from(writers),
      ...(writerSet !== undefined && { writerSet }),
    });
    const whole = concatSamples([
      by('one:train', [7, 7, 0], 'one'),
      by('one:test', [7, 9], 'one'),
      by('two', [7]),
      by('three', [7]),
      letters,
    ]);
    expect([...whole.writers!]).toEqual([1, 1, 0, 1, 2, 3, 4, 0, 0, 0]);
    expect(whole.writerSet).toBeUndefined();
    expect(concatSamples([letters, digits]).writers).toBeUndefined();
    const many = Array.from({ length: 40_000 }, (_, index) => index + 1);
    expect(() => concatSamples([by('one', many), by('two', many)])).toThrow(
      'expected at most 65535 writers, received 80000',
    );
  });

  it('keeps strokes where all parts have them', () => {
    const drawn = { ...digits, inks: [{ strokes: [[{ x: 0, y: 0 }]] }, { strokes: [[{ x: 1, y: 1 }]] }] };
    expect(concatSamples([subset(drawn, [1]), drawn]).inks).toEqual([drawn.inks[1], drawn.inks[0], drawn.inks[1]]);
    expect(concatSamples([drawn, letters]).inks).toBeUndefined();
  });

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
    expect([...whole.images]).toEqual([100, 101, 102, 103, 100, 101, 102, 103]);
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

describe('matchLabels', () => {
  it('gives samples the numbers of other texts, in any order, and refuses classes that are not among them', () => {
    const matched = matchLabels(digits, ['x', '0', '1']);
    expect([...targetsOf(matched)]).toEqual([2, 1]);
    expect(classCounts(matched)).toEqual([0, 1, 1]);
    expect(materialize(matched).images).toEqual(digits.images);
    expect(matchLabels(digits, ['1', '0'])).toBe(digits);
    expect(() => matchLabels(letters, ['A', 'B'])).toThrow(UsageError);
    expect(() => matchLabels(letters, ['A', 'B'])).toThrow(
      'letters: expected samples of the classes A B, received also a',
    );
    // A class without samples does not matter.
    expect([...targetsOf(matchLabels(subset(letters, [1, 2]), ['B', 'A']))]).toEqual([0, 1]);
  });
});
