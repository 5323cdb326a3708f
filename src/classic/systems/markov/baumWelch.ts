// Baum-Welch: repeatedly replaces a model by one that makes the sequences more likely (Baum and others 1970; for
// mixtures of Gaussians Juang 1985). segmentalStart.ts makes the first model.
import { type LogMarkovModel, logModel, type MarkovModel, type MarkovShape } from './markovModel.ts';
import { Trellis } from './trellis.ts';

/** Sequences of one length, each `[step, dimension]`, one after another. */
export interface Sequences {
  readonly count: number;
  readonly steps: number;
  /** `[sequence, step, dimension]`. */
  readonly observations: Float32Array;
}

/** Bounds that keep a model from overfitting few samples. */
export interface MarkovBounds {
  /** No variance is below this, above 0: that of a Gaussian on a single value would be 0, and its density infinite. */
  readonly variance: number;
  /** No Gaussian's weight is below this, at least 0 and at most 1 / mixtures. */
  readonly weight: number;
  /** No transition's probability, to the same or a later state, is below this; at least 0 and below 1/2. */
  readonly transition: number;
}

/** When to stop. */
export interface BaumWelchOptions extends MarkovBounds {
  /** Most re-estimations, at least 0. */
  readonly iterations: number;
  /** A gain in ln p per sequence below this ends the learning, at least 0. */
  readonly tolerance: number;
  /** Called before each re-estimation; may throw. */
  readonly look?: () => void;
}

/** A learnt model. */
export interface BaumWelchResult {
  readonly model: MarkovModel;
  /** Mean ln p of a sequence under the model before each re-estimation, and at the end; it falls only by rounding. */
  readonly likelihoods: readonly number[];
}

/**
 * Learns a model by Baum-Welch from a given one, which must keep the bounds.
 *
 * The bounds are constraints of the maximisation, not corrections after it: each re-estimation finds the greatest
 * expected likelihood within them. So the likelihood never falls, as without bounds.
 */
export function baumWelch(begin: MarkovModel, sequences: Sequences, options: BaumWelchOptions): BaumWelchResult {
  const { iterations, tolerance, look } = options;
  const trellis = new Trellis(sequences.steps, begin);
  const counts = new ExpectedCounts(begin);
  const likelihoods: number[] = [];
  let model = begin;
  for (let iteration = 0; ; iteration++) {
    look?.();
    likelihoods.push(counts.take(model, sequences, trellis));
    const gain = likelihoods.at(-1)! - (likelihoods.at(-2) ?? Number.NEGATIVE_INFINITY);
    if (iteration === iterations || gain < tolerance) return { model, likelihoods };
    model = counts.maximise(model, options);
  }
}

/** Expected counts of a model's events in some observed sequences. */
class ExpectedCounts {
  /** `[width]`, beginnings in each of the first states. */
  readonly #begun: Float64Array;
  /** `[state, jump]`, steps from the state to the states in its reach. */
  readonly #gone: Float64Array;
  /** `[state, mixture]`, observations of each Gaussian. */
  readonly #observed: Float64Array;
  /**
   * `[state, mixture, dimension]`, sums of the differences from the model's mean, and of their squares: around the
   * mean, nothing cancels.
   */
  readonly #differences: Float64Array;
  readonly #squares: Float64Array;

  constructor({ states, width, reach, mixtures, dimensions }: MarkovShape) {
    this.#begun = new Float64Array(width);
    this.#gone = new Float64Array(states * (reach + 1));
    this.#observed = new Float64Array(states * mixtures);
    this.#differences = new Float64Array(states * mixtures * dimensions);
    this.#squares = new Float64Array(states * mixtures * dimensions);
  }

  /** Counts anew. @returns mean ln p of a sequence. */
  take(model: MarkovModel, { count, steps, observations }: Sequences, trellis: Trellis): number {
    for (const sums of [this.#begun, this.#gone, this.#observed, this.#differences, this.#squares]) sums.fill(0);
    const logs = logModel(model);
    let total = 0;
    for (let sequence = 0; sequence < count; sequence++) {
      const offset = sequence * steps * model.dimensions;
      trellis.emit(logs, observations, offset);
      const likelihood = trellis.sumForward(logs);
      trellis.sumBackward(logs);
      this.#countSteps(logs, trellis, likelihood);
      this.#countObservations(logs, trellis, likelihood, observations, offset);
      total += likelihood;
    }
    return total / count;
  }

  #countSteps({ transitions }: LogMarkovModel, trellis: Trellis, likelihood: number): void {
    const { forward, backward, emissions, first, last, steps } = trellis;
    const { states, reach } = trellis.shape;
    for (let state = first[0]!; state <= last[0]!; state++) {
      this.#begun[state]! += Math.exp(forward[state]! + backward[state]! - likelihood);
    }
    for (let step = 0; step + 1 < steps; step++) {
      const after = (step + 1) * states;
      const end = last[step]!;
      for (let state = first[step]!; state <= end; state++) {
        const here = forward[step * states + state]! - likelihood;
        const to = Math.min(last[step + 1]!, state + reach);
        for (let target = Math.max(first[step + 1]!, state); target <= to; target++) {
          const jump = state * (reach + 1) + target - state;
          this.#gone[jump]! += Math.exp(
            here + transitions[jump]! + emissions[after + target]! + backward[after + target]!,
          );
        }
      }
    }
  }

  #countObservations(
    { means, states, mixtures, dimensions }: LogMarkovModel,
    trellis: Trellis,
    likelihood: number,
    observations: Float32Array,
    offset: number,
  ): void {
    const { forward, backward, emissions, components, first, last } = trellis;
    for (let step = 0; step < trellis.steps; step++) {
      const from = offset + step * dimensions;
      const end = last[step]!;
      for (let state = first[step]!; state <= end; state++) {
        const at = step * states + state;
        const share = forward[at]! + backward[at]! - likelihood - emissions[at]!;
        if (share < leastShare) continue;
        for (let mixture = 0; mixture < mixtures; mixture++) {
          const gaussian = state * mixtures + mixture;
          const posterior = Math.exp(share + components[at * mixtures + mixture]!);
          this.#observed[gaussian]! += posterior;
          for (let dimension = 0; dimension < dimensions; dimension++) {
            const place = gaussian * dimensions + dimension;
            const difference = observations[from + dimension]! - means[place]!;
            this.#differences[place]! += posterior * difference;
            this.#squares[place]! += posterior * difference * difference;
          }
        }
      }
    }
  }

  /** The model that makes the counts most likely, within the bounds. Unobserved parts stay unchanged. */
  maximise(model: MarkovModel, bounds: MarkovBounds): MarkovModel {
    const { states, width, reach, mixtures, dimensions } = model;
    const begins = model.begins.slice();
    boundedShares(this.#begun, bounds.transition, begins);
    const transitions = model.transitions.slice();
    for (let state = 0; state < states; state++) {
      const [from, to] = [state * (reach + 1), state * (reach + 1) + Math.min(reach + 1, states - state)];
      boundedShares(this.#gone.subarray(from, to), bounds.transition, transitions.subarray(from, to));
    }
    const weights = model.weights.slice();
    for (let from = 0; from < weights.length; from += mixtures) {
      boundedShares(
        this.#observed.subarray(from, from + mixtures),
        bounds.weight,
        weights.subarray(from, from + mixtures),
      );
    }
    const means = model.means.slice();
    const variances = model.variances.slice();
    for (let place = 0; place < means.length; place++) {
      const observed = this.#observed[Math.floor(place / dimensions)]!;
      if (observed < leastObserved) continue;
      const shift = this.#differences[place]! / observed;
      means[place]! += shift;
      variances[place] = Math.max(bounds.variance, this.#squares[place]! / observed - shift * shift);
    }
    return { ...{ states, width, reach, mixtures, dimensions }, begins, transitions, weights, means, variances };
  }
}

/**
 * Least ln of the probability of a state at a step; below it, the observation is not counted: it would have no effect.
 */
const leastShare = -40;

/**
 * A Gaussian with less than this share of an observation stays unchanged: quotients of such numbers are rounding
 * errors.
 */
const leastObserved = 1e-10;

/**
 * The shares `w` that maximise `sum_m counts_m ln w_m`, with sum 1 and none below `least`. They are proportional to the
 * counts, except those that would fall below it.
 *
 * @param shares written; unchanged when nothing was counted.
 */
export function boundedShares(counts: Float64Array, least: number, shares: Float64Array): void {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (!(all > 0)) return;
  const held = new Uint8Array(counts.length);
  for (let more = true; more; ) {
    more = false;
    let [free, counted] = [1, 0];
    for (let m = 0; m < counts.length; m++) {
      if (held[m]) free -= least;
      else counted += counts[m]!;
    }
    for (let m = 0; m < counts.length; m++) {
      if (held[m]) continue;
      shares[m] = free * (counts[m]! / counted);
      // Shares held at the bound leave less for the others, which may then fall below it too.
      if (shares[m]! < least) {
        held[m] = 1;
        more = true;
      }
    }
    for (let m = 0; m < counts.length; m++) if (held[m]) shares[m] = least;
  }
}
