// Optimisers: how a gradient changes a parameter. One table holds each one's config, definition and pass over memory.
import * as v from 'valibot';
import { amount, belowOne, positive, schemaOf, strictObject } from '../../core/floor.ts';
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

/** A stretch of one parameter in memory, with its state: byte addresses. */
export interface Stretch {
  readonly parameter: number;
  readonly gradient: number;
  /** One address for each of the optimiser's slots, in their order. */
  readonly slots: readonly number[];
  /** Elements, a multiple of four. */
  readonly count: number;
  /** Whether weight decay applies to this parameter. */
  readonly decays: boolean;
}

/** One number of a parameter before a step. */
export interface StepInput {
  readonly p: number;
  /** Its gradient. */
  readonly g: number;
  /** Its numbers in the optimiser's slots, 0 at the start; the step changes them in place. */
  readonly slots: number[];
  /** Counted from 1. */
  readonly step: number;
  /** Learning rate. */
  readonly rate: number;
  /** Whether weight decay applies to this parameter. */
  readonly decays: boolean;
}

/** An optimiser's type. */
export interface OptimizerKind<Config, Schema extends v.GenericSchema = v.GenericSchema<unknown, Config>> {
  /** Its config's schema. Every key but `type` has a default. */
  readonly schema: Schema;
  /** Names of each parameter's state tensors, all of its shape and 0 at the start. */
  slots(config: Config): readonly string[];
  /** The definition: one number's step, as in the source. Returns the new p. */
  step(config: Config, input: StepInput): number;
  /**
   * The same over a stretch, by the kernels; it may store its slots scaled. Absent: the definition, number by number.
   */
  pass?(config: Config, kernels: UpdateKernels, stretch: Stretch, step: number, rate: number): void;
}

const betas = {
  beta1: v.exactOptional(belowOne),
  beta2: v.exactOptional(belowOne),
  epsilon: v.exactOptional(positive),
};
const adamSchema = schemaOf<AdamConfig>()(strictObject({ type: v.literal('adam'), ...betas }));
const adamWSchema = schemaOf<AdamWConfig>()(
  strictObject({ type: v.literal('adamW'), ...betas, weightDecay: v.exactOptional(amount) }),
);
const sgdSchema = schemaOf<SgdConfig>()(
  strictObject({
    type: v.literal('sgd'),
    momentum: v.exactOptional(belowOne),
    nesterov: v.exactOptional(v.boolean()),
    weightDecay: v.exactOptional(amount),
  }),
);

const adamRules: Omit<OptimizerKind<AdamConfig | AdamWConfig>, 'schema'> = {
  slots: () => ['firstMoment', 'secondMoment'],
  /** Algorithm 1 of the paper, except for epsilon: Keras adds it before the bias correction. */
  step(config, { p, g, slots, step, rate, decays }) {
    const { beta1, beta2, epsilon, weightDecay } = adamNumbers(config);
    const [first, second] = slots as [number, number];
    slots[0] = beta1 * first + (1 - beta1) * g;
    slots[1] = beta2 * second + (1 - beta2) * g * g;
    const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    return p - (decays ? rate * weightDecay * p : 0) - (corrected * slots[0]) / (Math.sqrt(slots[1]) + epsilon);
  },
  /**
   * The two moments are stored scaled, `m / (1 - beta1)` and `v / (1 - beta2)`, which saves two products for every
   * parameter: `M = beta1 M + g`, `V = beta2 V + g^2`, `p = p - c M / (sqrt V + e)`, c and e absorbing the scales and
   * the bias correction.
   */
  pass(config, kernels, { parameter, gradient, slots, count, decays }, step, rate) {
    const { beta1, beta2, epsilon, weightDecay } = adamNumbers(config);
    const scaledEpsilon = epsilon / Math.sqrt(1 - beta2);
    const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    const stepSize = (corrected * (1 - beta1)) / Math.sqrt(1 - beta2);
    const shrink = decays ? 1 - rate * weightDecay : 1;
    const [first, second] = slots as readonly [number, number];
    kernels.adam(parameter, first, second, gradient, count, beta1, beta2, stepSize, scaledEpsilon, shrink);
  },
};

function adamNumbers(config: AdamConfig | AdamWConfig) {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = config;
  return { beta1, beta2, epsilon, weightDecay: config.type === 'adamW' ? (config.weightDecay ?? 0.01) : 0 };
}

const sgd: OptimizerKind<SgdConfig, typeof sgdSchema> = {
  schema: sgdSchema,
  slots: ({ momentum = 0.9 }) => (momentum === 0 ? [] : ['velocity']),
  step({ momentum = 0.9, nesterov = false, weightDecay = 0 }, { p, g, slots, rate, decays }) {
    const slope = g + (decays ? weightDecay * p : 0);
    if (momentum === 0) return p - rate * slope;
    const velocity = momentum * slots[0]! + slope;
    slots[0] = velocity;
    return p - rate * (nesterov ? slope + momentum * velocity : velocity);
  },
  pass(
    { momentum = 0.9, nesterov = false, weightDecay = 0 },
    kernels,
    { parameter, gradient, slots, count, decays },
    _,
    rate,
  ) {
    const decay = decays ? weightDecay : 0;
    if (momentum === 0) kernels.descend(parameter, gradient, count, rate, decay);
    else {
      const [lookAhead, alongVelocity] = nesterov ? [1, momentum] : [0, 1];
      kernels.momentum(parameter, slots[0]!, gradient, count, momentum, rate, decay, lookAhead, alongVelocity);
    }
  },
};

const adam: OptimizerKind<AdamConfig, typeof adamSchema> = { schema: adamSchema, ...adamRules };
const adamW: OptimizerKind<AdamWConfig, typeof adamWSchema> = { schema: adamWSchema, ...adamRules };

/** Every optimiser, by the `type` of its config. A new one is a row here. */
export const optimizers = { adam, adamW, sgd };

type ConfigOf<Row> = Row extends OptimizerKind<infer Config, v.GenericSchema> ? Config : never;

/** Any optimiser. */
export type OptimizerConfig = ConfigOf<(typeof optimizers)[keyof typeof optimizers]>;

/** The schema of any optimiser's config. */
export const optimizerSchema = v.variant(
  'type',
  Object.values(optimizers).map(({ schema }) => schema),
);

/** An optimiser ready to change parameters. */
export interface Optimizer {
  /** Names of each parameter's state tensors, all of its shape and 0 at the start. */
  readonly slots: readonly string[];
  /** Changes a stretch of a parameter and its slots. @param step counted from 1. @param rate learning rate. */
  update(kernels: UpdateKernels, stretch: Stretch, step: number, rate: number): void;
}

/**
 * The optimiser that a config describes.
 *
 * @param byDefinition number by number, even where there is a pass; passes are checked against this.
 */
export function optimizerOf(config: OptimizerConfig, byDefinition = false): Optimizer {
  // The row found by a config's type takes that config; the compiler cannot follow a union into a table.
  const kind = optimizers[config.type] as unknown as OptimizerKind<OptimizerConfig>;
  return {
    slots: kind.slots(config),
    update(kernels, stretch, step, rate) {
      if (kind.pass !== undefined && !byDefinition) kind.pass(config, kernels, stretch, step, rate);
      else stepEach(kind, config, kernels.floats, stretch, step, rate);
    },
  };
}

function stepEach(
  kind: OptimizerKind<OptimizerConfig>,
  config: OptimizerConfig,
  floats: Float32Array,
  { parameter, gradient, slots: addresses, count, decays }: Stretch,
  step: number,
  rate: number,
): void {
  for (let index = 0; index < count; index++) {
    const slots = addresses.map((address) => floats[address / 4 + index]!);
    const [p, g] = [floats[parameter / 4 + index]!, floats[gradient / 4 + index]!];
    floats[parameter / 4 + index] = kind.step(config, { p, g, slots, step, rate, decays });
    for (const [slot, address] of addresses.entries()) floats[address / 4 + index] = slots[slot]!;
  }
}
