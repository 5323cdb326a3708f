// Optimisers: how a gradient changes a parameter, in one pass over memory.
import type { UpdateKernels } from './update/updateKernels.ts';

/** Adam (Kingma and Ba 2015). Defaults are Keras's: 0.9, 0.999, 1e-7. */
export interface AdamConfig {
  readonly type: 'adam';
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019): kernels shrink by `rate * weightDecay` a step. */
export interface AdamWConfig {
  readonly type: 'adamW';
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Default 0.01. */
  readonly weightDecay?: number;
}

/** Stochastic gradient descent with momentum: `v = momentum v + g`, `p = p - rate v` (PyTorch's form). */
export interface SgdConfig {
  readonly type: 'sgd';
  /** Default 0.9; 0 is plain gradient descent. */
  readonly momentum?: number;
  /** Look ahead along the velocity (Nesterov 1983; Sutskever et al. 2013); default false. */
  readonly nesterov?: boolean;
  /** Added to the gradient of kernels as `weightDecay * p`; default 0. */
  readonly weightDecay?: number;
}

/** Any optimiser. */
export type OptimizerConfig = AdamConfig | AdamWConfig | SgdConfig;

/** A stretch of one parameter in memory, with what belongs to it: byte addresses. */
export interface Stretch {
  readonly parameter: number;
  readonly gradient: number;
  /** One address for each of the optimiser's slots, in their order. */
  readonly slots: readonly number[];
  /** Elements, a multiple of four. */
  readonly count: number;
  /** Whether weight decay pulls at this parameter. */
  readonly decays: boolean;
}

/** An optimiser ready to change parameters. */
export interface Optimizer {
  /** Names of the state tensors that each parameter has, all of its shape and 0 at the start. */
  readonly slots: readonly string[];
  /** Changes a stretch of a parameter and its slots. @param step counted from 1. @param rate learning rate. */
  update(kernels: UpdateKernels, stretch: Stretch, step: number, rate: number): void;
}

/** The optimiser that a config describes. */
export function optimizerOf(config: OptimizerConfig): Optimizer {
  return config.type === 'sgd' ? sgd(config) : adam(config);
}

/**
 * Adam with its two moments stored scaled, `m / (1 - beta1)` and `v / (1 - beta2)`, which saves two products for every
 * parameter: `M = beta1 M + g`, `V = beta2 V + g^2`, `p = p - c M / (sqrt V + e)`, c and e taking up the scales and the bias correction.
 * The same numbers as Keras's `p - rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt v + epsilon)`.
 */
function adam(config: AdamConfig | AdamWConfig): Optimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = config;
  const weightDecay = config.type === 'adamW' ? (config.weightDecay ?? 0.01) : 0;
  const scaledEpsilon = epsilon / Math.sqrt(1 - beta2);
  return {
    slots: ['firstMoment', 'secondMoment'],
    update(kernels, { parameter, gradient, slots, count, decays }, step, rate) {
      const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
      const stepSize = (corrected * (1 - beta1)) / Math.sqrt(1 - beta2);
      const shrink = decays ? 1 - rate * weightDecay : 1;
      const [first, second] = slots as readonly [number, number];
      kernels.adam(parameter, first, second, gradient, count, beta1, beta2, stepSize, scaledEpsilon, shrink);
    },
  };
}

function sgd({ momentum = 0.9, nesterov = false, weightDecay = 0 }: SgdConfig): Optimizer {
  return {
    slots: momentum === 0 ? [] : ['velocity'],
    update(kernels, { parameter, gradient, slots, count, decays }, _, rate) {
      const decay = decays ? weightDecay : 0;
      if (momentum === 0) kernels.descend(parameter, gradient, count, rate, decay);
      else {
        const [lookAhead, alongVelocity] = nesterov ? [1, momentum] : [0, 1];
        kernels.momentum(parameter, slots[0]!, gradient, count, momentum, rate, decay, lookAhead, alongVelocity);
      }
    },
  };
}
