// Measures beyond accuracy: are the confidences honest, and what is left when the least sure answers are rejected?
// Temperature and threshold are chosen on the pictures of `chosenOn`, never on the pictures reported on.
import { UsageError } from '../../core/floor.ts';
import { adaptiveCalibration, calibration } from './calibration/calibration.ts';
import { type CalibrationNoise, calibrationNoise } from './calibration/calibrationNoise.ts';
import {
  type Kept,
  keepFrom,
  rejectionCurve,
  thresholdForError,
  thresholdForRejection,
} from './calibration/rejectionCurve.ts';
import { refitTemperature, temper } from './calibration/temper.ts';
import type { Predictions } from './predictions.ts';

/** Share of the pictures rejected by default: a form with a person behind it can easily spare this much. */
const usualRejection = 0.01;

/** Calibration of the same answers at one temperature. */
export interface CalibrationAt {
  /** What the temperature is. */
  readonly name: 'none' | 'model' | 'refitted';
  /** T of softmax(logits / T). */
  readonly temperature: number;
  /** Expected calibration error in 15 bins of equal width. */
  readonly equalWidth: number;
  /** The same in 15 bins of equal count. */
  readonly equalCount: number;
  /** What a perfectly calibrated classifier with these confidences would show. */
  readonly noise: { readonly equalWidth: CalibrationNoise; readonly equalCount: CalibrationNoise };
}

/** A threshold and what it leaves on both sets of pictures. */
export interface ChosenThreshold {
  /** On the pictures that it was chosen on; its error there is slightly optimistic. */
  readonly chosen: Kept;
  /** On the pictures reported on. */
  readonly measured: Kept;
}

/** The figures. */
export interface Assessment {
  /** At temperature 1, at the model's, and, with `chosenOn`, at one fitted there. */
  readonly calibration: readonly CalibrationAt[];
  /** On the pictures reported on, at the model's temperature. */
  readonly curve: readonly Kept[];
  /**
   * The least sure share of the pictures reported on is rejected, by their confidences alone, not by their truth.
   * Undefined when every answer is empty.
   */
  readonly rejected: Kept | undefined;
  /** What was asked of it. */
  readonly rejection: number;
  /** The same share, by a threshold chosen on `chosenOn`; undefined without `chosenOn`. */
  readonly rejectedByThreshold: ChosenThreshold | undefined;
  /**
   * The threshold for `targetError`; undefined when none was asked for, null when no threshold leaves so few errors.
   */
  readonly forError: ChosenThreshold | null | undefined;
}

/** What to assess. */
export interface AssessOptions {
  /** The temperature already applied to the confidences, from the model's card; default 1. */
  readonly temperature?: number;
  /** Answers to other pictures, not used in training, on which temperature and threshold are chosen. */
  readonly chosenOn?: Predictions;
  /** Largest share of errors among the answers kept; needs `chosenOn`. */
  readonly targetError?: number;
  /** Share of pictures to reject; default {@link usualRejection}. */
  readonly rejection?: number;
  /** Seed of the draws of the calibration noise; default 0. */
  readonly seed?: number;
}

/**
 * Assesses confidences and rejection.
 *
 * @throws {UsageError} for a target error without other pictures to choose its threshold on, or a share out of range.
 * @throws {ShapeError} when the parts of predictions do not fit together.
 */
export function assess(predictions: Predictions, options: AssessOptions = {}): Assessment {
  const { temperature = 1, chosenOn, targetError, rejection = usualRejection, seed = 0 } = options;
  if (targetError !== undefined && chosenOn === undefined) {
    throw new UsageError(
      'threshold for an error: expected other pictures to choose it on (--calibrate-on), received none: ' +
        'chosen and measured on the same ones it would promise too much',
    );
  }
  const at = (name: CalibrationAt['name'], value: number): CalibrationAt => {
    const tempered = value === temperature ? predictions : temper(predictions, value / temperature);
    return {
      name,
      temperature: value,
      equalWidth: calibration(tempered).expectedCalibrationError,
      equalCount: adaptiveCalibration(tempered).expectedCalibrationError,
      noise: {
        equalWidth: calibrationNoise(tempered, 'equalWidth', seed),
        equalCount: calibrationNoise(tempered, 'equalCount', seed),
      },
    };
  };
  const apply = (chosen: Kept | undefined): ChosenThreshold | undefined =>
    chosen && { chosen, measured: keepFrom(predictions, chosen.threshold) };
  const curve = rejectionCurve(predictions);
  const otherCurve = chosenOn && rejectionCurve(chosenOn);
  return {
    calibration: [
      at('none', 1),
      ...(temperature === 1 ? [] : [at('model', temperature)]),
      ...(chosenOn ? [at('refitted', temperature * refitTemperature(chosenOn).temperature)] : []),
    ],
    curve,
    rejected: thresholdForRejection(curve, rejection),
    rejection,
    rejectedByThreshold: otherCurve && apply(thresholdForRejection(otherCurve, rejection)),
    forError: targetError === undefined ? undefined : (apply(thresholdForError(otherCurve!, targetError)) ?? null),
  };
}
