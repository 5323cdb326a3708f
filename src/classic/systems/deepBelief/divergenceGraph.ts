// The graph of one step of contrastive divergence, for the engine: matrix products are nearly all of its cost.
import {
  add,
  input,
  lessMask,
  matMul,
  multiply,
  reduceMean,
  scalar,
  sigmoid,
  subtract,
  type Tensor,
  transpose,
} from '../../../engine/floor.ts';

/**
 * One step of contrastive divergence (CD-1, Hinton 2002) on a restricted Boltzmann machine of binary units:
 *
 * `h0 = sigmoid(v W + b)`, `v1 = sigmoid([u < h0] W' + a)`, `h1 = sigmoid(v1 W + b)`; with probabilities everywhere
 * except in the hidden states that drive the reconstruction (Hinton 2012, A practical guide to training restricted
 * Boltzmann machines).
 *
 * Inputs: `data` v `[batch, visible]` 0..1, `uniform` u `[batch, hidden]` drawn from [0, 1), `weights` W `[visible,
 * hidden]`, `hiddenBias` b `[hidden]`, `visibleBias` a `[visible]`.
 *
 * @returns each the mean over the batch of positive minus negative phase: `weightStep`, `hiddenStep`, `visibleStep`;
 * and `error`, the
 *   mean squared difference of v and v1, `[]`.
 */
export function divergenceGraph(visible: number, hidden: number, batch: number): Readonly<Record<string, Tensor>> {
  const data = input('data', [batch, visible]);
  const weights = input('weights', [visible, hidden]);
  const hiddenBias = input('hiddenBias', [hidden]);
  const hiddenOf = (rows: Tensor): Tensor => sigmoid(add(matMul(rows, weights), hiddenBias));
  const hidden0 = hiddenOf(data);
  const states = lessMask(input('uniform', [batch, hidden]), hidden0);
  // Written as a transpose, which the engine fuses with product and bias: one pass, as for the hidden units.
  const visible1 = sigmoid(add(matMul(states, transpose(weights, [1, 0])), input('visibleBias', [visible])));
  const hidden1 = hiddenOf(visible1);
  const statistics = subtract(matMul(data, hidden0, true), matMul(visible1, hidden1, true));
  const visibleChange = subtract(data, visible1);
  return {
    weightStep: multiply(statistics, scalar(1 / batch)),
    hiddenStep: reduceMean(subtract(hidden0, hidden1), [0]),
    visibleStep: reduceMean(visibleChange, [0]),
    error: reduceMean(multiply(visibleChange, visibleChange)),
  };
}

/** `hidden = sigmoid(data W + b)`: inputs `data`, `weights`, `hiddenBias`, as in {@link divergenceGraph}. */
export function hiddenGraph(visible: number, hidden: number, batch: number): Readonly<Record<string, Tensor>> {
  const product = matMul(input('data', [batch, visible]), input('weights', [visible, hidden]));
  return { hidden: sigmoid(add(product, input('hiddenBias', [hidden]))) };
}
