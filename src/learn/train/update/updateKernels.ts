// The passes that optimisers are made of, over tensors in one memory.

/**
 * Passes over float32 tensors in a shared memory. Tensors are byte addresses, counts are elements and multiples of
 * four.
 *
 * `plainUpdateKernels` is the definition, `wasmUpdateKernels` the same four elements at a time.
 */
export interface UpdateKernels {
  /** The memory of all addresses, for an optimiser without a pass. */
  readonly floats: Float32Array;
  /** `target = weight source`. */
  scale(target: number, source: number, count: number, weight: number): void;
  /** `target = target + weight source`. */
  accumulate(target: number, source: number, count: number, weight: number): void;
  /** `target = target + share (source - target)`. */
  approach(target: number, source: number, count: number, share: number): void;
  /** `m = beta1 m + g`, `v = beta2 v + g^2`, `p = shrink p - stepSize m / (sqrt v + epsilon)`. */
  adam(
    parameter: number,
    first: number,
    second: number,
    gradient: number,
    count: number,
    beta1: number,
    beta2: number,
    stepSize: number,
    epsilon: number,
    shrink: number,
  ): void;
  /** `h = g + weightDecay p`, `v = momentum v + h`, `p = p - rate (lookAhead h + alongVelocity v)`. */
  momentum(
    parameter: number,
    velocity: number,
    gradient: number,
    count: number,
    momentum: number,
    rate: number,
    weightDecay: number,
    lookAhead: number,
    alongVelocity: number,
  ): void;
  /** `p = p - rate (g + weightDecay p)`. */
  descend(parameter: number, gradient: number, count: number, rate: number, weightDecay: number): void;
  /**
   * `target[i, c] = sum_n left[n, i] right[n, c]` for i = 0..3: four rows of the product of a transposed matrix with
   * another.
   *
   * @param samples rows of both matrices, at least 1.
   * @param leftStride bytes from row to row of `left`; likewise `rightStride`.
   * @param columns of `right` and `target`, a multiple of eight.
   */
  outer(
    target: number,
    left: number,
    right: number,
    samples: number,
    leftStride: number,
    rightStride: number,
    columns: number,
  ): void;
}
