// The first model for Baum-Welch: sequences are divided evenly among the states, and each state's observations by
// k-means (Rabiner, A tutorial on hidden Markov models, 1989, on segmental k-means; here without its iterations).
import { randomStream } from '../../../core/floor.ts';
import { kMeans, type VectorRows } from '../../parts/kMeans.ts';
import { boundedShares, type MarkovBounds, type Sequences } from './baumWelch.ts';
import type { MarkovModel, MarkovShape } from './markovModel.ts';

/**
 * A first model of some sequences, within the bounds.
 *
 * Where there are more steps than states, a state has several steps in a row; where there are more states than steps, a
 * step has several states, among which its observations are divided by k-means. Every state's observations are then
 * divided among its Gaussians, and its transitions follow from the division.
 *
 * @param seed decides k-means' draws.
 */
export function segmentalStart(
  shape: MarkovShape,
  sequences: Sequences,
  bounds: MarkovBounds,
  seed: number,
): MarkovModel {
  const { states, width, reach, mixtures, dimensions } = shape;
  const { count, steps } = sequences;
  const owners = divideAmongStates(shape, sequences, seed);
  const begun = new Float64Array(width);
  const gone = new Float64Array(states * (reach + 1));
  for (let sequence = 0; sequence < count; sequence++) {
    const own = sequence * steps;
    const begin = owners[own]!;
    begun[begin]!++;
    for (let at = own; at + 1 < own + steps; at++) gone[owners[at]! * (reach + 1) + owners[at + 1]! - owners[at]!]!++;
  }
  const begins = new Float64Array(width).fill(1 / width);
  boundedShares(begun, bounds.transition, begins);
  const transitions = new Float64Array(gone.length);
  const weights = new Float64Array(states * mixtures).fill(1 / mixtures);
  const means = new Float64Array(states * mixtures * dimensions);
  const variances = new Float64Array(means.length).fill(1);
  for (let state = 0; state < states; state++) {
    const [from, to] = [state * (reach + 1), state * (reach + 1) + Math.min(reach + 1, states - state)];
    transitions.fill(1 / (to - from), from, to);
    boundedShares(gone.subarray(from, to), bounds.transition, transitions.subarray(from, to));
    const observed = observedBy(state, owners, sequences, dimensions);
    if (observed.count === 0) continue;
    const division = kMeans(observed, mixtures, randomStream(seed, 'mixtures', state));
    const sizes = new Float64Array(mixtures);
    for (const group of division.groups) sizes[group]!++;
    boundedShares(sizes, bounds.weight, weights.subarray(state * mixtures, (state + 1) * mixtures));
    for (let mixture = 0; mixture < mixtures; mixture++) {
      // Fewer distinct observations than Gaussians: the surplus ones begin like the first, with the least weight.
      const group = sizes[mixture]! > 0 ? mixture : division.groups[0]!;
      const place = (state * mixtures + mixture) * dimensions;
      for (let dimension = 0; dimension < dimensions; dimension++) {
        let [sum, squares, members] = [0, 0, 0];
        for (let row = 0; row < observed.count; row++) {
          if (division.groups[row] !== group) continue;
          const value = observed.data[row * dimensions + dimension]!;
          sum += value;
          squares += value * value;
          members++;
        }
        means[place + dimension] = sum / members;
        variances[place + dimension] = Math.max(bounds.variance, squares / members - (sum / members) ** 2);
      }
    }
  }
  return { ...{ states, width, reach, mixtures, dimensions }, begins, transitions, weights, means, variances };
}

/** `[sequence, step]`: the first state of each observation. */
function divideAmongStates({ states, dimensions }: MarkovShape, sequences: Sequences, seed: number): Int32Array {
  const { count, steps, observations } = sequences;
  const owners = new Int32Array(count * steps);
  for (let step = 0; step < steps; step++) {
    const first = Math.floor((step * states) / steps);
    const own = Math.max(1, Math.floor(((step + 1) * states) / steps) - first);
    const values = new Float32Array(count * dimensions);
    for (let sequence = 0; sequence < count; sequence++) {
      const from = (sequence * steps + step) * dimensions;
      values.set(observations.subarray(from, from + dimensions), sequence * dimensions);
    }
    const { groups } = kMeans({ count, size: dimensions, data: values }, own, randomStream(seed, 'states', step));
    for (let sequence = 0; sequence < count; sequence++) owners[sequence * steps + step] = first + groups[sequence]!;
  }
  return owners;
}

/** A state's first observations, one per row. */
function observedBy(state: number, owners: Int32Array, { observations }: Sequences, dimensions: number): VectorRows {
  const mine: number[] = [];
  owners.forEach((owner, at) => {
    if (owner === state) mine.push(at);
  });
  const values = new Float32Array(mine.length * dimensions);
  mine.forEach((at, row) => {
    values.set(observations.subarray(at * dimensions, (at + 1) * dimensions), row * dimensions);
  });
  return { count: mine.length, size: dimensions, data: values };
}
