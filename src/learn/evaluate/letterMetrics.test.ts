import { describe, expect, it } from 'vitest';
import { alphabets } from '../../core/floor.ts';
import { emnistSplits } from '../../samples/data/formats/emnist.ts';
import { knowsLetters, letterMetrics, mergedClassOf } from './letterMetrics.ts';
import { lookAlikes, lookAlikesOf } from './lookAlikes.ts';
import { metrics } from './metrics.ts';
import type { Predictions } from './predictions.ts';
import { wilsonInterval } from './statistics/wilsonInterval.ts';

const labels = ['0', 'A', 'C', 'O', 'a', 'c'];

/** Rows of true class, probabilities by class; one without is an empty answer. */
function predictionsOf(
  rows: readonly (readonly [truth: string, probabilities?: Readonly<Record<string, number>>])[],
  unknownLabels: readonly string[] = [],
): Predictions {
  const texts = [...labels, ...unknownLabels];
  return {
    ...{ labels, unknownLabels },
    targets: rows.map(([truth]) => texts.indexOf(truth)),
    probabilities: rows.flatMap(([, given = {}]) => labels.map((label) => given[label] ?? 0)),
    empty: rows.map(([, given]) => (given === undefined ? 1 : 0)),
  };
}

const of = (predictions: Predictions) => letterMetrics(predictions, metrics(predictions));

describe('lookAlikes', () => {
  it('divides the alphabet, and names every pair of cases that EMNIST merges', () => {
    const named = lookAlikes.flatMap(({ classes }) => classes);
    expect(new Set(named).size).toBe(named.length);
    for (const label of named) expect(alphabets.alphanumeric).toContain(label);
    for (const capital of emnistSplits.bymerge.merged) {
      // L alone is not: its small letter is grouped with the one.
      if (capital !== 'L') expect(lookAlikesOf(capital).classes).toContain(capital.toLowerCase());
    }
    expect(lookAlikesOf('l').classes).toEqual(['1', 'I', 'i', 'l']);
    expect(lookAlikesOf('A')).toEqual({ classes: ['A'] });
    expect(lookAlikesOf('大')).toEqual({ classes: ['大'] });
  });
});

describe('mergedClassOf', () => {
  it('makes the 62 classes the 47 of EMNIST', () => {
    const merged = [...new Set(alphabets.alphanumeric.map(mergedClassOf))];
    expect(merged).toHaveLength(47);
    expect(new Set(merged)).toEqual(new Set(emnistSplits.balanced.classes));
    expect(['c', 'a', '1', 'é'].map(mergedClassOf)).toEqual(['C', 'a', '1', 'é']);
  });
});

describe('letterMetrics', () => {
  it('counts a hand-worked example', () => {
    const letters = of(
      predictionsOf([
        ['A', { A: 0.9, a: 0.1 }],
        ['A', { a: 0.6, A: 0.4 }],
        ['C', { c: 0.5, C: 0.3, '0': 0.2 }],
        ['O', { '0': 0.5, c: 0.3, O: 0.2 }],
        ['0', { c: 0.5, O: 0.3, C: 0.2 }],
        ['c'],
      ]),
    );
    expect(letters.top[1]).toEqual({ right: 1, count: 6, share: 1 / 6, interval95: wilsonInterval(1, 6) });
    expect(letters.top[2].right).toBe(3);
    expect(letters.top[3].right).toBe(4);
    // A 1/2, C 0, O 0, 0 0, c 0; a has no picture.
    expect(letters.macro.classes).toBe(5);
    expect(letters.macro.share).toBeCloseTo(0.1, 12);
    expect(letters.macro.standardError).toBeCloseTo(Math.sqrt(0.25 / 2) / 5, 12);
    // Both A, and C; 0 is no O.
    expect(letters.caseFolded.right).toBe(3);
    // A once (a is not A there), and C with c.
    expect(letters.merged.right).toBe(2);
    const { interval95, forgiven, ...ambiguity } = letters.ambiguity;
    expect(ambiguity).toEqual({ errors: 5, within: 2, share: 0.4 });
    expect(interval95).toEqual(wilsonInterval(2, 5));
    expect(forgiven.right).toBe(3);
    expect(letters.groups.map(({ classes, reason: _, ...counts }) => ({ group: classes.join(''), ...counts }))).toEqual(
      [
        { group: '0O', count: 2, right: 0, within: 1, elsewhere: 1, empty: 0 },
        { group: 'A', count: 2, right: 1, within: 0, elsewhere: 1, empty: 0 },
        { group: 'Cc', count: 2, right: 0, within: 1, elsewhere: 0, empty: 1 },
        { group: 'a', count: 0, right: 0, within: 0, elsewhere: 0, empty: 0 },
      ],
    );
    expect(letters.confusion).toEqual([
      [1, 0, 1, 0],
      [0, 1, 0, 1],
      [0, 0, 1, 0],
      [0, 0, 0, 0],
    ]);
    expect(letters.groups[0]!.reason).toMatch(/ring/);
    expect(letters.groups[1]).not.toHaveProperty('reason');
  });

  it('sums the probabilities of merged classes before the choice', () => {
    // The zero is the most probable single class; C and c together are more probable.
    const letters = of(predictionsOf([['c', { '0': 0.4, C: 0.3, c: 0.3 }]]));
    expect([letters.top[1].right, letters.caseFolded.right, letters.merged.right]).toEqual([0, 0, 1]);
  });

  it('counts classes that the model lacks by their texts', () => {
    const letters = of(
      predictionsOf(
        [
          ['o', { O: 1 }],
          ['x', { A: 1 }],
        ],
        ['o', 'x'],
      ),
    );
    expect([letters.top[1].right, letters.caseFolded.right, letters.merged.right]).toEqual([0, 1, 1]);
    expect(letters.ambiguity.within).toBe(1);
    expect(letters.groups[0]!.classes).toEqual(['0', 'O', 'o']);
    expect(letters.groups.at(-1)).toMatchObject({ classes: ['x'], count: 1, elsewhere: 1 });
  });

  it('has no share of errors where there is none', () => {
    const letters = of(predictionsOf([['A', { A: 1 }]]));
    expect(letters.ambiguity).toMatchObject({ errors: 0, share: null, interval95: null });
  });

  it('is for models that know a letter', () => {
    expect(knowsLetters([...alphabets.digits])).toBe(false);
    expect(knowsLetters(['0', 'x'])).toBe(true);
    expect(knowsLetters(['一', '大'])).toBe(false);
  });
});
