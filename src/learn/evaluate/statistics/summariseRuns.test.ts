import { describe, expect, it } from 'vitest';
import { summariseRuns } from './summariseRuns.ts';

describe('summariseRuns', () => {
  it("gives NIST's certified values (StRD, univariate: NumAcc1 and NumAcc2)", () => {
    expect(summariseRuns([10000001, 10000003, 10000002])).toMatchObject({ count: 3, mean: 10000002, deviation: 1 });
    const second = summariseRuns([1.2, ...Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? 1.1 : 1.3))]);
    expect(second.mean).toBeCloseTo(1.2, 12);
    expect(second.deviation).toBeCloseTo(0.1, 12);
  });
  it('gives the standard error of the mean and the ends', () => {
    const { standardError, least, greatest } = summariseRuns([0.1, 0.2, 0.3, 0.4]);
    expect(standardError).toBeCloseTo(Math.sqrt(0.05 / 3) / 2, 12);
    expect([least, greatest]).toEqual([0.1, 0.4]);
  });
  it('claims no spread of a single run', () => {
    expect(summariseRuns([0.5])).toMatchObject({ count: 1, mean: 0.5, deviation: null, standardError: null });
  });
  it('refuses none, and what is no number', () => {
    expect(() => summariseRuns([])).toThrow(/received none/);
    expect(() => summariseRuns([1, Number.NaN])).toThrow(/received NaN/);
  });
});
