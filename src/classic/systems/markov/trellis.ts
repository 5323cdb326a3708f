// The paths of a left-to-right model through a sequence of observations, all in natural logarithms: forward and
// backward sums (Baum and others 1970) and the best path (Viterbi 1967). One trellis serves any number of sequences
// without further allocation.
import type { LogMarkovModel, MarkovShape } from './markovModel.ts';

const never = Number.NEGATIVE_INFINITY;

/**
 * Memory and algorithms for sequences of one length under models of one shape.
 *
 * It visits only states that a path can reach at a step; the arrays' values for other states are undefined.
 */
export class Trellis {
  readonly steps: number;
  readonly shape: MarkovShape;
  /** `[step]`: first and last state that a path can be in, from its beginning, its end and its reach. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** `[step, state]`: ln of the density of the step's observation in the state. */
  readonly emissions: Float64Array;
  /** `[step, state, mixture]`: ln of weight times density of each Gaussian. */
  readonly components: Float64Array;
  /** `[step, state]`: ln p(observations up to the step, state at the step). */
  readonly forward: Float64Array;
  /** `[step, state]`: ln p(observations after the step | state at the step). */
  readonly backward: Float64Array;

  /**
   * @param steps observations in a sequence: enough for a path from the first states to the last.
   */
  constructor(steps: number, shape: MarkovShape) {
    const { states, width, reach, mixtures } = shape;
    this.steps = steps;
    this.shape = shape;
    this.first = Int32Array.from({ length: steps }, (_, step) =>
      Math.max(0, states - width - reach * (steps - 1 - step)),
    );
    this.last = Int32Array.from({ length: steps }, (_, step) => Math.min(states, width + reach * step) - 1);
    this.emissions = new Float64Array(steps * states);
    this.components = new Float64Array(steps * states * mixtures);
    this.forward = new Float64Array(steps * states);
    this.backward = new Float64Array(steps * states);
  }

  /**
   * Fills `emissions` and `components`: `ln b(x) = ln sum_m exp(c_m)`, `c_m = factor_m - sum_d (x_d - mean_md)^2 / (2
   * v_md)`.
   *
   * @param observations holds `[step, dimension]` from `offset` on.
   */
  emit(model: LogMarkovModel, observations: Float32Array, offset: number): void {
    const { states, mixtures, dimensions } = this.shape;
    const { factors, means, halfPrecisions } = model;
    const { components, emissions, first, last } = this;
    for (let step = 0; step < this.steps; step++) {
      const from = offset + step * dimensions;
      const end = last[step]!;
      for (let state = first[step]!; state <= end; state++) {
        const own = (step * states + state) * mixtures;
        let most = never;
        for (let mixture = 0; mixture < mixtures; mixture++) {
          const gaussian = state * mixtures + mixture;
          let value = factors[gaussian]!;
          for (let dimension = 0; dimension < dimensions; dimension++) {
            const difference = observations[from + dimension]! - means[gaussian * dimensions + dimension]!;
            value -= difference * difference * halfPrecisions[gaussian * dimensions + dimension]!;
          }
          components[own + mixture] = value;
          if (value > most) most = value;
        }
        let sum = 0;
        for (let mixture = 0; mixture < mixtures; mixture++) sum += Math.exp(components[own + mixture]! - most);
        emissions[step * states + state] = most + Math.log(sum);
      }
    }
  }

  /**
   * Fills `forward` from `emissions`. @returns ln p(observations), summed over all paths; -Infinity where there is
   * none.
   */
  sumForward(model: LogMarkovModel): number {
    return this.#goForward(model, false);
  }

  /** ln p(observations, path) of the best path, from `emissions`. Overwrites `forward`. */
  bestPath(model: LogMarkovModel): number {
    return this.#goForward(model, true);
  }

  /** @param best whether the best path to a state is kept, or all are summed. */
  #goForward({ begins, transitions }: LogMarkovModel, best: boolean): number {
    const { states, reach } = this.shape;
    const { emissions, forward, first, last, steps } = this;
    for (let state = first[0]!; state <= last[0]!; state++) forward[state] = begins[state]! + emissions[state]!;
    for (let step = 1; step < steps; step++) {
      const before = (step - 1) * states;
      const earliest = first[step - 1]!;
      const latest = last[step - 1]!;
      const end = last[step]!;
      for (let state = first[step]!; state <= end; state++) {
        const from = Math.max(earliest, state - reach);
        const to = Math.min(latest, state);
        let most = never;
        for (let source = from; source <= to; source++) {
          const value = forward[before + source]! + transitions[source * (reach + 1) + state - source]!;
          if (value > most) most = value;
        }
        const at = step * states + state;
        if (most === never) {
          forward[at] = never;
          continue;
        }
        let sum = 1;
        if (!best) {
          sum = 0;
          for (let source = from; source <= to; source++) {
            sum += Math.exp(forward[before + source]! + transitions[source * (reach + 1) + state - source]! - most);
          }
        }
        forward[at] = most + Math.log(sum) + emissions[at]!;
      }
    }
    const row = (steps - 1) * states;
    return overLast(forward, row + first[steps - 1]!, row + last[steps - 1]! + 1, best);
  }

  /** Fills `backward` from `emissions`. */
  sumBackward({ transitions }: LogMarkovModel): void {
    const { states, reach } = this.shape;
    const { emissions, backward, first, last, steps } = this;
    const row = (steps - 1) * states;
    backward.fill(0, row + first[steps - 1]!, row + last[steps - 1]! + 1);
    for (let step = steps - 2; step >= 0; step--) {
      const after = (step + 1) * states;
      const earliest = first[step + 1]!;
      const latest = last[step + 1]!;
      const end = last[step]!;
      for (let state = first[step]!; state <= end; state++) {
        const from = Math.max(earliest, state);
        const to = Math.min(latest, state + reach);
        let most = never;
        for (let target = from; target <= to; target++) {
          const value =
            transitions[state * (reach + 1) + target - state]! + emissions[after + target]! + backward[after + target]!;
          if (value > most) most = value;
        }
        let sum = 0;
        if (most > never) {
          for (let target = from; target <= to; target++) {
            const value =
              transitions[state * (reach + 1) + target - state]! +
              emissions[after + target]! +
              backward[after + target]!;
            sum += Math.exp(value - most);
          }
        }
        backward[step * states + state] = most > never ? most + Math.log(sum) : never;
      }
    }
  }
}

/** The sum, or the maximum, over the states in which a path may end. */
function overLast(values: Float64Array, from: number, to: number, best: boolean): number {
  let most = never;
  for (let at = from; at < to; at++) if (values[at]! > most) most = values[at]!;
  if (best || most === never) return most;
  let sum = 0;
  for (let at = from; at < to; at++) sum += Math.exp(values[at]! - most);
  return most + Math.log(sum);
}
