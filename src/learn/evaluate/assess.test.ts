import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream, UsageError } from '../../core/floor.ts';
import { assess } from './assess.ts';
import { adaptiveCalibration, calibration } from './calibration/calibration.ts';
import { calibrationNoise } from './calibration/calibrationNoise.ts';
import { fitTemperature } from './calibration/fitTemperature.ts';
import { refitTemperature, temper } from './calibration/temper.ts';
import type { Predictions } from './predictions.ts';

function softmax(logits: readonly number[], temperature: number): number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Logits and targets drawn so that softmax(logits / 2) is the truth: twice too confident at temperature 1. */
function overconfident(count: number, seed: number): { logits: number[][]; targets: number[] } {
  const random = randomStream(seed, 'overconfident');
  const logits = Array.from({ length: count }, () => Array.from({ length: 4 }, () => 6 * random.normal()));
  const targets = logits.map((row) => {
    let left = random.uniform();
    const found = softmax(row, 2).findIndex((probability) => {
      left -= probability;
      return left < 0;
    });
    return found < 0 ? 3 : found;
  });
  return { logits, targets };
}

function predicted({ logits, targets }: ReturnType<typeof overconfident>, temperature: number): Predictions {
  return {
    labels: [...'abcd'],
    targets,
    probabilities: Float32Array.from(logits.flatMap((row) => softmax(row, temperature))),
  };
}

describe('adaptiveCalibration', () => {
  it('measures a hand-worked example, in bins of equal count', () => {
    // Sorted: 0.5 wrong, 0.6 right | 0.7 right, 0.9 wrong | 0.95 right, 1 right.
    const rows = [
      [0.9, false],
      [0.5, false],
      [1, true],
      [0.6, true],
      [0.95, true],
      [0.7, true],
    ] as const;
    const predictions: Predictions = {
      labels: ['a', 'b'],
      targets: rows
        .map(([confidence, right]) => (right || confidence === 0.5 ? 0 : 1))
        .map((t, i) => (i === 1 ? 1 : t)),
      probabilities: rows.flatMap(([confidence]) => [confidence, 1 - confidence]),
    };
    const result = adaptiveCalibration(predictions, 3);
    expect(result.bins.map(({ from, to, count, accuracy }) => [from, to, count, accuracy])).toEqual([
      [0.5, 0.6, 2, 0.5],
      [0.7, 0.9, 2, 0.5],
      [0.95, 1, 2, 1],
    ]);
    expect(result.expectedCalibrationError).toBeCloseTo((0.1 + 0.6 + 0.05) / 6, 12);
  });
  it('sees what cancels in the last bin of equal width', () => {
    // 0.94 and always right, 1 and right in 88 of 100: both within the last fifteenth, 0.94 + 1 = 1 + 0.94.
    const rows = Array.from({ length: 200 }, (_, index) => (index < 100 ? [0.94, 0] : [1, index < 112 ? 1 : 0]));
    const predictions: Predictions = {
      labels: ['a', 'b'],
      targets: rows.map(([, target]) => target!),
      probabilities: rows.flatMap(([confidence]) => [confidence!, 1 - confidence!]),
    };
    expect(calibration(predictions).expectedCalibrationError).toBeCloseTo(0.03, 12);
    expect(adaptiveCalibration(predictions).expectedCalibrationError).toBeCloseTo(0.09, 12);
  });
  it('does not depend on the order of the pictures, and with one bin is the gap of the means', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 5, max: 10 }), fc.boolean()), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(rows, (list) => {
        const of = (some: typeof list): Predictions => ({
          labels: ['a', 'b'],
          targets: some.map(([, right]) => (right ? 0 : 1)),
          probabilities: some.flatMap(([tenths]) => [tenths / 10, 1 - tenths / 10]),
        });
        const error = adaptiveCalibration(of(list), 4);
        expect(adaptiveCalibration(of([...list].reverse()), 4)).toEqual(error);
        expect(error.bins.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
        const confidence = list.reduce((sum, [tenths]) => sum + tenths / 10, 0);
        const right = list.filter(([, isRight]) => isRight).length;
        const one = adaptiveCalibration(of(list), 1).expectedCalibrationError;
        expect(one).toBeCloseTo(Math.abs(confidence - right) / list.length, 12);
      }),
    );
  });
});

describe('temper', () => {
  it('gives the softmax of the logits at that temperature', () => {
    const data = overconfident(50, 1);
    const direct = predicted(data, 3).probabilities;
    const tempered = temper(predicted(data, 1.5), 2).probabilities;
    for (let index = 0; index < direct.length; index++) expect(tempered[index]).toBeCloseTo(direct[index]!, 5);
  });
  it('changes no answer, and refits to the temperature that a fit on the logits finds', () => {
    const data = overconfident(2000, 2);
    const predictions = predicted(data, 1);
    const onLogits = fitTemperature(data.logits.flat(), data.targets, 4).temperature;
    expect(refitTemperature(predictions).temperature / onLogits).toBeCloseTo(1, 4);
    expect(onLogits).toBeGreaterThan(1.8);
    expect(onLogits).toBeLessThan(2.2);
    expect(refitTemperature(temper(predictions, onLogits)).temperature).toBeCloseTo(1, 4);
  });
  it('takes probabilities of 0, leaves out empty answers and unknown classes, and refuses nonsense', () => {
    const sure: Predictions = { labels: ['a', 'b'], targets: [0, 1], probabilities: [1, 0, 0.4, 0.6] };
    expect([...(temper(sure, 2).probabilities as Float64Array)].slice(0, 2)).toEqual([1, 0]);
    expect(Number.isFinite(refitTemperature(sure).lossAfter)).toBe(true);
    const more: Predictions = {
      ...sure,
      unknownLabels: ['z'],
      targets: [0, 1, 2, 0],
      probabilities: [1, 0, 0.4, 0.6, 0.2, 0.8, 0, 0],
      empty: [0, 0, 0, 1],
    };
    expect(refitTemperature(more)).toEqual(refitTemperature(sure));
    expect(() => temper(sure, 0)).toThrow(UsageError);
    expect(() => refitTemperature({ ...sure, empty: [1, 1] })).toThrow(/received none/);
  });
});

describe('calibrationNoise', () => {
  it('is near the exact expectation of 20 answers of confidence 0.7', () => {
    const count = 20;
    const predictions: Predictions = {
      labels: ['a', 'b'],
      targets: new Array(count).fill(0),
      probabilities: Array.from({ length: 2 * count }, (_, index) => (index % 2 === 0 ? 0.7 : 0.3)),
    };
    // All outcomes: the sum over k of C(20, k) 0.7^k 0.3^(20 - k) |k - 14| / 20.
    let probability = 0.3 ** count;
    let expected = 0;
    for (let right = 0; right <= count; right++) {
      expected += (probability * Math.abs(right - 0.7 * count)) / count;
      probability *= ((count - right) / (right + 1)) * (0.7 / 0.3);
    }
    const noise = calibrationNoise(predictions, 'equalWidth', 1, 15, 20_000);
    expect(noise.mean).toBeCloseTo(expected, 2.5);
    expect(noise.upper95).toBeGreaterThan(noise.mean);
    expect(calibrationNoise(predictions, 'equalWidth', 1, 15, 50)).toEqual(
      calibrationNoise(predictions, 'equalWidth', 1, 15, 50),
    );
  });
  it.each([
    ['equalWidth', calibration],
    ['equalCount', adaptiveCalibration],
  ] as const)(
    'lies above 95 %% of the errors of confidences that are true, and far below one that is not (%s)',
    (binning, error) => {
      let above = 0;
      for (let seed = 0; seed < 100; seed++) {
        const honest = predicted(overconfident(300, 100 + seed), 2);
        if (error(honest).expectedCalibrationError > calibrationNoise(honest, binning, seed, 15, 100).upper95) above++;
      }
      // 5 of 100 are expected; with an honest limit, fewer than 2 come up once in 27 times, 12 or more once in 250.
      expect(above).toBeGreaterThanOrEqual(2);
      expect(above).toBeLessThan(12);
      const boastful = predicted(overconfident(3000, 3), 1);
      expect(error(boastful).expectedCalibrationError).toBeGreaterThan(
        3 * calibrationNoise(boastful, binning, 1).upper95,
      );
    },
  );
});

describe('assess', () => {
  const [validation, test] = [predicted(overconfident(2000, 4), 1), predicted(overconfident(3000, 5), 1)];
  it('fits the temperature on other pictures and shows the error before and after', () => {
    const { calibration: rows } = assess(test, { chosenOn: validation });
    expect(rows.map(({ name }) => name)).toEqual(['none', 'refitted']);
    const [before, after] = rows as [(typeof rows)[0], (typeof rows)[0]];
    expect(after.temperature).toBe(refitTemperature(validation).temperature);
    expect(after.equalWidth).toBeLessThan(0.3 * before.equalWidth);
    expect(after.equalCount).toBeLessThan(0.3 * before.equalCount);
  });
  it('takes a temperature that was applied already off again', () => {
    const applied = assess(temper(test, 2), { temperature: 2 }).calibration;
    expect(applied.map(({ name, temperature }) => [name, temperature])).toEqual([
      ['none', 1],
      ['model', 2],
    ]);
    expect(applied[0]!.equalWidth).toBeCloseTo(assess(test).calibration[0]!.equalWidth, 6);
  });
  it('chooses a threshold on one set and measures it on the other', () => {
    const { forError, rejectedByThreshold, rejected } = assess(test, {
      chosenOn: validation,
      targetError: 0.05,
      rejection: 0.1,
    });
    expect(forError!.chosen.error!).toBeLessThanOrEqual(0.05);
    expect(forError!.chosen.count).toBe(2000);
    expect(forError!.measured).toMatchObject({ count: 3000, threshold: forError!.chosen.threshold });
    // The drawn truth makes both sets alike: the promise holds except for chance (2,000 pictures).
    expect(Math.abs(forError!.measured.error! - 0.05)).toBeLessThan(0.02);
    expect(rejected!.kept).toBe(2700);
    expect(rejectedByThreshold!.chosen.kept).toBe(1800);
    expect(Math.abs(rejectedByThreshold!.measured.coverage - 0.9)).toBeLessThan(0.03);
  });
  it('does not look at the truth of what it reports on when it chooses', () => {
    const options = { chosenOn: validation, targetError: 0.05 };
    const wronged = { ...test, targets: Uint8Array.from(test.targets, (target) => (target + 1) % 4) };
    const [real, other] = [assess(test, options), assess(wronged, options)];
    expect(other.forError!.chosen).toEqual(real.forError!.chosen);
    expect(other.rejected!.threshold).toBe(real.rejected!.threshold);
    expect(other.calibration.at(-1)!.temperature).toBe(real.calibration.at(-1)!.temperature);
    expect(other.forError!.measured.error!).toBeGreaterThan(0.5);
  });
  it('refuses to choose a threshold where it measures it, and says when there is none', () => {
    expect(() => assess(test, { targetError: 0.01 })).toThrow(/--calibrate-on/);
    const wrong: Predictions = { labels: ['a', 'b'], targets: [1], probabilities: [0.9, 0.1] };
    expect(assess(wrong, { chosenOn: wrong, targetError: 0.5 }).forError).toBeNull();
  });
});
