import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enumeratePaths } from '../../../../test/classic/enumeratePaths.ts';
import { type Random, randomStream } from '../../../core/floor.ts';
import { baumWelch, boundedShares, type Sequences } from './baumWelch.ts';
import type { MarkovModel, MarkovShape } from './markovModel.ts';
import { segmentalStart } from './segmentalStart.ts';

const bounds = { variance: 0.05, weight: 0.05, transition: 0.01 };
/** Shapes of the sizes that the classifier uses, and smaller. */
const shapes = fc.constantFrom<{ shape: MarkovShape; steps: number }>(
  { shape: { states: 1, width: 1, reach: 0, mixtures: 3, dimensions: 2 }, steps: 1 },
  { shape: { states: 3, width: 1, reach: 1, mixtures: 2, dimensions: 1 }, steps: 7 },
  { shape: { states: 6, width: 2, reach: 3, mixtures: 1, dimensions: 3 }, steps: 3 },
  { shape: { states: 9, width: 1, reach: 1, mixtures: 2, dimensions: 4 }, steps: 9 },
);

/** Sequences from a hidden process: two kinds, whose values jump half way. */
function someSequences(count: number, steps: number, dimensions: number, seed: number): Sequences {
  const random = randomStream(seed, 'sequences');
  const observations = new Float32Array(count * steps * dimensions);
  for (let sequence = 0; sequence < count; sequence++) {
    const sort = random.uniform() < 0.4 ? 2 : -1;
    for (let at = 0; at < steps * dimensions; at++) {
      const late = 2 * at >= steps * dimensions ? 1.5 : 0;
      observations[sequence * steps * dimensions + at] = sort + late + 0.5 * random.normal();
    }
  }
  return { count, steps, observations };
}

describe('Baum-Welch', () => {
  it('never makes the samples less likely, and keeps the bounds', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), fc.integer({ min: 1, max: 25 }), ({ shape, steps }, seed, count) => {
        const sequences = someSequences(count, steps, shape.dimensions, seed);
        const begin = segmentalStart(shape, sequences, bounds, seed);
        expectWithinBounds(begin);
        const { model, likelihoods } = baumWelch(begin, sequences, { ...bounds, iterations: 8, tolerance: 0 });
        expectWithinBounds(model);
        for (let at = 1; at < likelihoods.length; at++) {
          expect(likelihoods[at]!).toBeGreaterThanOrEqual(likelihoods[at - 1]! - 1e-9 * Math.abs(likelihoods[at]!));
        }
        expect(likelihoods.length).toBeLessThanOrEqual(9);
      }),
      { numRuns: 40 },
    );
  });

  it('takes one step as the definition says', () => {
    const shape = { states: 3, width: 2, reach: 2, mixtures: 1, dimensions: 1 };
    const sequences = someSequences(4, 4, 1, 1);
    const begin = segmentalStart(shape, sequences, bounds, 1);
    const free = { variance: 1e-12, weight: 0, transition: 0 };
    const { model, likelihoods } = baumWelch(begin, sequences, { ...free, iterations: 1, tolerance: 0 });
    const rows = Array.from({ length: 4 }, (_, k) => [...sequences.observations.subarray(4 * k, 4 * k + 4)]);
    const sums = rows.map((row) =>
      enumeratePaths(
        begin,
        row.map((value) => [value]),
      ),
    );
    expect(likelihoods[0]).toBeCloseTo(sums.reduce((sum, { likelihood }) => sum + Math.log(likelihood), 0) / 4, 8);
    for (let state = 0; state < 3; state++) {
      let [mass, mean, square] = [0, 0, 0];
      rows.forEach((row, k) => {
        row.forEach((value, step) => {
          const share = sums[k]!.states[step]![state]!;
          mass += share;
          mean += share * value;
          square += share * value * value;
        });
      });
      expect(model.means[state]).toBeCloseTo(mean / mass, 8);
      expect(model.variances[state]).toBeCloseTo(square / mass - (mean / mass) ** 2, 8);
      if (state < 2) {
        const begun = sums.reduce((sum, { states }) => sum + states[0]![state]!, 0);
        expect(model.begins[state]).toBeCloseTo(begun / 4, 8);
      }
    }
  });

  it('finds the model that made the samples', () => {
    // Two states, observed through noise; a path leaves the first with probability 0.2 per step.
    const random = randomStream(3, 'made');
    const [count, steps] = [300, 12];
    const observations = new Float32Array(count * steps);
    for (let sequence = 0; sequence < count; sequence++)
      fillWalk(observations.subarray(sequence * steps), steps, random);
    const sequences = { count, steps, observations };
    const shape = { states: 2, width: 1, reach: 1, mixtures: 1, dimensions: 1 };
    const { model } = baumWelch(segmentalStart(shape, sequences, bounds, 1), sequences, {
      ...bounds,
      iterations: 60,
      tolerance: 1e-7,
    });
    expect(model.transitions[1]).toBeCloseTo(0.25, 1);
    expect(model.means[0]).toBeCloseTo(0, 1);
    expect(model.means[1]).toBeCloseTo(3, 1);
    expect(model.variances[0]).toBeCloseTo(1, 0);
    expect(model.variances[1]).toBeCloseTo(0.25, 1);
  });

  it('copes with samples that are all the same, and with a single one', () => {
    const shape = { states: 4, width: 2, reach: 3, mixtures: 2, dimensions: 2 };
    for (const count of [1, 10]) {
      const sequences = { count, steps: 2, observations: new Float32Array(count * 4).fill(0.5) };
      const begin = segmentalStart(shape, sequences, bounds, 1);
      const { model, likelihoods } = baumWelch(begin, sequences, { ...bounds, iterations: 5, tolerance: 0 });
      expectWithinBounds(model);
      expect(likelihoods.every(Number.isFinite)).toBe(true);
    }
  });

  it('can be stopped', () => {
    const sequences = someSequences(3, 9, 4, 1);
    const shape = { states: 9, width: 1, reach: 1, mixtures: 1, dimensions: 4 };
    let looks = 0;
    const look = (): void => {
      if (++looks === 3) throw new Error('enough');
    };
    const options = { ...bounds, iterations: 10, tolerance: 0, look };
    expect(() => baumWelch(segmentalStart(shape, sequences, bounds, 1), sequences, options)).toThrow('enough');
  });
});

/**
 * A walk that begins in the first state, ends in the second, and goes on with probability 1/4; its path is drawn until
 * it fits.
 */
function fillWalk(target: Float32Array, steps: number, random: Random): void {
  let left = 0;
  do {
    left = 1;
    while (random.uniform() >= 0.25) left++;
  } while (left >= steps);
  for (let step = 0; step < steps; step++) target[step] = step < left ? random.normal() : 3 + 0.5 * random.normal();
}

function expectWithinBounds({ states, reach, mixtures, begins, transitions, weights, variances }: MarkovModel): void {
  const rows = [begins];
  for (let state = 0; state < states; state++) {
    const from = state * (reach + 1);
    const possible = Math.min(reach + 1, states - state);
    rows.push(transitions.subarray(from, from + possible));
    expect([...transitions.subarray(from + possible, from + reach + 1)].every((value) => value === 0)).toBe(true);
  }
  for (const row of rows) expectShares(row, bounds.transition);
  for (let from = 0; from < weights.length; from += mixtures) {
    expectShares(weights.subarray(from, from + mixtures), bounds.weight);
  }
  expect(variances.every((variance) => variance >= bounds.variance)).toBe(true);
}

function expectShares(shares: Float64Array, least: number): void {
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
  for (const share of shares) expect(share).toBeGreaterThanOrEqual(least - 1e-12);
}

describe('bounded shares', () => {
  const value = (counts: Float64Array, shares: Float64Array): number =>
    counts.reduce((sum, count, m) => sum + (count > 0 ? count * Math.log(shares[m]!) : 0), 0);

  it('are the best of all that keep the bound', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (list, seed) => {
          const counts = Float64Array.from(list);
          const least = 0.1;
          const shares = new Float64Array(counts.length).fill(1 / counts.length);
          boundedShares(counts, least, shares);
          expectShares(shares, least);
          const random = randomStream(seed, 'others');
          for (let trial = 0; trial < 20; trial++) {
            const parts = Array.from(counts, () => random.uniform());
            const all = parts.reduce((sum, part) => sum + part, 0) || 1;
            const other = Float64Array.from(parts, (part) => least + (1 - least * counts.length) * (part / all));
            // A little of another choice that keeps the bound does not make it better.
            const mixed = shares.map((share, m) => 0.99 * share + 0.01 * other[m]!);
            expect(value(counts, mixed)).toBeLessThanOrEqual(value(counts, shares) + 1e-9);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are the counts themselves where no bound is in the way, and stay where nothing was counted', () => {
    const shares = Float64Array.of(0.3, 0.7);
    boundedShares(Float64Array.of(0, 0), 0.1, shares);
    expect([...shares]).toEqual([0.3, 0.7]);
    boundedShares(Float64Array.of(1, 3), 0.1, shares);
    expect([...shares]).toEqual([0.25, 0.75]);
    boundedShares(Float64Array.of(0, 3), 0, shares);
    expect([...shares]).toEqual([0, 1]);
  });
});
