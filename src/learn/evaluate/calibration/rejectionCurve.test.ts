import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../core/floor.ts';
import type { Predictions } from '../predictions.ts';
import { keepFrom, rejectionCurve, thresholdForError, thresholdForRejection } from './rejectionCurve.ts';

/** Two classes, every picture of the first; right where the confidence goes to it. */
function answers(rows: readonly (readonly [confidence: number, right: boolean])[], empty: number[] = []): Predictions {
  return {
    labels: ['a', 'b'],
    targets: rows.map(() => 0),
    probabilities: rows.flatMap(([confidence, right]) =>
      right ? [confidence, 1 - confidence] : [1 - confidence, confidence],
    ),
    empty: rows.map((_, index) => (empty.includes(index) ? 1 : 0)),
  };
}

const ten = answers(
  [
    [0.99, true],
    [0.95, true],
    [0.9, false],
    [0.85, true],
    [0.85, true],
    [0.8, true],
    [0.75, false],
    [0.7, true],
    [0.6, false],
    [0.9, true],
  ],
  [8],
);

describe('rejectionCurve', () => {
  it('counts a hand-worked example: ties together, empty answers never kept', () => {
    const curve = rejectionCurve(ten);
    expect(curve.map(({ threshold, kept, errors }) => [threshold, kept, errors])).toEqual([
      [0.99, 1, 0],
      [0.95, 2, 0],
      [0.9, 4, 1],
      [0.85, 6, 1],
      [0.8, 7, 1],
      [0.75, 8, 2],
      [0.7, 9, 2],
    ]);
    expect(curve.at(-1)).toMatchObject({ count: 10, coverage: 0.9, error: 2 / 9 });
    // Wilson 1927, 2 of 9.
    expect(curve.at(-1)!.interval95![0]).toBeCloseTo(0.0632, 4);
    expect(curve.at(-1)!.interval95![1]).toBeCloseTo(0.5474, 4);
  });
  it('is at every threshold what a plain count gives, and the thresholds are the best there are', () => {
    const row = fc.tuple(fc.integer({ min: 5, max: 10 }), fc.boolean());
    const rows = fc.array(row, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(rows, fc.double({ min: 0, max: 0.9, noNaN: true }), (list, share) => {
        const predictions = answers(list.map(([tenths, right]) => [tenths / 10, right || tenths === 5]));
        const curve = rejectionCurve(predictions);
        for (const point of curve) expect(keepFrom(predictions, point.threshold)).toEqual(point);
        // Every threshold, tried one by one.
        const all = list.map(([tenths]) => keepFrom(predictions, tenths / 10));
        const good = all.filter(({ errors, kept }) => errors / kept <= share + 1e-12).map(({ kept }) => kept);
        expect(thresholdForError(curve, share)?.kept).toBe(good.length === 0 ? undefined : Math.max(...good));
        const enough = all.filter(({ coverage }) => coverage >= 1 - share - 1e-9).map(({ kept }) => kept);
        expect(thresholdForRejection(curve, share)!.kept).toBe(Math.min(...enough));
      }),
    );
  });
  it('has no point where every answer is empty', () => {
    const nothing = answers([[0.9, true]], [0]);
    expect(rejectionCurve(nothing)).toEqual([]);
    expect(thresholdForRejection([], 0.1)).toBeUndefined();
    expect(keepFrom(nothing, 0)).toMatchObject({ kept: 0, coverage: 0, error: null, interval95: null });
  });
});

describe('thresholds', () => {
  const curve = rejectionCurve(ten);
  it('keep most with a stated error, also beyond a worse point', () => {
    expect(thresholdForError(curve, 0)!.kept).toBe(2);
    // 1 of 4 is too much, 1 of 6 is not.
    expect(thresholdForError(curve, 0.2)!.kept).toBe(7);
    expect(thresholdForError(curve, 0.25)!.kept).toBe(9);
    expect(thresholdForError(rejectionCurve(answers([[0.9, false]])), 0.5)).toBeUndefined();
  });
  it('reject a stated share, or less where equal confidences stand in the way', () => {
    expect(thresholdForRejection(curve, 0.1)!.kept).toBe(9);
    expect(thresholdForRejection(curve, 0.35)!.kept).toBe(7);
    expect(thresholdForRejection(curve, 0.5)!.kept).toBe(6);
    // More are empty than may be rejected: every answer is kept.
    expect(thresholdForRejection(curve, 0)!.kept).toBe(9);
  });
  it('reject exactly 100 of 10,000 when 1 % is asked for', () => {
    const many = answers(Array.from({ length: 10_000 }, (_, index) => [0.5 + (index + 1) / 25_000, true] as const));
    expect(thresholdForRejection(rejectionCurve(many), 0.01)!.kept).toBe(9900);
  });
  it('refuse shares out of range', () => {
    for (const wrong of [-0.1, 1, Number.NaN]) {
      expect(() => thresholdForError(curve, wrong)).toThrow(UsageError);
      expect(() => thresholdForRejection(curve, wrong)).toThrow(UsageError);
    }
  });
});
