// `ductus evaluate`: how good a model is on labelled pictures.
import { Command, Option } from 'commander';
import { type Alphabet, type AlphabetName, expandAlphabet, UsageError } from '../../core/floor.ts';
import type { Comparison, Judgement, Metrics, Predictions } from '../../learn/floor.ts';
import type { VotingRule } from '../../onnx/floor.ts';
import type { LoadedModel } from '../../platform/node/floor.ts';
import type { AnswerProbabilities, Frequencies, Recognizer, RecognizerOptions } from '../../read/floor.ts';
import type { LabelledPictures } from '../../samples/floor.ts';
import { loadChosenModels, titleOf } from '../chosenModels.ts';
import { frequenciesFrom, frequenciesOption } from '../frequencies.ts';
import {
  alphabetOf,
  alphabetOption,
  dataHelp,
  examples,
  fileEnding,
  modelOption,
  ruleOption,
  shareOf,
  wholeNumber,
} from '../options.ts';
import { formatPercent, printJson, printLine, printNote } from '../output.ts';
import { printClasses } from './evaluateClasses.ts';
import { detailsOf, printAssessment, printComparison } from './evaluateDetails.ts';
import { printDisputed } from './evaluateDisputed.ts';
import { printDraws } from './evaluateDraws.ts';
import { printLetters } from './evaluateLetters.ts';
import { printListing } from './evaluateListing.ts';
import { openPicturesFor, progress, withinAlphabet } from './evaluatePictures.ts';
import { writeReport } from './evaluateReport.ts';

interface EvaluateOptions {
  readonly model?: readonly string[];
  readonly rule?: VotingRule;
  readonly data: string;
  readonly framing?: 'framed' | 'raw';
  readonly classes?: Alphabet;
  readonly alphabet?: AlphabetName | readonly string[];
  readonly frequencies?: string;
  readonly limit?: number;
  readonly seed: number;
  readonly allowUnknown?: boolean;
  readonly against?: string;
  readonly calibrateOn?: string;
  readonly splitSeed?: number;
  readonly targetError?: number;
  readonly disputed?: boolean;
  readonly draw?: number;
  readonly listing?: number;
  readonly report?: string;
  readonly json?: boolean;
}

/** Builds the command. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .summary('measure a model on labelled pictures')
    .description(
      'Measures a model on labelled pictures: accuracy with its standard error, each class, confusion, calibration; of a model\n' +
        'that knows letters also with case folded, with classes merged, and what of the errors is between look-alikes.\n' +
        'Classes are matched by their texts. A picture in which nothing is found counts as wrong.',
    )
    .addOption(modelOption())
    .addOption(ruleOption())
    .addOption(alphabetOption())
    .addOption(
      // What is chosen on other pictures is chosen for their frequencies.
      frequenciesOption().conflicts(['against', 'calibrateOn', 'targetError', 'disputed', 'draw', 'listing']),
    )
    .requiredOption('--data <path>', dataHelp)
    .addOption(
      new Option(
        '--framing <kind>',
        "framed: pictures go into the network as they are (of the network's size); raw: each through the recogniser's own " +
          'preprocessing; default: framed, but stored sets as their description says; folders and strokes are always raw',
      ).choices(['framed', 'raw']),
    )
    .option(
      '--classes <alphabet>',
      'measure samples of these classes alone: digits, upper, lower, letters, alphanumeric, or texts with commas between: digits,X,Y',
      alphabetOf,
    )
    .option('--limit <number>', 'measure at most this many pictures, drawn at random class by class', wholeNumber(1))
    .option('--seed <number>', 'seed of that draw', wholeNumber(0), 0)
    .option('--allow-unknown', 'go on when the data has classes that the model lacks; their pictures count as wrong')
    .option('--against <name|file>', "compare with another model on the same pictures, by McNemar's test")
    .option(
      '--calibrate-on <path>',
      "other pictures, to fit a temperature and to choose thresholds on; 'validation': the part of the training set " +
        'that the training of the model held back',
    )
    .option('--split-seed <number>', "seed by which that part was drawn (default: the model's)", wholeNumber(0))
    .option(
      '--target-error <share>',
      'choose, on those pictures, the threshold that leaves at most this share of errors: 0.1% or 0.001',
      shareOf,
    )
    .addOption(
      new Option('--disputed', 'only list the answers to the 15 pictures of mnist:test whose labels people dispute')
        .implies({ data: 'mnist:test' })
        .conflicts(['against', 'calibrateOn', 'targetError', 'report', 'limit']),
    )
    .addOption(
      new Option(
        '--draw <number>',
        'only let every choice of this many of the models given by --model vote, and print mean and spread',
      )
        .argParser(wholeNumber(1))
        .conflicts(['against', 'calibrateOn', 'targetError', 'report', 'disputed']),
    )
    .addOption(
      new Option(
        '--listing <number>',
        'only list the answers to this many pictures, drawn as for --limit, and draw them',
      )
        .argParser(wholeNumber(1, 1000))
        .conflicts(['against', 'calibrateOn', 'targetError', 'report', 'limit', 'disputed', 'draw']),
    )
    .option(
      '--report <file.html>',
      'write a page with charts and the worst errors, which needs no other file',
      fileEnding('.html'),
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      examples(
        ['ductus evaluate --data mnist:test', "the shipped model on MNIST's test set"],
        ['ductus evaluate --data scans/ --json', 'a folder of pictures, scans/7/a.png'],
        ['ductus evaluate --data chars74k:test --classes digits', 'the digits of a set in the data folder'],
        [
          'ductus evaluate --data chars74k:test --classes digits --alphabet digits',
          'the same, for a model of letters too that is told that these are digits',
        ],
        [
          'ductus evaluate --model characters-slim --data chars74k:test --frequencies estimate',
          'as a pile of forms is read: what occurs in it decides between look-alikes',
        ],
        [
          'ductus evaluate --model runs/a/model.onnx --data mnist:test --report a.html',
          'a model of your own, as a page',
        ],
        [
          'ductus evaluate --data mnist:test --calibrate-on validation --target-error 0.1%',
          'confidences, and what is left when the least sure answers are rejected',
        ],
        [
          'ductus evaluate --model runs/a/model.onnx --against digits --data mnist:test',
          'is one model better than another on the same pictures?',
        ],
        [
          'ductus evaluate --model runs/b/model.onnx --data emnist-balanced:test --listing 12',
          'prediction, character, label and picture, one by one',
        ],
      ),
    )
    .action(evaluate);
}

async function evaluate(options: EvaluateOptions): Promise<void> {
  const { openRecognizer } = await import('../../platform/node/floor.ts');
  const { assess, calibration, judge, knowsLetters, letterMetrics, metrics } = await import('../../learn/floor.ts');
  const started = performance.now();
  const { sources, model } = await loadChosenModels(options.model);
  if (options.draw !== undefined) {
    const { pictures, framing, leftOut } = await openPicturesFor(options, model);
    noteLeftOut(leftOut);
    return await printDraws(sources, pictures, { ...options, draw: options.draw, framing });
  }
  const known = { ...(options.rule && { rule: options.rule }), ...alphabetIn(options) };
  let recognizer = await openRecognizer(sources, known);
  if (options.disputed) return await printDisputed(recognizer, { ...options, framing: options.framing ?? 'framed' });
  try {
    const { pictures, framing, leftOut } = await openPicturesFor(options, model);
    if (options.listing !== undefined) {
      noteLeftOut(leftOut);
      return await printListing(recognizer, pictures, framing, options.json ?? false);
    }
    const { allowUnknown = false, frequencies: source } = options;
    const judging = { framing, allowUnknown, onProgress: progress(pictures) };
    let frequencies: Frequencies | undefined;
    if (source !== undefined) {
      const untold = recognizer;
      frequencies = await frequenciesFrom(source, untold.labels, async () =>
        answersIn((await judge(untold, pictures, judging)).predictions),
      );
      untold.dispose();
      recognizer = await openRecognizer(sources, { ...known, ...(frequencies && { frequencies }) });
    }
    const judgement = await judge(recognizer, pictures, judging);
    const figures = metrics(judgement.predictions);
    const letters = knowsLetters(answerable(recognizer.labels, options.alphabet))
      ? letterMetrics(judgement.predictions, figures)
      : undefined;
    const reliability = calibration(judgement.predictions);
    const read = { recognizer, model, sources, pictures, framing, judgement };
    const chosenOn = options.calibrateOn === undefined ? undefined : await judgeOthers(options, read);
    const assessment = assess(judgement.predictions, {
      temperature: model.card?.temperature ?? 1,
      ...(chosenOn && { chosenOn: chosenOn.predictions }),
      ...(options.targetError !== undefined && { targetError: options.targetError }),
    });
    const comparison = options.against === undefined ? undefined : await compareWith(options.against, options, read);
    const more = { assessment, chosenOn: chosenOn?.name, comparison };
    const seconds = (performance.now() - started) / 1000;
    const leaving = leftOut === 0 ? '' : `, ${leftOut} pictures outside of it left out`;
    const restriction = options.alphabet === undefined ? '' : `, alphabet ${options.alphabet}${leaving}`;
    const how = `${framing}${restriction}${source === undefined ? '' : `, frequencies ${source}`}`;
    if (options.report !== undefined) {
      await writeReport(options.report, { ...read, framing: how, ...more, figures, letters, seconds });
    }
    const { count, correct, accuracy, standardError, perClass, confusion, ...rest } = figures;
    const result = {
      ...{ count, correct, accuracy, standardError, perClass, confusion },
      labels: judgement.predictions.labels,
      unknownLabels: judgement.predictions.unknownLabels ?? [],
      model: titleOf(model),
      modelFile: model.path,
      data: pictures.name,
      framing,
      ...(options.alphabet !== undefined && { ...alphabetIn(options), leftOut }),
      ...(frequencies && { frequencies: { source, classes: frequencies } }),
      seconds,
      ...rest,
      ...(letters && { letters }),
      expectedCalibrationError: reliability.expectedCalibrationError,
      reliability: reliability.bins,
      ...detailsOf(more),
      ...(options.report === undefined ? {} : { report: options.report }),
    };
    if (options.json) printJson(result);
    else {
      printFigures(titleOf(model), pictures.name, how, figures, reliability.expectedCalibrationError, seconds);
      if (letters) printLetters(letters);
      printAssessment(assessment, chosenOn?.name);
      if (comparison) printComparison(titleOf(model), comparison.against, comparison.figures);
    }
    if (options.report !== undefined && !options.json) printLine(`\nReport: ${options.report}`);
  } finally {
    recognizer.dispose();
  }
}

/** Says how many pictures an alphabet excludes: a figure is of the others. */
function noteLeftOut(count: number): void {
  if (count > 0) printNote(`Left out: ${count} pictures of classes outside of the alphabet.`);
}

/** The classes that may be answered. */
function answerable(labels: readonly string[], alphabet: EvaluateOptions['alphabet']): readonly string[] {
  if (alphabet === undefined) return labels;
  const allowed = new Set(expandAlphabet(alphabet));
  return labels.filter((label) => allowed.has(label));
}

/** The alphabet of all answers, where one was given. */
function alphabetIn({ alphabet }: EvaluateOptions): Pick<RecognizerOptions, 'alphabet'> {
  return alphabet === undefined ? {} : { alphabet };
}

/** Each picture's answer by itself. */
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

/** What has been read so far. */
interface Read {
  readonly recognizer: Recognizer;
  readonly model: LoadedModel;
  readonly sources: readonly LoadedModel[];
  readonly pictures: LabelledPictures;
  readonly framing: 'framed' | 'raw';
  readonly judgement: Judgement;
}

/** Answers to the pictures on which temperature and thresholds are chosen. */
async function judgeOthers(
  options: EvaluateOptions,
  { recognizer, model, sources, pictures: measured, framing }: Read,
): Promise<{ readonly name: string; readonly predictions: Predictions }> {
  const { checkHeldBack, heldBack, openCalibrationPictures } = await import('../../platform/node/floor.ts');
  const { judge, metrics } = await import('../../learn/floor.ts');
  const { splitSeed, allowUnknown = false, calibrateOn: source = heldBack } = options;
  if (source === heldBack && options.alphabet !== undefined) {
    throw new UsageError(
      `--alphabet: expected pictures of that alphabet to calibrate on, received --calibrate-on ${heldBack}, which holds all classes`,
    );
  }
  const opened = await openCalibrationPictures({
    ...{ source, model, sources, measured, framing },
    ...(splitSeed !== undefined && { splitSeed }),
  });
  const { pictures } = await withinAlphabet(opened, options.alphabet);
  const { predictions } = await judge(recognizer, pictures, { framing, allowUnknown, onProgress: progress(pictures) });
  if (source === heldBack && framing === 'framed') checkHeldBack(model, metrics(predictions).correct);
  return { name: pictures.name, predictions };
}

/** Another model on the same pictures. */
async function compareWith(
  nameOrFile: string,
  options: EvaluateOptions,
  { model, framing, judgement }: Read,
): Promise<{ readonly against: string; readonly figures: Comparison }> {
  const { loadModel, openRecognizer } = await import('../../platform/node/floor.ts');
  const { compareClassifiers, judge } = await import('../../learn/floor.ts');
  const other = await loadModel(nameOrFile);
  const recognizer = await openRecognizer(other, alphabetIn(options));
  try {
    const { pictures } = await openPicturesFor(options, other);
    const { allowUnknown = false } = options;
    const { predictions } = await judge(recognizer, pictures, {
      framing,
      allowUnknown,
      onProgress: progress(pictures),
    });
    // Two trainings of one recipe have one name; their files tell them apart.
    const against = titleOf(other) === titleOf(model) ? `${titleOf(other)} (${nameOrFile})` : titleOf(other);
    return { against, figures: compareClassifiers(judgement.predictions, predictions) };
  } finally {
    recognizer.dispose();
  }
}

function printFigures(
  model: string,
  data: string,
  framing: string,
  figures: Metrics,
  calibrationError: number,
  seconds: number,
): void {
  const { count, correct, accuracy, standardError, interval95, empty, unknown } = figures;
  printLine(`${model} on ${data} (${framing}): ${formatPercent(accuracy)} of ${count} right`);
  printLine(
    `standard error ${formatPercent(standardError)}, 95 % interval ${interval95.map(formatPercent).join(' to ')}`,
  );
  const wrong = [`${count - correct} wrong`];
  if (empty > 0) wrong.push(`of these ${empty} found empty`);
  if (unknown > 0) wrong.push(`${unknown} of classes that the model lacks`);
  printLine(
    `${wrong.join(', ')}; cross-entropy ${figures.crossEntropy?.toFixed(4) ?? 'none'}, calibration error ${formatPercent(calibrationError)}; ${seconds.toFixed(1)} s\n`,
  );
  printClasses(figures);
}
