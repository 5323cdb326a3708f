// Learning-rate schedules: the rate as a function of how far training has come.

/** The same rate throughout. */
export interface ConstantSchedule {
  readonly type: 'constant';
  readonly rate: number;
}

/** `rate * factor^n` after the n-th of the epochs listed. */
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
  /** Share of all steps that the rate rises from 0; default 0. */
  readonly warmup?: number;
}

/** One cycle (Smith and Topin 2018): cosine up from `rate / divisor`, cosine down to `rate / finalDivisor`. */
export interface OneCycleSchedule {
  readonly type: 'oneCycle';
  /** The highest rate. */
  readonly rate: number;
  /** Share of all steps that go up; default 0.3, as in PyTorch. */
  readonly warmup?: number;
  /** Default 25, as in PyTorch. */
  readonly divisor?: number;
  /** Default 10,000 (ours). */
  readonly finalDivisor?: number;
}

/** Any schedule. */
export type ScheduleConfig = ConstantSchedule | StepSchedule | CosineSchedule | OneCycleSchedule;

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
export function learningRate(schedule: ScheduleConfig, step: number, steps: number, stepsPerEpoch: number): number {
  switch (schedule.type) {
    case 'constant':
      return schedule.rate;
    case 'step': {
      const passed = schedule.epochs.filter((epoch) => step >= epoch * stepsPerEpoch).length;
      return schedule.rate * (schedule.factor ?? 0.1) ** passed;
    }
    case 'cosine': {
      const { rate, final = 0, warmup = 0 } = schedule;
      const rising = warmup * steps;
      if (step < rising) return Math.min(rate, (rate * (step + 1)) / rising);
      return cosineBetween(rate, final, (step - rising) / (steps - rising));
    }
    case 'oneCycle': {
      const { rate, warmup = 0.3, divisor = 25, finalDivisor = 10_000 } = schedule;
      const rising = warmup * steps;
      if (step < rising) return cosineBetween(rate / divisor, rate, step / rising);
      return cosineBetween(rate, rate / finalDivisor, (step - rising) / (steps - rising));
    }
  }
}

function cosineBetween(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
}
