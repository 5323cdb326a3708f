import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { density, enumeratePaths } from '../../../../test/classic/enumeratePaths.ts';
import { randomStream } from '../../../core/floor.ts';
import { logModel, type MarkovModel, type MarkovShape } from './markovModel.ts';
import { Trellis } from './trellis.ts';

/** Tiny shapes, with enough steps for a path. */
const problems = fc
  .record({
    states: fc.integer({ min: 1, max: 5 }),
    width: fc.integer({ min: 1, max: 2 }),
    reach: fc.integer({ min: 1, max: 3 }),
    mixtures: fc.integer({ min: 1, max: 3 }),
    dimensions: fc.integer({ min: 1, max: 3 }),
    steps: fc.integer({ min: 1, max: 6 }),
    seed: fc.nat(),
  })
  .filter(({ states, width, reach, steps }) => width <= states && 2 * width - 1 + reach * (steps - 1) >= states);

describe('trellis', () => {
  it('sums and compares paths as going through every one of them does', () => {
    fc.assert(
      fc.property(problems, ({ steps, seed, ...shape }) => {
        const model = someModel(shape, seed);
        const random = randomStream(seed, 'observations');
        const observations = Float32Array.from({ length: 7 + steps * shape.dimensions }, () => 2 * random.normal());
        const rows = Array.from({ length: steps }, (_, step) =>
          observations.subarray(7 + step * shape.dimensions, 7 + (step + 1) * shape.dimensions),
        );
        const expected = enumeratePaths(model, rows);
        const trellis = new Trellis(steps, shape);
        const logs = logModel(model);
        trellis.emit(logs, observations, 7);
        expect(trellis.bestPath(logs)).toBeCloseTo(Math.log(expected.best), 8);
        const likelihood = trellis.sumForward(logs);
        expect(likelihood).toBeCloseTo(Math.log(expected.likelihood), 8);
        trellis.sumBackward(logs);
        expected.states.forEach((row, step) => {
          row.forEach((probability, state) => {
            const inside = state >= trellis.first[step]! && state <= trellis.last[step]!;
            const at = step * shape.states + state;
            const found = inside ? Math.exp(trellis.forward[at]! + trellis.backward[at]! - likelihood) : 0;
            expect(found).toBeCloseTo(probability, 8);
          });
        });
      }),
      { numRuns: 60 },
    );
  });

  it('knows transitions that are not possible', () => {
    const shape = { states: 4, width: 2, reach: 2, mixtures: 1, dimensions: 1 };
    for (let seed = 0; seed < 30; seed++) {
      const model = someModel(shape, seed, true);
      const observations = Float32Array.of(0, 1, -1, 2);
      const expected = enumeratePaths(
        model,
        [...observations].map((value) => [value]),
      );
      const trellis = new Trellis(4, shape);
      const logs = logModel(model);
      trellis.emit(logs, observations, 0);
      expect(Math.exp(trellis.sumForward(logs))).toBeCloseTo(expected.likelihood, 12);
      expect(Math.exp(trellis.bestPath(logs))).toBeCloseTo(expected.best, 12);
    }
  });

  it('does not lose what is far too unlikely for plain probabilities', () => {
    const shape = { states: 2, width: 1, reach: 1, mixtures: 2, dimensions: 1 };
    const model = someModel(shape, 1);
    const logs = logModel(model);
    const trellis = new Trellis(500, shape);
    trellis.emit(logs, new Float32Array(500).fill(1000), 0);
    const [sum, best] = [trellis.sumForward(logs), trellis.bestPath(logs)];
    expect(sum).toBeLessThan(-1e6);
    expect(Number.isFinite(sum)).toBe(true);
    // None of at most 499 paths is more likely than the best.
    expect(sum).toBeGreaterThanOrEqual(best);
    expect(sum).toBeLessThanOrEqual(best + Math.log(499) + 1e-6);
  });
});

describe('densities', () => {
  it('are 1 in all, over the line and over the plane', () => {
    for (const dimensions of [1, 2]) {
      const shape = { states: 2, width: 1, reach: 1, mixtures: 3, dimensions };
      const model = someModel(shape, 5);
      const logs = logModel(model);
      const trellis = new Trellis(2, shape);
      const step = 0.2;
      const axis = Array.from({ length: 201 }, (_, k) => (k - 100) * step);
      const points = dimensions === 1 ? axis.map((x) => [x]) : axis.flatMap((x) => axis.map((y) => [x, y]));
      const sums = [0, 0];
      for (const point of points) {
        // The first step can be in the first state only, the second in the last.
        trellis.emit(logs, Float32Array.from([...point, ...point]), 0);
        for (const state of [0, 1]) {
          const found = Math.exp(trellis.emissions[state * 2 + state]!);
          sums[state]! += found * step ** dimensions;
          if (point[0] === 0) expect(found).toBeCloseTo(density(model, state, point), 6);
        }
      }
      for (const sum of sums) expect(sum).toBeCloseTo(1, 6);
    }
  });
});

/** Any model of a shape, none of whose possible transitions is 0 unless `sparse`. */
function someModel(shape: MarkovShape, seed: number, sparse = false): MarkovModel {
  const { states, width, reach, mixtures, dimensions } = shape;
  const random = randomStream(seed, 'model');
  const shares = (count: number): number[] => {
    const parts = Array.from({ length: count }, (_, at) =>
      sparse && at > 0 && random.uniform() < 0.3 ? 0 : random.uniform(),
    );
    const all = parts.reduce((sum, part) => sum + part, 0);
    return parts.map((part) => part / all);
  };
  const transitions = new Float64Array(states * (reach + 1));
  for (let state = 0; state < states; state++) {
    transitions.set(shares(Math.min(reach + 1, states - state)), state * (reach + 1));
  }
  const gaussians = states * mixtures * dimensions;
  return {
    ...shape,
    begins: Float64Array.from(shares(width)),
    transitions,
    weights: Float64Array.from(Array.from({ length: states }, () => shares(mixtures)).flat()),
    means: Float64Array.from({ length: gaussians }, () => 2 * random.normal()),
    variances: Float64Array.from({ length: gaussians }, () => 0.2 + 2 * random.uniform()),
  };
}
