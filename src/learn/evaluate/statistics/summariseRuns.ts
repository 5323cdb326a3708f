// Several trainings of one recipe as one figure: mean, spread over seeds, number. The spread over seeds differs from
// the uncertainty due to the number of test pictures (`wilsonInterval.ts`): more pictures do not narrow it.
import { UsageError } from '../../../core/floor.ts';

/** Figures of several runs. */
export interface RunSummary {
  /** Number of runs. */
  readonly count: number;
  readonly mean: number;
  /** Sample standard deviation, `sqrt(sum (x - mean)^2 / (n - 1))`; null for a single run, which shows no spread. */
  readonly deviation: number | null;
  /** Standard error of the mean, `deviation / sqrt(n)`; null for a single run. */
  readonly standardError: number | null;
  readonly least: number;
  readonly greatest: number;
}

/**
 * Summarises one figure over runs that differ only in their seed.
 *
 * @param values for example accuracies, 0..1, all of one test set; at least one, all finite.
 * @throws {UsageError} when there is none, or one is no number.
 *
 * @example
 * ```ts
 * import { summariseRuns } from 'ductus/learn';
 *
 * const { mean, standardError } = summariseRuns([0.9966, 0.9969, 0.9971]);
 * console.log(mean.toFixed(4), standardError?.toFixed(5)); // 0.9969 0.00015
 * ```
 */
export function summariseRuns(values: readonly number[]): RunSummary {
  const count = values.length;
  if (count === 0) throw new UsageError('summary of runs: expected at least one run, received none');
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new UsageError(`summary of runs: expected numbers, received ${wrong}`);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  // From the mean, in a second pass: accuracies agree in their first digits, which the sum of squares would lose.
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = count === 1 ? null : Math.sqrt(squares / (count - 1));
  return {
    count,
    mean,
    deviation,
    standardError: deviation === null ? null : deviation / Math.sqrt(count),
    least: Math.min(...values),
    greatest: Math.max(...values),
  };
}
