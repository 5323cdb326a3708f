import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../core/floor.ts';
import { calibration } from './calibration/calibration.ts';
import { fitTemperature, temperatureRange } from './calibration/fitTemperature.ts';
import { metrics } from './metrics.ts';
import type { Predictions } from './predictions.ts';
import { standardError, wilsonInterval } from './statistics/wilsonInterval.ts';
import { worstErrors } from './worstErrors.ts';

// Six pictures of three classes: answers a, b, b, c, a, (empty).
const sample: Predictions = {
  labels: ['a', 'b', 'c'],
  targets: [0, 0, 1, 2, 2, 1],
  probabilities: [
    [0.7, 0.2, 0.1],
    [0.1, 0.9, 0.0],
    [0.1, 0.8, 0.1],
    [0.3, 0.1, 0.6],
    [0.5, 0.1, 0.4],
    [0, 0, 0],
  ].flat(),
  empty: [0, 0, 0, 0, 0, 1],
};

describe('metrics', () => {
  it('counts a hand-worked example', () => {
    const result = metrics(sample);
    expect(result.count).toBe(6);
    expect(result.correct).toBe(3);
    expect(result.accuracy).toBe(0.5);
    expect(result.standardError).toBeCloseTo(Math.sqrt(0.25 / 6), 12);
    expect(result.empty).toBe(1);
    expect(result.unknown).toBe(0);
    expect(result.confusion).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 1],
    ]);
    // a: 2 pictures, 2 answers, 1 right; b: 2 pictures, 2 answers, 1 right; c: 2 pictures, 1 answer, 1 right.
    expect(result.perClass[0]).toEqual({
      label: 'a',
      count: 2,
      correct: 1,
      empty: 0,
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
    });
    expect(result.perClass[1]).toEqual({
      label: 'b',
      count: 2,
      correct: 1,
      empty: 1,
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
    });
    expect(result.perClass[2]!.precision).toBe(1);
    expect(result.perClass[2]!.f1).toBeCloseTo(2 / 3, 12);
    expect(result.crossEntropy).toBeCloseTo(-Math.log(0.7 * 0.1 * 0.8 * 0.6 * 0.4) / 5, 12);
    // Right first: 3; right within two: pictures 1 (b, then a) and 4 (a, then c) join; the empty one never.
    expect(result.topK).toEqual({ '2': 5 / 6, '3': 5 / 6 });
  });

  it('counts a class that the classifier lacks as wrong and says how many there were', () => {
    const result = metrics({
      labels: ['0', '1'],
      unknownLabels: ['x'],
      targets: [0, 2],
      probabilities: [1, 0, 0, 1],
    });
    expect(result.accuracy).toBe(0.5);
    expect(result.unknown).toBe(1);
    expect(result.confusion).toEqual([
      [1, 0],
      [0, 0],
      [0, 1],
    ]);
    expect(result.perClass[1]!.recall).toBeNull();
    expect(result.crossEntropy).toBeCloseTo(0, 12);
  });

  it('refuses parts that do not fit', () => {
    expect(() => metrics({ labels: ['a'], targets: [], probabilities: [] })).toThrow(ShapeError);
    expect(() => metrics({ labels: ['a', 'b'], targets: [0], probabilities: [1] })).toThrow(/1 x 2/);
    expect(() => metrics({ labels: ['a', 'b'], targets: [2], probabilities: [1, 0] })).toThrow(/target 2/);
    expect(() => metrics({ labels: ['a'], targets: [0], probabilities: [1], empty: [] })).toThrow(/empty/);
  });

  it('is finite when the true class has probability 0', () => {
    expect(metrics({ labels: ['a', 'b'], targets: [1], probabilities: [1, 0] }).crossEntropy).toBeCloseTo(27.63, 2);
  });
});

describe('intervals', () => {
  it('gives the standard error of 99.7 % on 10,000 pictures', () => {
    expect(standardError(0.997, 10_000)).toBeCloseTo(0.000547, 6);
  });
  it("gives Wilson's interval as published", () => {
    // Newcombe 1998, table I: 81 of 263 and 0 of 20, 95 %.
    const [low, high] = wilsonInterval(81, 263);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
    expect(wilsonInterval(0, 20)[0]).toBe(0);
    expect(wilsonInterval(0, 20)[1]).toBeCloseTo(0.1611, 4);
  });
  it('holds the proportion and stays within 0..1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
        const successes = Math.round(count * share);
        const [low, high] = wilsonInterval(successes, count);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(successes / count + 1e-12);
        expect(high).toBeGreaterThanOrEqual(successes / count - 1e-12);
      }),
    );
  });
});

describe('calibration', () => {
  it('measures a hand-worked example', () => {
    // Two bins. (0.5, 1]: confidences 0.7 right, 0.9 wrong, 0.8 right, 0.6 right; [0, 0.5]: 0.5 wrong.
    const result = calibration(sample, 2);
    expect(result.bins[0]).toMatchObject({ count: 1, confidence: 0.5, accuracy: 0 });
    expect(result.bins[1]!.count).toBe(4);
    expect(result.bins[1]!.confidence).toBeCloseTo(0.75, 12);
    expect(result.bins[1]!.accuracy).toBe(0.75);
    expect(result.expectedCalibrationError).toBeCloseTo((1 * 0.5 + 4 * 0) / 5, 12);
  });
  it('puts 0 into the first and 1 into the last of 15 bins', () => {
    const result = calibration({ labels: ['a'], targets: [0, 0], probabilities: [1, 0] });
    expect(result.bins).toHaveLength(15);
    expect(result.bins[0]!.count).toBe(1);
    expect(result.bins[14]!.count).toBe(1);
  });
});

describe('fitTemperature', () => {
  it('finds the temperature of a two-class case that can be solved by hand', () => {
    // Logits (2, 0), right 3 times of 4: softmax gives 3/4 when 2/T = ln 3.
    const logits = [2, 0, 2, 0, 2, 0, 2, 0];
    const fit = fitTemperature(logits, [0, 0, 0, 1], 2);
    expect(fit.temperature).toBeCloseTo(2 / Math.log(3), 10);
    const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
    expect(fit.lossAfter).toBeCloseTo(entropy, 12);
    expect(fit.lossBefore).toBeCloseTo(Math.log(1 + Math.exp(-2)) + 0.25 * 2, 12);
  });
  it('stops at the ends of its range', () => {
    expect(fitTemperature([5, 0], [0], 2).temperature).toBeCloseTo(temperatureRange[0], 10);
    expect(fitTemperature([5, 0], [1], 2).temperature).toBeCloseTo(temperatureRange[1], 6);
  });
  it('does not overflow on huge logits', () => {
    expect(fitTemperature([1e4, 0, 1e4, 0], [0, 1], 2).lossAfter).toBeLessThan(1e6);
  });
  it('never makes the loss worse', () => {
    const row = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 3, maxLength: 3 });
    const rows = fc.array(fc.tuple(row, fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const fit = fitTemperature(
          pairs.flatMap(([logits]) => logits),
          pairs.map(([, target]) => target),
          3,
        );
        expect(fit.lossAfter).toBeLessThanOrEqual(fit.lossBefore + 1e-9);
      }),
    );
  });
  it('refuses parts that do not fit', () => {
    expect(() => fitTemperature([1, 2, 3], [0], 2)).toThrow(ShapeError);
    expect(() => fitTemperature([], [], 2)).toThrow(ShapeError);
    expect(() => fitTemperature([1, 2], [2], 2)).toThrow(/target 2/);
  });
});

describe('worstErrors', () => {
  it('ranks confident errors first and empty answers last', () => {
    expect(worstErrors(sample, 10).map(({ sample: index, truth, answer }) => [index, truth, answer])).toEqual([
      [1, 'a', 'b'],
      [4, 'c', 'a'],
      [5, 'b', null],
    ]);
    expect(worstErrors(sample, 1)).toEqual([
      { sample: 1, truth: 'a', answer: 'b', confidence: 0.9, truthConfidence: 0.1 },
    ]);
  });
});
