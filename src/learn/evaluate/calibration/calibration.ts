// Whether a confidence means what it says: of the answers given with 90 % confidence, are 90 % right?
// `fitTemperature.ts` finds the temperature that repairs it; `calibrationNoise.ts` gives the error that chance alone
// would cause.
import { answerOf, checkPredictions, confidenceOf, type Predictions } from '../predictions.ts';

/** Answers whose confidence lies in one interval. */
export interface ReliabilityBin {
  /** Lower end, exclusive (inclusive in the first bin); in bins of equal count, the lowest confidence in the bin. */
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
  /** The answers by confidence, the lowest bin first. */
  readonly bins: readonly ReliabilityBin[];
}

/** An answer as calibration sees it. */
export interface ConfidentAnswer {
  readonly confidence: number;
  readonly right: boolean;
}

/** Number of bins, as in Guo et al. 2017, so that figures are comparable. */
export const calibrationBins = 15;

/**
 * Reliability of a classifier's confidences, in bins of equal width, and the expected calibration error
 * (Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", 2017).
 *
 * Empty answers carry no confidence and are left out. The error is 0 when every answer is empty.
 *
 * @param bins number of bins, at least 1; the error grows with it, so compare only equal numbers.
 * @throws {ShapeError} when the parts of `predictions` do not fit together.
 *
 * @example
 * ```ts
 * import { calibration } from 'ductus/learn';
 *
 * // Four answers of 80 % confidence, three of them right.
 * const probabilities = [0.8, 0.2, 0.8, 0.2, 0.8, 0.2, 0.8, 0.2];
 * const { expectedCalibrationError } = calibration({ labels: ['a', 'b'], probabilities, targets: [0, 0, 0, 1] });
 * console.log(expectedCalibrationError.toFixed(2)); // 0.05
 * ```
 */
export function calibration(predictions: Predictions, bins: number = calibrationBins): Calibration {
  return calibrationOf(equalWidth(confidentAnswers(predictions), bins));
}

/**
 * The same in bins of equal count (adaptive bins: Nguyen and O'Connor 2015).
 *
 * With bins of equal width, nearly all answers of a good classifier fall into the last bin. Over- and underconfidence
 * cancel out there; bins of equal count tell them apart.
 *
 * Equal confidences stay in one bin, so the order of the pictures does not matter; there may be fewer bins.
 *
 * @param bins number of bins, at least 1.
 * @throws {ShapeError} when the parts of `predictions` do not fit together.
 */
export function adaptiveCalibration(predictions: Predictions, bins: number = calibrationBins): Calibration {
  return calibrationOf(equalCount(confidentAnswers(predictions), bins));
}

/** Answers in one bin, with its ends. */
export interface AnswerBin {
  readonly from: number;
  readonly to: number;
  readonly answers: readonly ConfidentAnswer[];
}

/** The answers that are not empty, in the order of the pictures. */
export function confidentAnswers(predictions: Predictions): ConfidentAnswer[] {
  checkPredictions(predictions);
  const answers: ConfidentAnswer[] = [];
  for (let sample = 0; sample < predictions.targets.length; sample++) {
    const answer = answerOf(predictions, sample);
    if (answer < 0) continue;
    answers.push({ confidence: confidenceOf(predictions, sample), right: answer === predictions.targets[sample] });
  }
  return answers;
}

/** Answers by confidence, in bins of equal width over 0..1. */
export function equalWidth(answers: readonly ConfidentAnswer[], bins: number): AnswerBin[] {
  const parts = Array.from({ length: bins }, (): ConfidentAnswer[] => []);
  for (const answer of answers) {
    parts[Math.min(bins - 1, Math.max(0, Math.ceil(answer.confidence * bins) - 1))]!.push(answer);
  }
  return parts.map((part, bin) => ({ from: bin / bins, to: (bin + 1) / bins, answers: part }));
}

/** Answers by confidence, in bins of as equal a count as equal confidences allow. */
export function equalCount(answers: readonly ConfidentAnswer[], bins: number): AnswerBin[] {
  const sorted = [...answers].sort((left, right) => left.confidence - right.confidence);
  const parts: AnswerBin[] = [];
  let start = 0;
  for (let bin = 1; bin <= bins; bin++) {
    let end = Math.round((bin * sorted.length) / bins);
    while (end > start && end < sorted.length && sorted[end]!.confidence === sorted[end - 1]!.confidence) end++;
    if (end <= start) continue;
    const part = sorted.slice(start, end);
    parts.push({ from: part[0]!.confidence, to: part.at(-1)!.confidence, answers: part });
    start = end;
  }
  return parts;
}

function calibrationOf(parts: readonly AnswerBin[]): Calibration {
  let gap = 0;
  let answered = 0;
  const bins = parts.map(({ from, to, answers }): ReliabilityBin => {
    const count = answers.length;
    const confidence = answers.reduce((sum, answer) => sum + answer.confidence, 0);
    const right = answers.filter((answer) => answer.right).length;
    gap += Math.abs(right - confidence);
    answered += count;
    return {
      from,
      to,
      count,
      confidence: count === 0 ? null : confidence / count,
      accuracy: count === 0 ? null : right / count,
    };
  });
  return { expectedCalibrationError: answered === 0 ? 0 : gap / answered, bins };
}
