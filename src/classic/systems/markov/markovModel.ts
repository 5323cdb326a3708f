// A left-to-right hidden Markov model whose states emit by mixtures of Gaussians: its numbers, and their logarithms
// ready for use. It only holds them: trellis.ts scores, baumWelch.ts learns.

/** Extents of a model. */
export interface MarkovShape {
  /** States in their order, at least 1. */
  readonly states: number;
  /**
   * Width of the topology, at least 1: a path begins in one of the first `width` states and ends in one of the last.
   */
  readonly width: number;
  /** From state i a path goes to one of the states i .. i + reach; at least 1 where there is more than one state. */
  readonly reach: number;
  /** Gaussians of each state, at least 1. */
  readonly mixtures: number;
  /** Observed numbers per step, at least 1. */
  readonly dimensions: number;
}

/** A model as probabilities. */
export interface MarkovModel extends MarkovShape {
  /** `[width]`, probabilities of beginning in each of the first states; they sum to 1. */
  readonly begins: Float64Array;
  /**
   * `[state, jump]`, probabilities of a jump by 0 .. reach states; a state's sum to 1, and those past the last state
   * are 0.
   */
  readonly transitions: Float64Array;
  /** `[state, mixture]`; the weights of a state sum to 1. */
  readonly weights: Float64Array;
  /** `[state, mixture, dimension]`. */
  readonly means: Float64Array;
  /** `[state, mixture, dimension]`, above 0: the covariance is diagonal. */
  readonly variances: Float64Array;
}

/** The same numbers in the form of the inner loops. */
export interface LogMarkovModel extends MarkovShape {
  /** `[width]`, logarithms. */
  readonly begins: Float64Array;
  /** `[state, jump]`, logarithms; -Infinity for impossible jumps. */
  readonly transitions: Float64Array;
  /**
   * `[state, mixture]`: `ln w - 1/2 sum_d ln(2 pi v_d)`, the density's part that does not depend on the observation.
   */
  readonly factors: Float64Array;
  /** `[state, mixture, dimension]`. */
  readonly means: Float64Array;
  /** `[state, mixture, dimension]`: `1 / (2 v)`. */
  readonly halfPrecisions: Float64Array;
}

/** Logarithms of a model, and the parts of its densities that do not depend on the observation. */
export function logModel(model: MarkovModel): LogMarkovModel {
  const { begins, transitions, weights, means, variances, ...shape } = model;
  const factors = weights.map(Math.log);
  for (let at = 0; at < variances.length; at++) {
    factors[Math.floor(at / shape.dimensions)]! -= 0.5 * Math.log(2 * Math.PI * variances[at]!);
  }
  return {
    ...shape,
    begins: begins.map(Math.log),
    transitions: transitions.map(Math.log),
    factors,
    means,
    halfPrecisions: variances.map((variance) => 0.5 / variance),
  };
}
