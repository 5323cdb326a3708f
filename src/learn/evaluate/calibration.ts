// Whether a confidence means what it says: of the answers given with 90 % confidence, are 90 % right?
// The temperature that repairs it is found in `temperature.ts`.
import { answerOf, checkPredictions, type Predictions } from './predictions.ts';

/** Answers whose confidence lies in one interval. */
export interface ReliabilityBin {
  /** Lower end, exclusive (inclusive in the first bin). */
  readonly from: number;
  /** Upper end, inclusive. */
  readonly to: number;
  readonly count: number;
  /** Mean confidence of the answers here; null when there are none. */
  readonly confidence: number | null;
  /** Share of them that is right; null when there are none. */
  readonly accuracy: number | null;
}

/** How far confidence and accuracy are apart. */
export interface Calibration {
  /** `sum over bins of count/n * |accuracy - confidence|`, 0..1 (Guo et al. 2017). */
  readonly expectedCalibrationError: number;
  readonly bins: readonly ReliabilityBin[];
}

/** Number of bins, as in Guo et al. 2017, so that figures can be compared. */
export const calibrationBins = 15;

/**
 * Reliability of a classifier's confidences, in bins of equal width, and the expected calibration error
 * (Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", 2017).
 *
 * Empty answers carry no confidence and are left out; with nothing but empty answers the error is 0.
 *
 * @param bins number of bins, at least 1; the error grows with it, so compare only equal numbers.
 * @throws {ShapeError} when the parts of `predictions` do not fit together.
 */
export function calibration(predictions: Predictions, bins: number = calibrationBins): Calibration {
  checkPredictions(predictions);
  const classes = predictions.labels.length;
  const counts = new Float64Array(bins);
  const confidences = new Float64Array(bins);
  const rights = new Float64Array(bins);
  let answered = 0;
  for (let sample = 0; sample < predictions.targets.length; sample++) {
    const answer = answerOf(predictions, sample);
    if (answer < 0) continue;
    const confidence = predictions.probabilities[sample * classes + answer]!;
    const bin = Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
    counts[bin]!++;
    confidences[bin]! += confidence;
    if (answer === predictions.targets[sample]) rights[bin]!++;
    answered++;
  }
  let gap = 0;
  for (let bin = 0; bin < bins; bin++) gap += Math.abs(rights[bin]! - confidences[bin]!);
  return {
    expectedCalibrationError: answered === 0 ? 0 : gap / answered,
    bins: Array.from({ length: bins }, (_, bin) => {
      const count = counts[bin]!;
      return {
        from: bin / bins,
        to: (bin + 1) / bins,
        count,
        confidence: count === 0 ? null : confidences[bin]! / count,
        accuracy: count === 0 ? null : rights[bin]! / count,
      };
    }),
  };
}
