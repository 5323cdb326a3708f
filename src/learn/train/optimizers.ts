// Optimisers: how a gradient changes a parameter, as graph. State and parameters go in and come out at every step.
import type { Tensor } from '../graph/operator.ts';
import { add } from '../graph/operators/add.ts';
import { divide } from '../graph/operators/divide.ts';
import { multiply } from '../graph/operators/multiply.ts';
import { squareRoot } from '../graph/operators/squareRoot.ts';
import { subtract } from '../graph/operators/subtract.ts';
import { scalar } from '../graph/tensor.ts';

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

/** One parameter's update: what it becomes, and what its state tensors become. */
export interface ParameterUpdate {
  readonly parameter: Tensor;
  readonly state: Readonly<Record<string, Tensor>>;
}

/** An optimiser ready to write updates into a graph. */
export interface Optimizer {
  /** Names of the state tensors that each parameter has, all of its shape and 0 at the start. */
  readonly slots: readonly string[];
  /** Numbers that depend on the step alone, fed as one small tensor. @param step counted from 1. */
  scalars(step: number, rate: number): readonly number[];
  /** Adds one parameter's update to the graph. @param scalars one tensor of shape `[1]` for each of the numbers above. */
  update(
    parameter: Tensor,
    gradient: Tensor,
    state: Readonly<Record<string, Tensor>>,
    scalars: readonly Tensor[],
    decays: boolean,
  ): ParameterUpdate;
}

/** The optimiser that a config describes. */
export function optimizerOf(config: OptimizerConfig): Optimizer {
  return config.type === 'sgd' ? sgd(config) : adam(config);
}

/**
 * Adam with its two moments stored scaled, `m / (1 - beta1)` and `v / (1 - beta2)`, which saves two passes over every
 * parameter: `M = beta1 M + g`, `V = beta2 V + g^2`, `p = p - c M / (sqrt V + e)`, c and e taking up the scales and the bias correction.
 * The same numbers as Keras's `p - rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt v + epsilon)`.
 */
function adam(config: AdamConfig | AdamWConfig): Optimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = config;
  const weightDecay = config.type === 'adamW' ? (config.weightDecay ?? 0.01) : 0;
  const scaledEpsilon = scalar(epsilon / Math.sqrt(1 - beta2));
  return {
    slots: ['firstMoment', 'secondMoment'],
    scalars(step, rate) {
      const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
      return [(corrected * (1 - beta1)) / Math.sqrt(1 - beta2), 1 - rate * weightDecay];
    },
    update(parameter, gradient, state, [stepSize, shrink], decays) {
      const first = add(multiply(state.firstMoment!, scalar(beta1)), gradient);
      const second = add(multiply(state.secondMoment!, scalar(beta2)), multiply(gradient, gradient));
      const direction = divide(first, add(squareRoot(second), scaledEpsilon));
      const from = decays && weightDecay !== 0 ? multiply(parameter, shrink!) : parameter;
      return {
        parameter: subtract(from, multiply(direction, stepSize!)),
        state: { firstMoment: first, secondMoment: second },
      };
    },
  };
}

function sgd({ momentum = 0.9, nesterov = false, weightDecay = 0 }: SgdConfig): Optimizer {
  return {
    slots: momentum === 0 ? [] : ['velocity'],
    scalars: (_, rate) => [rate],
    update(parameter, plainGradient, state, [rate], decays) {
      const pull = decays && weightDecay !== 0;
      const gradient = pull ? add(plainGradient, multiply(parameter, scalar(weightDecay))) : plainGradient;
      if (momentum === 0) return { parameter: subtract(parameter, multiply(gradient, rate!)), state: {} };
      const velocity = add(multiply(state.velocity!, scalar(momentum)), gradient);
      const direction = nesterov ? add(gradient, multiply(velocity, scalar(momentum))) : velocity;
      return { parameter: subtract(parameter, multiply(direction, rate!)), state: { velocity } };
    },
  };
}
