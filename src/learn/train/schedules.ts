// Learning-rate schedules: the rate as a function of how far training has come. One table holds each one's config and
// rule.
import * as v from 'valibot';
import { amount, belowOne, positive, schemaOf, share, strictObject, whole } from '../../core/floor.ts';

/** The same rate throughout. */
export interface ConstantSchedule {
  readonly type: 'constant';
  readonly rate: number;
}

/** `rate * factor^n` after the n-th listed epoch. */
export interface StepSchedule {
  readonly type: 'step';
  readonly rate: number;
  /** Default 0.1. */
  readonly factor?: number;
  /** Epochs, counted from 1, after which the rate falls. */
  readonly epochs: readonly number[];
}

/** Half a cosine from `rate` down to `final` (Loshchilov and Hutter 2017), after an optional linear warm-up. */
export interface CosineSchedule {
  readonly type: 'cosine';
  readonly rate: number;
  /** Default 0. */
  readonly final?: number;
  /** Share of all steps during which the rate rises from 0; default 0. */
  readonly warmup?: number;
}

/** One cycle (Smith and Topin 2018): cosine up from `rate / divisor`, cosine down to `rate / finalDivisor`. */
export interface OneCycleSchedule {
  readonly type: 'oneCycle';
  /** The highest rate. */
  readonly rate: number;
  /** Share of all steps during which the rate rises; default 0.3, as in PyTorch. */
  readonly warmup?: number;
  /** Default 25, as in PyTorch. */
  readonly divisor?: number;
  /** Default 10,000. */
  readonly finalDivisor?: number;
}

/** Progress of a training. */
interface Place {
  /** Counted from 0, below `steps`. */
  readonly step: number;
  /** Steps of the whole training. */
  readonly steps: number;
  /** For the schedule that counts epochs. */
  readonly stepsPerEpoch: number;
}

/** A schedule's type. */
interface ScheduleKind<Config, Schema extends v.GenericSchema = v.GenericSchema<unknown, Config>> {
  readonly schema: Schema;
  rate(config: Config, place: Place): number;
}

const constantSchema = schemaOf<ConstantSchedule>()(strictObject({ type: v.literal('constant'), rate: positive }));

const constant: ScheduleKind<ConstantSchedule, typeof constantSchema> = {
  schema: constantSchema,
  rate: ({ rate }) => rate,
};

const stepSchema = schemaOf<StepSchedule>()(
  strictObject({ type: v.literal('step'), rate: positive, factor: v.exactOptional(share), epochs: v.array(whole) }),
);

const step: ScheduleKind<StepSchedule, typeof stepSchema> = {
  schema: stepSchema,
  rate({ rate, factor = 0.1, epochs }, { step: at, stepsPerEpoch }) {
    const passed = epochs.filter((epoch) => at >= epoch * stepsPerEpoch).length;
    return rate * factor ** passed;
  },
};

const cosineSchema = schemaOf<CosineSchedule>()(
  strictObject({
    type: v.literal('cosine'),
    rate: positive,
    final: v.exactOptional(amount),
    warmup: v.exactOptional(belowOne),
  }),
);

const cosine: ScheduleKind<CosineSchedule, typeof cosineSchema> = {
  schema: cosineSchema,
  rate({ rate, final = 0, warmup = 0 }, { step: at, steps }) {
    const rising = warmup * steps;
    if (at < rising) return Math.min(rate, (rate * (at + 1)) / rising);
    return cosineBetween(rate, final, (at - rising) / (steps - rising));
  },
};

const oneCycleSchema = schemaOf<OneCycleSchedule>()(
  strictObject({
    type: v.literal('oneCycle'),
    rate: positive,
    warmup: v.exactOptional(belowOne),
    divisor: v.exactOptional(positive),
    finalDivisor: v.exactOptional(positive),
  }),
);

const oneCycle: ScheduleKind<OneCycleSchedule, typeof oneCycleSchema> = {
  schema: oneCycleSchema,
  rate({ rate, warmup = 0.3, divisor = 25, finalDivisor = 10_000 }, { step: at, steps }) {
    const rising = warmup * steps;
    if (at < rising) return cosineBetween(rate / divisor, rate, at / rising);
    return cosineBetween(rate, rate / finalDivisor, (at - rising) / (steps - rising));
  },
};

/** Every schedule, by the `type` of its config. A new one is a row here. */
const schedules = { constant, step, cosine, oneCycle };

type ConfigOf<Row> = Row extends ScheduleKind<infer Config, v.GenericSchema> ? Config : never;

/** Any schedule. */
export type ScheduleConfig = ConfigOf<(typeof schedules)[keyof typeof schedules]>;

/** The schema of any schedule. */
export const scheduleSchema = v.variant(
  'type',
  Object.values(schedules).map(({ schema }) => schema),
);

/**
 * Learning rate of a step.
 *
 * @param step counted from 0, below `steps`.
 * @param steps steps of the whole training.
 * @param stepsPerEpoch for the schedule that counts epochs.
 *
 * @example
 * ```ts
 * import { learningRate } from 'ductus/learn';
 *
 * const rates = [0, 50, 99].map((step) => learningRate({ type: 'cosine', rate: 0.01 }, step, 100, 10));
 * console.log(rates[0]! > rates[1]! && rates[1]! > rates[2]!); // true
 * ```
 */
export function learningRate(config: ScheduleConfig, step: number, steps: number, stepsPerEpoch: number): number {
  // The row found by a config's type takes that config; the compiler cannot follow a union into a table.
  const kind = schedules[config.type] as unknown as ScheduleKind<ScheduleConfig>;
  return kind.rate(config, { step, steps, stepsPerEpoch });
}

function cosineBetween(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
}
