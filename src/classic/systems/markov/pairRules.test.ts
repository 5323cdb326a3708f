import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../core/floor.ts';
import { linearDiscriminant, solvePositive } from './linearDiscriminant.ts';
import { findPairRules, type LabelledRows, PairRules } from './pairRules.ts';

describe('linear discriminant', () => {
  it('solves what multiplying back confirms', () => {
    const size = 7;
    const random = randomStream(1, 'matrix');
    const half = Float64Array.from({ length: size * size }, () => random.normal());
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        for (let k = 0; k < size; k++) matrix[i * size + j]! += half[i * size + k]! * half[j * size + k]!;
      }
    }
    const right = Float64Array.from({ length: size }, () => random.normal());
    const solution = solvePositive(matrix.slice(), right.slice());
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += matrix[i * size + j]! * solution[j]!;
      expect(sum).toBeCloseTo(right[i]!, 8);
    }
  });

  it('weighs features by what they tell, not by their size', () => {
    const random = randomStream(1, 'groups');
    // The first feature is large and says nothing; the third is the second's noise, known exactly.
    const row = (middle: number): Float32Array => {
      const noise = random.normal();
      return Float32Array.of(50 * random.normal(), middle + noise + 0.1 * random.normal(), noise);
    };
    const [one, other] = [Array.from({ length: 200 }, () => row(0.5)), Array.from({ length: 300 }, () => row(-0.5))];
    const { weights, offset } = linearDiscriminant(one, other, 1e-9);
    expect(weights[1]! / weights[2]!).toBeCloseTo(-1, 1);
    const saysFirst = (x: Float32Array): boolean =>
      weights.reduce((sum, weight, i) => sum + weight * x[i]!, offset) > 0;
    expect(one.filter(saysFirst).length).toBeGreaterThan(195);
    expect(other.filter(saysFirst).length).toBeLessThan(5);
  });

  it('copes with a single row a group', () => {
    const { weights, offset } = linearDiscriminant([Float32Array.of(1, 0)], [Float32Array.of(0, 1)], 0.1);
    expect(weights[0]).toBeGreaterThan(0);
    expect(weights[1]).toBeLessThan(0);
    expect(offset).toBeCloseTo(0, 12);
  });
});

/** Rows of three classes by two features, of which the first separates class 0 from class 1. */
function someRows(count: number, seed: number): LabelledRows {
  const random = randomStream(seed, 'rows');
  const targets = Array.from({ length: count }, (_, row) => row % 3);
  const data = Float32Array.from(targets.flatMap((target) => [target + 0.1 * random.normal(), random.normal()]));
  return { count, size: 2, data, targets: Uint16Array.from(targets) };
}

describe('pair rules', () => {
  const taught = someRows(60, 1);
  const held = someRows(300, 2);
  // Scores that separate class 2 from the others, and confuse 0 and 1 where they hardly prefer one.
  const random = randomStream(3, 'scores');
  const scores = new Float32Array(300 * 3);
  for (let row = 0; row < 300; row++) {
    const target = held.targets[row]!;
    for (let index = 0; index < 3; index++)
      scores[3 * row + index] = target === index ? 0 : target === 2 || index === 2 ? -50 : -3;
    if (target < 2 && random.uniform() < 0.3) {
      scores[3 * row + target] = -3 - random.uniform();
      scores[3 * row + 1 - target] = -3;
    }
  }
  const right = (some: Float32Array): number => {
    let count = 0;
    for (let row = 0; row < 300; row++) {
      const own = some.subarray(3 * row, 3 * row + 3);
      if (own.indexOf(Math.max(...own)) === held.targets[row]) count++;
    }
    return count;
  };

  it('are found for what is confused, and mend it', () => {
    const rules = findPairRules(taught, held, scores, 3);
    expect(rules.map(({ one, other }) => [one, other])).toEqual([[0, 1]]);
    // Wrong ones lie less than 1 apart, right ones 3.
    expect(rules[0]!.margin).toBeGreaterThan(0.9);
    const mended = scores.slice();
    const applied = new PairRules(rules, 3);
    for (let row = 0; row < 300; row++) applied.apply(held.data, 2 * row, mended.subarray(3 * row, 3 * row + 3));
    expect(right(scores)).toBeLessThan(260);
    expect(right(mended)).toBe(300);
    // The same scores, some exchanged.
    for (let row = 0; row < 300; row++) {
      const sorted = (some: Float32Array): Float32Array => some.slice(3 * row, 3 * row + 3).sort();
      expect(sorted(mended)).toEqual(sorted(scores));
    }
  });

  it('are not found where nothing is confused or a discriminant is no better', () => {
    const perfect = Float32Array.from({ length: 900 }, (_, at) =>
      held.targets[Math.floor(at / 3)] === at % 3 ? 0 : -9,
    );
    expect(findPairRules(taught, held, perfect, 3)).toEqual([]);
    const blind: LabelledRows = { ...taught, data: taught.data.map((value, at) => (at % 2 === 0 ? 0 : value)) };
    expect(
      findPairRules(blind, { ...held, data: held.data.map((value, at) => (at % 2 === 0 ? 0 : value)) }, perfect, 3),
    ).toEqual([]);
    expect(
      findPairRules(
        taught,
        { count: 0, size: 2, data: new Float32Array(), targets: new Uint16Array() },
        new Float32Array(),
        3,
      ),
    ).toEqual([]);
  });

  it('leave other pairs and clear answers alone', () => {
    const rule = { one: 0, other: 1, weights: Float32Array.of(-1, 0), offset: 0.5, margin: 1 };
    const rules = new PairRules([rule], 3);
    const ruled = (own: number[], features: number[]): number[] => {
      const changed = Float32Array.from(own);
      rules.apply(Float32Array.from(features), 0, changed);
      return [...changed];
    };
    expect(ruled([-1, -1.5, -9], [0, 0])).toEqual([-1, -1.5, -9]);
    expect(ruled([-1, -1.5, -9], [1, 0])).toEqual([-1.5, -1, -9]);
    expect(ruled([-1, -2, -9], [1, 0])).toEqual([-1, -2, -9]);
    expect(ruled([-1, -9, -1.5], [1, 0])).toEqual([-1, -9, -1.5]);
  });
});
