// What a hidden Markov model says of a sequence, from the definition: every path by itself, in plain probabilities. Its
// work grows exponentially with the steps; the tests hold trellis.ts and baumWelch.ts against it.
import type { MarkovModel } from '../../src/classic/systems/markov/markovModel.ts';

/** What {@link enumeratePaths} finds. */
export interface PathSums {
  /** p(observations). */
  readonly likelihood: number;
  /** p(observations, path) of the best path. */
  readonly best: number;
  /** `[step][state]`, p(state at the step | observations). */
  readonly states: readonly (readonly number[])[];
}

/** @param observations `[step][dimension]`. */
export function enumeratePaths(model: MarkovModel, observations: readonly ArrayLike<number>[]): PathSums {
  const { states, width, reach, begins, transitions } = model;
  const sums = observations.map(() => new Array<number>(states).fill(0));
  let [likelihood, best] = [0, 0];
  const follow = (path: readonly number[], probability: number): void => {
    const state = path.at(-1)!;
    const here = probability * density(model, state, observations[path.length - 1]!);
    if (path.length < observations.length) {
      for (let jump = 0; jump <= reach && state + jump < states; jump++) {
        follow([...path, state + jump], here * transitions[state * (reach + 1) + jump]!);
      }
      return;
    }
    if (state < states - width) return;
    likelihood += here;
    best = Math.max(best, here);
    path.forEach((own, step) => {
      sums[step]![own]! += here;
    });
  };
  for (let state = 0; state < width; state++) follow([state], begins[state]!);
  return { likelihood, best, states: sums.map((row) => row.map((sum) => sum / likelihood)) };
}

/** The density of an observation in a state. */
export function density(
  { mixtures, dimensions, weights, means, variances }: MarkovModel,
  state: number,
  observation: ArrayLike<number>,
): number {
  let sum = 0;
  for (let gaussian = state * mixtures; gaussian < (state + 1) * mixtures; gaussian++) {
    let product = weights[gaussian]!;
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const variance = variances[gaussian * dimensions + dimension]!;
      const difference = observation[dimension]! - means[gaussian * dimensions + dimension]!;
      product *= Math.exp(-(difference ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    }
    sum += product;
  }
  return sum;
}
