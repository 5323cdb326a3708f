// A network of one hidden layer of sigmoid units, trained one sample at a time by plain back-propagation of the squared
// error, as in Rumelhart, Hinton and Williams (1986). Plain loops, not the engine: its calls cost more than a step of
// such a small network.
import type { Random } from '../../../core/floor.ts';

/** Weights, in layouts that let a step skip the zeros of its input. */
export interface SigmoidNetwork {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  /** `[inputs, hidden]`. */
  readonly inputWeights: Float32Array;
  /** `[hidden]`. */
  readonly hiddenBias: Float32Array;
  /** `[outputs, hidden]`. */
  readonly outputWeights: Float32Array;
  /** `[outputs]`. */
  readonly outputBias: Float32Array;
}

/** The units' outputs for one sample; every call overwrites them. */
export interface Activations {
  readonly hidden: Float64Array;
  readonly outputs: Float64Array;
}

/** Room for {@link Activations} of a network. */
export function activationsOf({ hidden, outputs }: Pick<SigmoidNetwork, 'hidden' | 'outputs'>): Activations {
  return { hidden: new Float64Array(hidden), outputs: new Float64Array(outputs) };
}

/**
 * A sample is right when the output of its class is above this and all others are below one minus it (Felten, Otto and
 * Fox).
 */
const sureOutput = 0.9;

/** A network before training: weights uniform within +-1 / sqrt(incoming units), biases 0. */
export function randomNetwork(inputs: number, hidden: number, outputs: number, random: Random): SigmoidNetwork {
  const drawn = (count: number, comeIn: number): Float32Array =>
    Float32Array.from({ length: count }, () => (2 * random.uniform() - 1) / Math.sqrt(comeIn));
  return {
    ...{ inputs, hidden, outputs },
    inputWeights: drawn(inputs * hidden, inputs),
    hiddenBias: new Float32Array(hidden),
    outputWeights: drawn(outputs * hidden, hidden),
    outputBias: new Float32Array(outputs),
  };
}

/**
 * `h = sigmoid(x W + b)`, `o = sigmoid(V h + c)`.
 *
 * @param rows inputs of all samples, `[count, inputs]`.
 * @param row index of the sample.
 */
export function runNetwork(network: SigmoidNetwork, rows: Float32Array, row: number, into: Activations): void {
  const { inputs, hidden, outputs, inputWeights, hiddenBias, outputWeights, outputBias } = network;
  const { hidden: h, outputs: o } = into;
  for (let j = 0; j < hidden; j++) h[j] = hiddenBias[j]!;
  for (let i = 0; i < inputs; i++) {
    const value = rows[row * inputs + i]!;
    if (value === 0) continue;
    for (let j = 0, at = i * hidden; j < hidden; j++, at++) h[j]! += value * inputWeights[at]!;
  }
  for (let j = 0; j < hidden; j++) h[j] = 1 / (1 + Math.exp(-h[j]!));
  for (let k = 0; k < outputs; k++) {
    let sum = outputBias[k]!;
    for (let j = 0, at = k * hidden; j < hidden; j++, at++) sum += h[j]! * outputWeights[at]!;
    o[k] = 1 / (1 + Math.exp(-sum));
  }
}

/** Whether the output of the class is above 0.9 and all others below 0.1. */
export function isSure(outputs: Float64Array, target: number): boolean {
  return outputs.every((output, k) => (k === target ? output > sureOutput : output < 1 - sureOutput));
}

/** Trains networks of a size; holds the memory of a step. */
export class BackPropagation {
  readonly #activations: Activations;
  readonly #outputSlope: Float64Array;
  readonly #hiddenSlope: Float64Array;

  constructor(size: Pick<SigmoidNetwork, 'hidden' | 'outputs'>) {
    this.#activations = activationsOf(size);
    this.#outputSlope = new Float64Array(size.outputs);
    this.#hiddenSlope = new Float64Array(size.hidden);
  }

  /**
   * One step down the gradient of `E = 1/2 sum over outputs of (o - t)^2`, t being 1 for the class and 0 for the
   * others: every weight changes by `-rate dE/dw`.
   *
   * @returns whether the sample was right before the step.
   */
  step(network: SigmoidNetwork, rows: Float32Array, row: number, target: number, rate: number): boolean {
    const { inputs, hidden, outputs, inputWeights, hiddenBias, outputWeights, outputBias } = network;
    const [outputSlope, hiddenSlope] = [this.#outputSlope, this.#hiddenSlope];
    const { hidden: h, outputs: o } = this.#activations;
    runNetwork(network, rows, row, this.#activations);
    hiddenSlope.fill(0);
    for (let k = 0; k < outputs; k++) {
      const slope = (o[k]! - (k === target ? 1 : 0)) * o[k]! * (1 - o[k]!);
      outputSlope[k] = slope;
      for (let j = 0, at = k * hidden; j < hidden; j++, at++) hiddenSlope[j]! += slope * outputWeights[at]!;
    }
    for (let k = 0; k < outputs; k++) {
      const change = rate * outputSlope[k]!;
      for (let j = 0, at = k * hidden; j < hidden; j++, at++) outputWeights[at]! -= change * h[j]!;
      outputBias[k]! -= change;
    }
    for (let j = 0; j < hidden; j++) {
      hiddenSlope[j]! *= rate * h[j]! * (1 - h[j]!);
      hiddenBias[j]! -= hiddenSlope[j]!;
    }
    for (let i = 0; i < inputs; i++) {
      const value = rows[row * inputs + i]!;
      if (value === 0) continue;
      for (let j = 0, at = i * hidden; j < hidden; j++, at++) inputWeights[at]! -= value * hiddenSlope[j]!;
    }
    return isSure(o, target);
  }
}

/**
 * The network for inputs twice as wide and high that gives the same answers: each weight of the input is copied to the
 * four finer pixels and divided by four (Felten, Otto and Fox, Parallel Computing Works, 1994, section 6.6.3).
 *
 * @param width of the coarse input.
 */
export function boosted(network: SigmoidNetwork, width: number): SigmoidNetwork {
  const { inputs, hidden } = network;
  const inputWeights = new Float32Array(4 * inputs * hidden);
  for (let fine = 0; fine < 4 * inputs; fine++) {
    const [x, y] = [fine % (2 * width), Math.floor(fine / (2 * width))];
    const coarse = (y >> 1) * width + (x >> 1);
    for (let j = 0; j < hidden; j++) inputWeights[fine * hidden + j] = network.inputWeights[coarse * hidden + j]! / 4;
  }
  return { ...network, inputs: 4 * inputs, inputWeights };
}
