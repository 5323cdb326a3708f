// The other answers of an evaluation: those to pictures on which temperature and thresholds are chosen, and another
// model's.
import { UsageError } from '../../../core/floor.ts';
import { type JudgeOptions, judge, metrics, type Predictions } from '../../../learn/floor.ts';
import type { Recognizer } from '../../../read/floor.ts';
import type { LabelledPictures } from '../../../samples/floor.ts';
import { titleOf } from '../model/chosenModels.ts';
import { type LoadedModel, loadModel } from '../model/modelFile.ts';
import { openRecognizer } from '../model/recognizer.ts';
import { recognizerOptions } from '../reading/readingOptions.ts';
import { checkHeldBack, heldBack, openCalibrationPictures } from '../training/data/calibrationPictures.ts';
import type { EvaluateOptions } from './evaluateOptions.ts';
import { openMeasuredPictures, withinAlphabet } from './measuredPictures.ts';

/** What has been read. */
export interface AlreadyRead {
  readonly recognizer: Recognizer;
  readonly model: LoadedModel;
  readonly sources: readonly LoadedModel[];
  readonly pictures: LabelledPictures;
  readonly judging: JudgeOptions;
}

/** Answers, and the name of their pictures or of their model. */
export interface OtherAnswers {
  readonly name: string;
  readonly predictions: Predictions;
}

/**
 * Answers to the pictures on which temperature and thresholds are chosen. @throws {UsageError} as
 * `openCalibrationPictures` does.
 */
export async function answersToOthers(
  { calibrateOn: source = heldBack, splitSeed, alphabet }: EvaluateOptions,
  { recognizer, model, sources, pictures: measured, judging }: AlreadyRead,
): Promise<OtherAnswers> {
  const { framing } = judging;
  if (source === heldBack && alphabet !== undefined) {
    throw new UsageError(
      `--alphabet: expected pictures of that alphabet to calibrate on, received --calibrate-on ${heldBack}, which holds all classes`,
    );
  }
  const opened = await openCalibrationPictures({
    ...{ source, model, sources, measured, framing },
    ...(splitSeed !== undefined && { splitSeed }),
  });
  const { pictures } = withinAlphabet(opened, alphabet);
  const { predictions } = await judge(recognizer, pictures, judging);
  if (source === heldBack && framing === 'framed') checkHeldBack(model, metrics(predictions).correct);
  return { name: pictures.name, predictions };
}

/** Another model's answers to the measured pictures. */
export async function answersOfAnother(
  options: EvaluateOptions,
  { model, judging }: AlreadyRead,
): Promise<OtherAnswers> {
  const other = await loadModel(options.against);
  // Without the rule: it belongs to the measured models.
  const { alphabet } = options;
  const recognizer = await openRecognizer(other, recognizerOptions({ ...(alphabet !== undefined && { alphabet }) }));
  try {
    const { pictures } = await openMeasuredPictures(options, other);
    const { predictions } = await judge(recognizer, pictures, judging);
    // Two trainings of one recipe have one name; their files distinguish them.
    const name = titleOf(other) === titleOf(model) ? `${titleOf(other)} (${options.against})` : titleOf(other);
    return { name, predictions };
  } finally {
    recognizer.dispose();
  }
}
