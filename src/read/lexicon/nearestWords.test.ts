import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EditCosts, editDistance, plainCosts, ShapeError, UsageError } from '../../core/floor.ts';
import { confusionCosts } from './editCosts.ts';
import { nearestWords } from './nearestWords.ts';

const labels = ['1', '4', '7', '9'];
/** Of each class: 90 right; 4 read as 9 often, 9 as 4 seldom, 7 as 1 sometimes. */
const confusion = [
  [90, 1, 1, 0],
  [0, 70, 0, 20],
  [8, 0, 82, 0],
  [0, 2, 1, 87],
];
const confused = confusionCosts({ labels, confusion });

/** Every way, by recursion: the plain definition. */
function slowDistance(written: readonly string[], read: readonly string[], costs: EditCosts): number {
  if (written.length === 0) return read.length * costs.insertion;
  if (read.length === 0) return written.length * costs.omission;
  return Math.min(
    costs.substitution(written[0]!, read[0]!) + slowDistance(written.slice(1), read.slice(1), costs),
    costs.omission + slowDistance(written.slice(1), read, costs),
    costs.insertion + slowDistance(written, read.slice(1), costs),
  );
}

const word = fc.string({ unit: fc.constantFrom('1', '4', '7', '9', 'x', '😀'), maxLength: 5 });

describe('editDistance', () => {
  it('is the least over all ways', () => {
    fc.assert(
      fc.property(word, word, fc.boolean(), (written, read, plain) => {
        const costs = plain ? plainCosts : confused;
        const expected = slowDistance(Array.from(written), Array.from(read), costs);
        expect(editDistance(written, read, costs)).toBeCloseTo(expected, 9);
      }),
      { numRuns: 150 },
    );
  });

  it('that is cut short is above the bound, and else as it is', () => {
    fc.assert(
      fc.property(word, word, fc.double({ min: 0, max: 20, noNaN: true }), (written, read, most) => {
        const whole = editDistance(written, read, confused);
        const bounded = editDistance(written, read, confused, most);
        if (whole <= most) expect(bounded).toBe(whole);
        else expect(bounded).toBeGreaterThan(most);
      }),
      { numRuns: 150 },
    );
  });

  it('by plain costs is that of Levenshtein', () => {
    expect(editDistance('kitten', 'sitting', plainCosts)).toBe(3);
    expect(editDistance('', 'abc', plainCosts)).toBe(3);
    expect(editDistance('abc', '', plainCosts)).toBe(3);
  });
});

describe('confusionCosts', () => {
  it('are the logarithms of smoothed shares, which sum to 1 for each class', () => {
    expect(confused.substitution('4', '9')).toBeCloseTo(-Math.log(20.5 / 92), 12);
    expect(confused.substitution('1', '9')).toBeCloseTo(-Math.log(0.5 / 94), 12);
    for (const written of labels) {
      const sum = labels.reduce((whole, read) => whole + Math.exp(-confused.substitution(written, read)), 0);
      expect(sum).toBeCloseTo(1, 12);
    }
    expect(confused.substitution('x', '4')).toBeCloseTo(Math.log(4), 12);
  });

  it('refuse counts that do not fit or are none, and probabilities out of range', () => {
    expect(() => confusionCosts({ labels, confusion: [[1, 2]] })).toThrow(ShapeError);
    expect(() => confusionCosts({ labels: [], confusion: [] })).toThrow(ShapeError);
    expect(() => confusionCosts({ labels: ['a'], confusion: [[-1]] })).toThrow(UsageError);
    expect(() => confusionCosts({ labels: ['a'], confusion: [[Number.NaN]] })).toThrow(/"a" read as "a"/);
    expect(() => confusionCosts({ labels, confusion }, { pseudocount: 0 })).toThrow(/pseudocount/);
    expect(() => confusionCosts({ labels, confusion }, { omission: 2 })).toThrow(/omission/);
    expect(() => confusionCosts({ labels, confusion }, { insertion: Number.NaN })).toThrow(/insertion/);
  });
});

describe('nearestWords', () => {
  it('takes 9 for a 4 sooner than for a 1, where plain distance cannot say', () => {
    const lexicon = ['711', '741', '777'];
    expect(nearestWords(lexicon, '791', confused).map((near) => near.word)).toEqual(['741']);
    expect(nearestWords(lexicon, '791', plainCosts).map((near) => near.word)).toEqual(['711']);
  });

  it('finds the same as sorting all words by their distance', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), word, fc.integer({ min: 1, max: 5 }), (lexicon, read, count) => {
        const all = lexicon
          .map((one) => ({ word: one, distance: editDistance(one, read, confused) }))
          .sort((one, other) => one.distance - other.distance);
        expect(nearestWords(lexicon, read, confused, count)).toEqual(all.slice(0, count));
      }),
      { numRuns: 100 },
    );
  });

  it('finds nothing in an empty lexicon, and refuses to look for nothing', () => {
    expect(nearestWords([], 'a', plainCosts)).toEqual([]);
    expect(() => nearestWords(['a'], 'a', plainCosts, 0)).toThrow(UsageError);
  });
});
