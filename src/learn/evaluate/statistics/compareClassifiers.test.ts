import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../../core/floor.ts';
import type { Predictions } from '../predictions.ts';
import { compareClassifiers } from './compareClassifiers.ts';
import { mcnemarTest } from './mcnemarTest.ts';

/**
 * The definition: every one of the 2^n ways in which n coins can fall, the statistic |b - c| compared with the observed
 * one.
 */
function byEnumeration(b: number, c: number): { exact: number; midP: number } {
  const total = b + c;
  let beyond = 0;
  let equal = 0;
  for (let way = 0; way < 2 ** total; way++) {
    let heads = 0;
    for (let coin = 0; coin < total; coin++) heads += (way >> coin) & 1;
    const statistic = Math.abs(2 * heads - total);
    if (statistic > Math.abs(b - c)) beyond++;
    if (statistic === Math.abs(b - c)) equal++;
  }
  return { exact: (beyond + equal) / 2 ** total, midP: (beyond + equal / 2) / 2 ** total };
}

/** In whole numbers without rounding: 10^20 times twice the tail, by 2^n. */
function byWholeNumbers(b: number, c: number): number {
  const total = BigInt(b + c);
  let choose = 1n;
  let tail = 1n;
  for (let j = 1n; j <= BigInt(Math.min(b, c)); j++) {
    choose = (choose * (total - j + 1n)) / j;
    tail += choose;
  }
  return Number((2n * tail * 10n ** 20n) / 2n ** total) / 1e20;
}

describe('mcnemarTest', () => {
  it('gives the published values of Fagerland, Lydersen and Laake 2013', () => {
    // Airway hyper-responsiveness before and after transplantation: 1 and 7.
    const airway = mcnemarTest(1, 7);
    expect(airway.exact).toBeCloseTo(0.0703, 4);
    expect(airway.midP).toBeCloseTo(0.0391, 4);
    // Complete response before and after consolidation therapy: 6 and 16.
    const response = mcnemarTest(6, 16);
    expect(response.exact).toBeCloseTo(0.0525, 4);
    expect(response.midP).toBeCloseTo(0.0347, 4);
  });
  it('is the definition, by enumeration of every outcome', () => {
    for (let b = 0; b <= 11; b++) {
      for (let c = 0; b + c <= 11; c++) {
        if (b + c === 0) continue;
        const [test, reference] = [mcnemarTest(b, c), byEnumeration(b, c)];
        expect(test.exact, `${b}, ${c}`).toBeCloseTo(reference.exact, 13);
        expect(test.midP, `${b}, ${c}`).toBeCloseTo(reference.midP, 13);
      }
    }
  });
  it('is exact where 2^n leaves float64', () => {
    for (const [b, c] of [
      [700, 800],
      [1000, 1200],
      [40, 2000],
    ] as const) {
      expect(mcnemarTest(b, c).exact / (byWholeNumbers(b, c) || 1)).toBeCloseTo(byWholeNumbers(b, c) === 0 ? 0 : 1, 9);
    }
    expect(mcnemarTest(1e5, 1e5 + 500).exact).toBeGreaterThan(0.2);
  });
  it('does not care which is first, and says nothing where nothing differs', () => {
    expect(mcnemarTest(3, 9)).toEqual(mcnemarTest(9, 3));
    expect(mcnemarTest(0, 0)).toEqual({ exact: 1, midP: 1 });
    expect(mcnemarTest(5, 5).exact).toBe(1);
  });
  it('refuses what is no count', () => {
    for (const wrong of [-1, 0.5, Number.NaN]) expect(() => mcnemarTest(wrong, 1)).toThrow(ShapeError);
  });
});

describe('compareClassifiers', () => {
  const truth = [0, 0, 1, 1, 1, 2];
  const first: Predictions = {
    labels: ['a', 'b'],
    unknownLabels: ['z'],
    targets: truth,
    // a, b, b, b, (empty), a
    probabilities: [0.9, 0.1, 0.2, 0.8, 0.1, 0.9, 0.3, 0.7, 0, 0, 1, 0],
    empty: [0, 0, 0, 0, 1, 0],
  };
  const second: Predictions = {
    // The other classifier has its classes in another order, and the class that the first lacks: a, a, b, a, b, z.
    labels: ['z', 'b', 'a'],
    targets: [2, 2, 1, 1, 1, 0],
    probabilities: [0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0],
  };
  it('counts the four cells of a hand-worked example, classes matched by their texts', () => {
    const result = compareClassifiers(first, second);
    expect(result).toMatchObject({ count: 6, bothRight: 2, onlyFirst: 1, onlySecond: 3, bothWrong: 0 });
    expect(result.difference).toBeCloseTo(-2 / 6, 12);
    // Paired differences -1 (3 times), 1 (once), 0 (twice): mean -1/3, variance 4/6 - 1/9.
    expect(result.standardError).toBeCloseTo(Math.sqrt((4 / 6 - 1 / 9) / 6), 12);
    expect(result.exact).toBe(0.625);
  });
  it('adds up, and turns round with its sides', () => {
    const sides = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(sides, (rows) => {
        const side = (which: 0 | 1): Predictions => ({
          labels: ['x', 'y'],
          targets: rows.map(() => 0),
          probabilities: rows.flatMap((row) => (row[which] ? [1, 0] : [0, 1])),
        });
        const [one, other] = [compareClassifiers(side(0), side(1)), compareClassifiers(side(1), side(0))];
        expect(one.bothRight + one.onlyFirst + one.onlySecond + one.bothWrong).toBe(rows.length);
        expect(other).toMatchObject({ onlyFirst: one.onlySecond, onlySecond: one.onlyFirst, midP: one.midP });
        const right = (which: 0 | 1): number => rows.filter((row) => row[which]).length;
        expect(one.difference).toBeCloseTo((right(0) - right(1)) / rows.length, 12);
      }),
    );
  });
  it('goes by the answer that was given, where that is not the most probable class', () => {
    const voted: Predictions = { ...first, answers: [1, 0, 1, 1, 0, 0] };
    expect(compareClassifiers(first, voted)).toMatchObject({ onlyFirst: 1, onlySecond: 1 });
  });
  it('refuses answers to other pictures', () => {
    expect(() => compareClassifiers(first, { ...second, targets: [2, 2, 1, 1, 0, 0] })).toThrow(
      /picture 4 is "b" and "z"/,
    );
    expect(() => compareClassifiers(first, { labels: ['a'], targets: [0], probabilities: [1] })).toThrow(/6 and 1/);
  });
});
