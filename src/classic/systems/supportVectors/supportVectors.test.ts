import { describe, expect, it } from 'vitest';
import { someDigits, testConformance, testHost } from '../../../../test/classic/conformance.ts';
import { randomStream } from '../../../core/floor.ts';
import { KernelCache, type KernelRows } from './kernelCache.ts';
import { type MarginSolution, solveMargin } from './solveMargin.ts';
import { supportVectors } from './supportVectors.ts';

testConformance({ kind: supportVectors, accuracy: 0.8, otherSizeAccuracy: 0.93 });

/** Points of two classes that overlap, and their kernel, by plain loops. */
function someProblem(count: number): { kernel: Float32Array[]; signs: Int8Array } {
  const random = randomStream(3, 'points');
  const signs = Int8Array.from({ length: count }, (_, k) => (k % 3 === 0 ? 1 : -1));
  const points = Array.from(signs, (sign) => [random.normal() + 0.7 * sign, random.normal()]);
  const kernel = points.map((x) =>
    Float32Array.from(points, (y) => Math.exp(-0.5 * ((x[0]! - y[0]!) ** 2 + (x[1]! - y[1]!) ** 2))),
  );
  return { kernel, signs };
}

/** A whole matrix; it counts the requests for rows. */
function wholeMatrix(kernel: readonly Float32Array[]): KernelRows {
  return { count: kernel.length, kept: (i) => kernel[i], compute: async (i) => kernel[i]! };
}

/** The dual's value, which is minimised. */
function dualOf(kernel: readonly Float32Array[], signs: Int8Array, weights: ArrayLike<number>): number {
  let value = 0;
  for (let i = 0; i < signs.length; i++) {
    value -= weights[i]! * signs[i]!;
    for (let j = 0; j < signs.length; j++) value += 0.5 * weights[i]! * weights[j]! * kernel[i]![j]!;
  }
  return value;
}

/** The slow reference: every pair of multipliers in turn to its best, until none moves. */
function solveSlowly(kernel: readonly Float32Array[], signs: Int8Array, cost: number): Float64Array {
  const count = signs.length;
  const weights = new Float64Array(count); // alpha y
  const low = (k: number): number => (signs[k]! > 0 ? 0 : -cost);
  const high = (k: number): number => (signs[k]! > 0 ? cost : 0);
  const slope = (k: number): number => {
    let sum = -signs[k]!;
    for (let j = 0; j < count; j++) sum += weights[j]! * kernel[k]![j]!;
    return sum;
  };
  for (let sweep = 0; sweep < 400; sweep++) {
    let moved = 0;
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) {
        const curvature = 2 - 2 * kernel[i]![j]!;
        let step = (slope(j) - slope(i)) / curvature;
        step = Math.min(step, high(i) - weights[i]!, weights[j]! - low(j));
        step = Math.max(step, low(i) - weights[i]!, weights[j]! - high(j));
        weights[i]! += step;
        weights[j]! -= step;
        moved = Math.max(moved, Math.abs(step));
      }
    }
    if (moved < 1e-7) break;
  }
  return weights;
}

describe('sequential minimal optimisation', () => {
  const { kernel, signs } = someProblem(40);

  it.each([0.1, 1, 100])('finds, at cost %f, what plain loops find', async (cost) => {
    const { weights } = await solveMargin(wholeMatrix(kernel), { signs, cost, tolerance: 1e-6 });
    const slow = solveSlowly(kernel, signs, cost);
    const [found, best] = [dualOf(kernel, signs, weights), dualOf(kernel, signs, slow)];
    expect(Math.abs(found - best)).toBeLessThan(1e-5 * Math.abs(best));
    for (let k = 0; k < signs.length; k++) expect(Math.abs(weights[k]! - slow[k]!)).toBeLessThan(1e-3 * cost + 1e-3);
  });

  it.each([0.1, 1, 100])('ends, at cost %f, where the conditions of an optimum hold', async (cost) => {
    const { weights, offset } = await solveMargin(wholeMatrix(kernel), { signs, cost });
    expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0))).toBeLessThan(1e-9 * cost * signs.length);
    for (let k = 0; k < signs.length; k++) {
      const decision = weights.reduce((sum, weight, j) => sum + weight * kernel[k]![j]!, -offset);
      const [margin, alpha] = [signs[k]! * decision, signs[k]! * weights[k]!];
      expect(alpha).toBeGreaterThanOrEqual(0);
      expect(alpha).toBeLessThanOrEqual(cost);
      if (alpha === 0) expect(margin).toBeGreaterThan(1 - 0.002);
      else if (alpha === cost) expect(margin).toBeLessThan(1 + 0.002);
      else expect(Math.abs(margin - 1)).toBeLessThan(0.002);
    }
  });

  it('copes with samples that are the same, of the same and of the other class', async () => {
    const same = Float32Array.of(1, 1, 1, 1);
    const solution = await solveMargin(wholeMatrix([same, same, same, same]), {
      signs: Int8Array.of(1, 1, -1, -1),
      cost: 1,
    });
    expect([...solution.weights]).toEqual([1, 1, -1, -1]);
    expect(solution.offset).toBe(0);
  });

  it('can be stopped', async () => {
    const stop = solveMargin(wholeMatrix(kernel), { signs, cost: 1 }, () => {
      throw new Error('enough');
    });
    await expect(stop).rejects.toThrow('enough');
  });
});

describe('kernel cache', () => {
  it('gives rows as plain loops do, and finds the same optimum with little room as with much', {
    tags: ['slow'],
  }, async () => {
    const { train } = await someDigits(300, 10);
    const pictures = { count: 300, pixels: 784, images: train.images };
    const gamma = 0.02;
    const engine = await testHost.engine();
    const signs = Int8Array.from(train.targets, (target) => (target < 5 ? 1 : -1));
    const solve = async (bytes: number): Promise<MarginSolution> => {
      const cache = await KernelCache.open(engine, pictures, gamma, bytes);
      const row = await cache.compute(7, () => 0);
      for (const at of [0, 7, 299]) {
        let distance = 0;
        for (let pixel = 0; pixel < 784; pixel++) {
          distance += ((train.images[7 * 784 + pixel]! - train.images[at * 784 + pixel]!) / 255) ** 2;
        }
        expect(row[at]).toBeCloseTo(Math.exp(-gamma * distance), 5);
      }
      expect(cache.kept(7)).toBe(row);
      const solution = await solveMargin(cache, { signs, cost: 10 });
      await cache.dispose();
      return solution;
    };
    const [little, much] = [await solve(0), await solve(2 ** 24)];
    expect(little.weights).toEqual(much.weights);
    expect(little.iterations).toBeGreaterThan(100);
  });
});
