// Measures a model on labelled pictures: opens both, reads, and lets `evaluation.ts` count. `otherAnswers.ts` reads the
// rest: other pictures on which a temperature is chosen, and another model's answers.
import { expandAlphabet, UsageError } from '../../../core/floor.ts';
import { type Evaluation, evaluationFigures, evaluationOf, judge, type Predictions } from '../../../learn/floor.ts';
import type { AnswerProbabilities } from '../../../read/floor.ts';
import { chooseModels, titleOf } from '../model/chosenModels.ts';
import { openReading } from '../reading/readingOptions.ts';
import type { EvaluateOptions } from './evaluateOptions.ts';
import { openMeasuredPictures } from './measuredPictures.ts';
import { answersOfAnother, answersToOthers } from './otherAnswers.ts';
import { writeEvaluationReport } from './writeEvaluationReport.ts';

/**
 * Measures a model on labelled pictures: accuracy with its uncertainty, each class, confusion, calibration, rejection;
 * with letters also errors between look-alikes. It is what `ductus evaluate` prints, as plain data.
 *
 * Classes match by their texts. A picture in which nothing is found counts as wrong. Unlike `judge` of `ductus/learn`,
 * it opens model and data itself, and counts.
 *
 * @returns plain data, which survives JSON unchanged.
 * @throws {UsageError} when there is no such model or data, options contradict each other, the data has classes that
 * the model lacks and `allowUnknown` is not set, or the pictures to choose on were trained on or are measured.
 * @throws {MissingError} when a file or an optional package is missing. {FormatError} when a file is damaged.
 * @example
 * ```ts
 * import { evaluateModel } from 'ductus/node';
 *
 * const { count, accuracy } = await evaluateModel({ model: 'digits', data: 'mnist:test', limit: 200 });
 * console.log(count, accuracy > 0.9); // 200 true
 * ```
 */
export async function evaluateModel(options: EvaluateOptions): Promise<Evaluation> {
  checkOptions(options);
  const started = performance.now();
  const { alphabet, allowUnknown = false, frequencies: source } = options;
  const { sources, model } = await chooseModels(options.model);
  const { pictures, framing, leftOut } = await openMeasuredPictures(options, model);
  const judging = { framing, allowUnknown, ...(options.onProgress && { onProgress: options.onProgress }) };
  const { recognizer, frequencies } = await openReading({ ...options, model: sources }, async (plain) =>
    answersIn((await judge(plain, pictures, judging)).predictions),
  );
  try {
    const judgement = await judge(recognizer, pictures, judging);
    const read = { recognizer, model, sources, pictures, judging };
    const chosenOn = options.calibrateOn === undefined ? undefined : await answersToOthers(options, read);
    const against = options.against === undefined ? undefined : await answersOfAnother(options, read);
    const figures = evaluationFigures(judgement.predictions, {
      answerable: answerable(recognizer.labels, alphabet),
      temperature: model.card?.temperature ?? 1,
      ...(options.targetError !== undefined && { targetError: options.targetError }),
      ...(chosenOn && { chosenOn }),
      ...(against && { against }),
    });
    const evaluation = evaluationOf(judgement.predictions, figures, {
      model: titleOf(model),
      modelFile: model.path,
      data: pictures.name,
      framing,
      ...(alphabet !== undefined && { alphabet, leftOut }),
      ...(frequencies && source !== undefined && { frequencies: { source, classes: frequencies.classes } }),
      seconds: (performance.now() - started) / 1000,
    });
    const { report, command } = options;
    if (report === undefined) return evaluation;
    await writeEvaluationReport(report, { evaluation, figures, judgement, pictures, card: model.card, command });
    return { ...evaluation, report };
  } finally {
    recognizer.dispose();
  }
}

/** @throws {UsageError} for options that contradict each other. */
function checkOptions({ data, model, framing, frequencies, targetError, calibrateOn, against }: EvaluateOptions): void {
  if (typeof data !== 'string')
    throw new UsageError(`data: expected the name of labelled data, received ${String(data)}`);
  if (Array.isArray(model) && model.length === 0)
    throw new UsageError('model: expected a model or several, received none');
  if (framing !== undefined && framing !== 'framed' && framing !== 'raw') {
    throw new UsageError(`framing: expected framed or raw, received ${String(framing)}`);
  }
  if (targetError !== undefined && calibrateOn === undefined) {
    throw new UsageError(
      '--target-error: expected --calibrate-on with other pictures to choose the threshold on, received none: ' +
        'chosen and measured on the same ones it would promise too much',
    );
  }
  if (frequencies === undefined) return;
  for (const [option, value] of Object.entries({ '--against': against, '--calibrate-on': calibrateOn })) {
    if (value === undefined) continue;
    throw new UsageError(
      `--frequencies: expected it without ${option}, received both: what they change is true of these pictures alone`,
    );
  }
}

/** The classes that may be answered. */
function answerable(labels: readonly string[], alphabet: EvaluateOptions['alphabet']): readonly string[] {
  if (alphabet === undefined) return labels;
  const allowed = new Set(expandAlphabet(alphabet));
  return labels.filter((label) => allowed.has(label));
}

/** Each picture's own answer. */
function answersIn({ labels, probabilities, targets, empty }: Predictions): AnswerProbabilities[] {
  return Array.from(targets, (_, index) =>
    empty?.[index]
      ? { empty: true }
      : {
          empty: false,
          probabilities: Float32Array.from(labels, (__, c) => probabilities[index * labels.length + c]!),
        },
  );
}
