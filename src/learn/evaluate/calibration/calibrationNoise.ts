// The calibration error that a perfectly calibrated classifier would show on as many pictures. An error is never
// negative, so chance alone lifts it above 0. Without this figure a small error says little.
import { randomStream } from '../../../core/floor.ts';
import type { Predictions } from '../predictions.ts';
import { type AnswerBin, calibrationBins, confidentAnswers, equalCount, equalWidth } from './calibration.ts';

/** Calibration errors of a classifier whose confidences are all true. */
export interface CalibrationNoise {
  /** Mean over the draws. */
  readonly mean: number;
  /** 95 % of the draws are at or below it: a measured error above it is more than chance. */
  readonly upper95: number;
}

/** Draws: the 95 % quantile of 400 is good to about its second digit. */
const defaultDraws = 400;

/**
 * Draws whether each answer is right, with its own confidence as the probability. Computes the expected calibration
 * error of each draw (consistency resampling: Broecker and Smith 2007).
 *
 * @param binning the bins of the error to compare with.
 * @param seed of the draws.
 * @throws {ShapeError} when the parts of `predictions` do not fit together.
 */
export function calibrationNoise(
  predictions: Predictions,
  binning: 'equalWidth' | 'equalCount',
  seed: number,
  bins: number = calibrationBins,
  draws: number = defaultDraws,
): CalibrationNoise {
  const answers = confidentAnswers(predictions);
  if (answers.length === 0) return { mean: 0, upper95: 0 };
  const parts = (binning === 'equalWidth' ? equalWidth : equalCount)(answers, bins).map(drawable);
  const random = randomStream(seed, 'calibrationNoise', binning);
  const errors = Float64Array.from({ length: draws }, () => {
    let gap = 0;
    for (const { confidences, sum } of parts) {
      let right = 0;
      for (const confidence of confidences) if (random.uniform() < confidence) right++;
      gap += Math.abs(right - sum);
    }
    return gap / answers.length;
  }).sort();
  return {
    mean: errors.reduce((sum, error) => sum + error, 0) / draws,
    upper95: errors[Math.min(draws - 1, Math.ceil(0.95 * draws) - 1)]!,
  };
}

function drawable({ answers }: AnswerBin): { readonly confidences: Float64Array; readonly sum: number } {
  const confidences = Float64Array.from(answers, ({ confidence }) => confidence);
  return { confidences, sum: confidences.reduce((total, confidence) => total + confidence, 0) };
}
