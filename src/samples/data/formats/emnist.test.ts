import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError, UsageError } from '../../../core/floor.ts';
import {
  type EmnistSplit,
  emnistFileNames,
  emnistNamed,
  emnistSplits,
  readEmnistTargets,
  transposePictures,
} from './emnist.ts';
import { formatIdx } from './idx.ts';

describe('the divisions of EMNIST', () => {
  // As Cohen, Afshar, Tapson and van Schaik 2017 count them; letters as in the published files.
  it.each<[EmnistSplit, number, number, number]>([
    ['byclass', 62, 697_932, 116_323],
    ['bymerge', 47, 697_932, 116_323],
    ['balanced', 47, 112_800, 18_800],
    ['letters', 26, 124_800, 20_800],
    ['digits', 10, 240_000, 40_000],
    ['mnist', 10, 60_000, 10_000],
  ])('%s has %i classes', (split, classes, train, test) => {
    expect(emnistSplits[split].classes).toHaveLength(classes);
    expect(new Set(emnistSplits[split].classes).size).toBe(classes);
    expect(emnistSplits[split].counts).toEqual({ train, test });
  });

  it('have every letter in one class or the other', () => {
    const every = emnistSplits.byclass.classes;
    for (const split of ['bymerge', 'balanced'] as const) {
      const { classes, merged } = emnistSplits[split];
      expect([...classes, ...merged.map((letter) => letter.toLowerCase())].sort()).toEqual([...every].sort());
    }
    const { classes, merged, firstLabel } = emnistSplits.letters;
    expect([...classes, ...merged.map((letter) => letter.toLowerCase())].sort()).toEqual([...every.slice(10)].sort());
    expect(firstLabel).toBe(1);
    // The small letters with a class of their own follow the capitals.
    expect([36, 37, 38, 46].map((label) => emnistSplits.balanced.classes[label])).toEqual(['a', 'b', 'd', 't']);
  });
});

describe('emnistNamed', () => {
  it('takes names of divisions and parts, and leaves all else alone', () => {
    expect(emnistNamed('emnist-balanced:train')).toEqual({ split: 'balanced', part: 'train' });
    expect(emnistNamed('emnist-byclass:test')).toEqual({ split: 'byclass', part: 'test' });
    for (const other of ['mnist:train', 'emnist', 'emnist-balanced', 'data/emnist-mnist:x.idx3', 'emnist-a/b:c']) {
      expect(emnistNamed(other)).toBeUndefined();
    }
    expect(emnistFileNames('letters', 'test').images).toBe('emnist-letters-test-images-idx3-ubyte.gz');
  });

  it.each([
    'emnist:train',
    'emnist-balance:train',
    'emnist-balanced:validation',
    'emnist-toString:train',
    'emnist-mnist:',
  ])('refuses %s with what there is', (name) => {
    expect(() => emnistNamed(name)).toThrow(UsageError);
    expect(() => emnistNamed(name)).toThrow('one of byclass, bymerge, balanced, letters, digits, mnist');
  });
});

describe('transposePictures', () => {
  it('exchanges rows and columns of each picture', () => {
    const pictures = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90);
    transposePictures(pictures, 3);
    expect([...pictures]).toEqual([1, 4, 7, 2, 5, 8, 3, 6, 9, 10, 40, 70, 20, 50, 80, 30, 60, 90]);
  });

  it('is undone by doing it again, and leaves a rest of a picture alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.uint8Array({ maxLength: 120 }), (side, bytes) => {
        const pictures = bytes.slice();
        transposePictures(pictures, side);
        const whole = bytes.length - (bytes.length % side ** 2);
        expect(pictures.subarray(whole)).toEqual(bytes.subarray(whole));
        for (let at = 0; at < whole; at += side ** 2) {
          const pixel = (picture: Uint8Array, row: number, column: number) => picture[at + row * side + column];
          for (let i = 0; i < side; i++) {
            for (let j = 0; j < side; j++) expect(pixel(pictures, i, j)).toBe(pixel(bytes, j, i));
          }
        }
        transposePictures(pictures, side);
        expect(pictures).toEqual(bytes);
      }),
    );
  });
});

describe('readEmnistTargets', () => {
  const file = (labels: Uint8Array) => formatIdx({ type: 'uint8', shape: [labels.length], data: labels });
  const letters = Uint8Array.from({ length: 20_800 }, (_, sample) => 1 + (sample % 26));

  it('counts classes from 0 where the file counts from 1', () => {
    const targets = readEmnistTargets(file(letters), 'letters', 'test', 'l');
    expect([...targets.subarray(0, 27)]).toEqual([...Array.from({ length: 26 }, (_, index) => index), 0]);
  });

  it('refuses labels that the division does not have, and another count', () => {
    const wrong = (label: number) => () => readEmnistTargets(file(letters.with(7, label)), 'letters', 'test', 'l');
    expect(wrong(0)).toThrow(FormatError);
    expect(wrong(0)).toThrow('l: label of sample 7: expected 1 to 26, received 0');
    expect(wrong(27)).toThrow('expected 1 to 26, received 27');
    expect(() => readEmnistTargets(file(letters.subarray(1)), 'letters', 'test', 'l')).toThrow(
      'l: reading labels of emnist-letters:test: expected 20800, received 20799',
    );
    expect(() => readEmnistTargets(file(letters).subarray(1), 'letters', 'test', 'l')).toThrow(FormatError);
  });
});
