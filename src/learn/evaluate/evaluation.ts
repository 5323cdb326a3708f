// All that `ductus evaluate` reports of a model on labelled pictures, as plain data. It counts answers only;
// `evaluateModel` opens and reads the pictures.
import type { Alphabet } from '../../core/floor.ts';
import { type Assessment, assess, type CalibrationAt, type ChosenThreshold } from './assess.ts';
import { type Calibration, calibration, type ReliabilityBin } from './calibration/calibration.ts';
import type { Kept } from './calibration/rejectionCurve.ts';
import { knowsLetters, type LetterMetrics, letterMetrics } from './letterMetrics.ts';
import { type Metrics, metrics } from './metrics.ts';
import type { Predictions } from './predictions.ts';
import { type Comparison, compareClassifiers } from './statistics/compareClassifiers.ts';

/** Rejected shares at which the curve is reported; a whole curve can have as many points as there are pictures. */
const curveShares = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/** What is left when a person takes over the least sure answers. */
export interface EvaluationRejection {
  /** Share of the pictures that is rejected, 0..1. */
  readonly share: number;
  /** What is left then, on the pictures reported on; null when every answer is empty. */
  readonly rejected: Kept | null;
  /** The same share, by a threshold chosen on the pictures of `chosenOn`; absent without such pictures. */
  readonly byThreshold?: ChosenThreshold;
  /** The threshold for the target error; null when no threshold leaves so few errors, absent without a target error. */
  readonly forError?: ChosenThreshold | null;
  /** Points of the rejection curve at ten shares, by growing rejection. */
  readonly curve: readonly Kept[];
}

/** What was measured, and with what. */
export interface EvaluationSubject {
  /** Name of the model, from its card where it has one. */
  readonly model: string;
  /** Its path; for several that vote, their paths separated by commas. */
  readonly modelFile: string;
  /** Name of the data. */
  readonly data: string;
  /** `'framed'`: pictures went into the network as they are; `'raw'`: through the recogniser's own preprocessing. */
  readonly framing: 'framed' | 'raw';
  /** The classes that could be answered, where they were restricted. */
  readonly alphabet?: Alphabet;
  /** Pictures of other classes than those of `alphabet`, which were left out; absent without one. */
  readonly leftOut?: number;
  /** How often each class was assumed to occur, and the source of that. */
  readonly frequencies?: { readonly source: string; readonly classes: Readonly<Record<string, number>> };
  /** Wall-clock time for reading and counting. */
  readonly seconds: number;
}

/** A model on labelled pictures. Plain data: `JSON.parse(JSON.stringify(evaluation))` gives the same. */
export interface Evaluation extends Metrics, EvaluationSubject {
  /** Class texts in the order of the model's outputs: the columns of `confusion`. */
  readonly labels: readonly string[];
  /** Classes of the data that the model lacks: the last rows of `confusion`. */
  readonly unknownLabels: readonly string[];
  /** Figures with case folded, classes merged and look-alikes forgiven; absent when no class is a letter. */
  readonly letters?: LetterMetrics;
  /** In 15 bins of equal width (Guo et al. 2017), 0..1. */
  readonly expectedCalibrationError: number;
  /** Those bins: how sure the answers were, and how many of them were right. */
  readonly reliability: readonly ReliabilityBin[];
  /** Name of the pictures on which temperature and thresholds were chosen; null when there were none. */
  readonly chosenOn: string | null;
  /** At temperature 1, at the model's, and, with `chosenOn`, at one fitted there. */
  readonly calibration: readonly CalibrationAt[];
  /** What refusing the least sure answers leaves. */
  readonly rejection: EvaluationRejection;
  /** Another model on the same pictures, by McNemar's test; absent without one. */
  readonly comparison?: { readonly against: string } & Comparison;
  /** Path of the page that was written; absent when none was. */
  readonly report?: string;
}

/** What {@link evaluationFigures} needs besides the answers themselves. */
export interface FiguresOptions {
  /** Classes that could be answered; letters have figures of their own when one is among them. */
  readonly answerable: readonly string[];
  /** The temperature already applied to the confidences. */
  readonly temperature: number;
  /** Answers to other pictures, on which temperature and thresholds are chosen. */
  readonly chosenOn?: { readonly name: string; readonly predictions: Predictions };
  /** Largest share of errors among the answers kept; needs `chosenOn`. */
  readonly targetError?: number;
  /** Another model's answers to the same pictures. */
  readonly against?: { readonly name: string; readonly predictions: Predictions };
}

/** The figures of an evaluation, each as it was counted. */
export interface EvaluationFigures {
  readonly metrics: Metrics;
  readonly letters: LetterMetrics | undefined;
  readonly calibration: Calibration;
  readonly assessment: Assessment;
  readonly chosenOn: string | undefined;
  readonly comparison: { readonly against: string; readonly figures: Comparison } | undefined;
}

/**
 * Counts all figures of an evaluation.
 *
 * @throws {UsageError} for a target error without other pictures to choose its threshold on.
 * @throws {ShapeError} when the parts of predictions do not fit together, or another model's are of other pictures.
 */
export function evaluationFigures(predictions: Predictions, options: FiguresOptions): EvaluationFigures {
  const { answerable, temperature, chosenOn, targetError, against } = options;
  const counted = metrics(predictions);
  return {
    metrics: counted,
    letters: knowsLetters(answerable) ? letterMetrics(predictions, counted) : undefined,
    calibration: calibration(predictions),
    assessment: assess(predictions, {
      temperature,
      ...(chosenOn && { chosenOn: chosenOn.predictions }),
      ...(targetError !== undefined && { targetError }),
    }),
    chosenOn: chosenOn?.name,
    comparison: against && {
      against: against.name,
      figures: compareClassifiers(predictions, against.predictions),
    },
  };
}

/** Joins the figures and their subject into plain data. */
export function evaluationOf(
  { labels, unknownLabels = [] }: Pick<Predictions, 'labels' | 'unknownLabels'>,
  { metrics: counted, letters, calibration: reliability, assessment, chosenOn, comparison }: EvaluationFigures,
  subject: EvaluationSubject,
): Evaluation {
  const { count, correct, accuracy, standardError, perClass, confusion, ...rest } = counted;
  return {
    // The order that scripts have seen since the first version.
    ...{ count, correct, accuracy, standardError, perClass, confusion, labels, unknownLabels },
    ...subject,
    ...rest,
    ...(letters && { letters }),
    expectedCalibrationError: reliability.expectedCalibrationError,
    reliability: reliability.bins,
    chosenOn: chosenOn ?? null,
    calibration: assessment.calibration,
    rejection: rejectionOf(assessment),
    ...(comparison && { comparison: { against: comparison.against, ...comparison.figures } }),
  };
}

function rejectionOf(assessment: Assessment): EvaluationRejection {
  const { curve, rejected, rejection, rejectedByThreshold, forError } = assessment;
  const points = curveShares.map((part) => curve.find(({ coverage }) => coverage >= 1 - part - 1e-12) ?? curve.at(-1));
  return {
    share: rejection,
    rejected: rejected ?? null,
    ...(rejectedByThreshold && { byThreshold: rejectedByThreshold }),
    ...(forError !== undefined && { forError }),
    curve: points.flatMap((point, index) => (point !== undefined && points.indexOf(point) === index ? [point] : [])),
  };
}
