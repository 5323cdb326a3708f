import { describe, expect, it } from 'vitest';
import { learningRate, type ScheduleConfig } from './schedules.ts';

const steps = 1000;
const rates = (schedule: ScheduleConfig): number[] =>
  Array.from({ length: steps }, (_, step) => learningRate(schedule, step, steps, 100));

/** Largest change from one step to the next. */
const jump = (values: readonly number[]): number =>
  values.reduce((most, value, i) => (i === 0 ? 0 : Math.max(most, Math.abs(value - values[i - 1]!))), 0);

describe('learningRate', () => {
  it('constant is constant', () => {
    expect(new Set(rates({ type: 'constant', rate: 0.1 }))).toEqual(new Set([0.1]));
  });

  it('step falls after the epochs listed', () => {
    const values = rates({ type: 'step', rate: 1, factor: 0.5, epochs: [3, 7] });
    expect([values[0], values[299], values[300], values[699], values[700], values[999]]).toEqual([
      1, 1, 0.5, 0.5, 0.25, 0.25,
    ]);
    expect(rates({ type: 'step', rate: 1, epochs: [1] })[100]).toBe(0.1);
    expect(new Set(rates({ type: 'step', rate: 2, epochs: [] }))).toEqual(new Set([2]));
  });

  it('cosine goes from the rate to the final rate, half way in the middle, ever down, without a jump', () => {
    const values = rates({ type: 'cosine', rate: 0.1, final: 0.01 });
    expect(values[0]).toBe(0.1);
    expect(values[500]).toBeCloseTo(0.055, 12);
    expect(values[999]).toBeCloseTo(0.01, 5);
    expect(learningRate({ type: 'cosine', rate: 0.1, final: 0.01 }, steps, steps, 100)).toBeCloseTo(0.01, 15);
    expect(values.every((value, i) => i === 0 || value < values[i - 1]!)).toBe(true);
    expect(jump(values)).toBeLessThan((0.09 * Math.PI) / 2 / steps + 1e-12);
  });

  it('cosine warms up in equal steps from one of them to the rate', () => {
    const values = rates({ type: 'cosine', rate: 0.1, warmup: 0.1 });
    expect(values[0]).toBeCloseTo(0.001, 12);
    expect(values[49]).toBeCloseTo(0.05, 12);
    expect(values[99]).toBeCloseTo(0.1, 12);
    expect(values[100]).toBeCloseTo(0.1, 12);
    expect(Math.max(...values)).toBeCloseTo(0.1, 12);
    expect(values[999]).toBeLessThan(1e-6);
    expect(values[999]).toBeGreaterThan(0);
    expect(jump(values)).toBeLessThan(0.00101);
  });

  it('one cycle starts at rate / divisor, peaks where it says, ends at rate / finalDivisor', () => {
    const values = rates({ type: 'oneCycle', rate: 1, warmup: 0.25, divisor: 10, finalDivisor: 100 });
    expect(values[0]).toBeCloseTo(0.1, 12);
    expect(values[125]).toBeCloseTo(0.55, 12);
    expect(values[250]).toBe(1);
    expect(values.indexOf(Math.max(...values))).toBe(250);
    expect(values[625]).toBeCloseTo((1 + 0.01) / 2, 12);
    expect(values[999]).toBeCloseTo(0.01, 4);
    expect(jump(values)).toBeLessThan((0.9 * Math.PI) / 2 / 250 + 1e-12);
    expect(rates({ type: 'oneCycle', rate: 1 })[0]).toBeCloseTo(1 / 25, 12);
    expect(rates({ type: 'oneCycle', rate: 1 })[300]).toBe(1);
  });

  it.each<[ScheduleConfig, number[]]>([
    [{ type: 'cosine', rate: 1, warmup: 0.3 }, [1, 2, 7, 10, 20]],
    [{ type: 'cosine', rate: 1, warmup: 1 }, [1, 2, 7]],
    [{ type: 'oneCycle', rate: 1 }, [1, 2, 7]],
    [{ type: 'oneCycle', rate: 1, warmup: 0 }, [1, 2, 7]],
  ])('is above 0 and never above the rate in short trainings: %j of %j steps', (schedule, totals) => {
    for (const total of totals) {
      for (let step = 0; step < total; step++) {
        const rate = learningRate(schedule, step, total, 3);
        expect(rate > 0 && rate <= 1).toBe(true);
      }
    }
  });
});
