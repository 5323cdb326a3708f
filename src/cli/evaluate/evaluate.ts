// `ductus evaluate`: how good a model is on labelled pictures. Subcommands list and draw.
import { Command, Option } from 'commander';
import { UsageError } from '../../core/floor.ts';
import { examples, fileEnding, frequenciesOption, shareOf, wholeNumber } from '../options.ts';
import { countUp, givenCommand, noteFrequencies, printJson, printNote } from '../output.ts';
import { disputedCommand } from './disputed.ts';
import { drawCommand } from './draw.ts';
import {
  type DataFlags,
  dataOption,
  dataOptions,
  limitOption,
  type ReaderFlags,
  readerOptions,
  unknownOption,
} from './evaluateOptions.ts';
import { listingCommand } from './listing.ts';

interface EvaluateFlags extends ReaderFlags, Omit<DataFlags, 'data'> {
  /** Not mandatory for commander, which would require it of the subcommands too. */
  readonly data?: string;
  readonly frequencies?: string;
  readonly limit?: number;
  readonly allowUnknown?: boolean;
  readonly against?: string;
  readonly calibrateOn?: string;
  readonly splitSeed?: number;
  readonly targetError?: number;
  readonly report?: string;
  readonly json?: boolean;
}

/** Options that were modes of this command before they were subcommands. */
const formerModes = ['disputed', 'draw', 'listing'] as const;

/** Builds the command. */
export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .summary('measure a model on labelled pictures')
    .description(
      'Measures a model on labelled pictures: accuracy with its standard error, each class, confusion, calibration; for a model\n' +
        'of letters also with case folded, with classes merged, and the errors between look-alikes.\n' +
        'Classes are matched by their texts. A picture in which nothing is found counts as wrong.',
    )
    // Options after a subcommand's name belong to the subcommand.
    .enablePositionalOptions()
    .addOption(dataOption());
  for (const mode of formerModes) command.addOption(new Option(`--${mode} [value]`).hideHelp());
  return dataOptions(readerOptions(command))
    .addOption(frequenciesOption())
    .addOption(limitOption())
    .addOption(unknownOption())
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
    .option('--report <file.html>', 'write a self-contained page with charts and the worst errors', fileEnding('.html'))
    .option('--json', 'print one JSON object')
    .addCommand(listingCommand())
    .addCommand(drawCommand())
    .addCommand(disputedCommand())
    .hook('preSubcommand', refuseOwnOptions)
    .addHelpText('after', evaluateExamples())
    .action(evaluate);
}

/** Options before a subcommand's name are this command's: the subcommand would ignore them silently. */
function refuseOwnOptions(command: Command, subcommand: Command): void {
  for (const option of command.options) {
    if (command.getOptionValueSource(option.attributeName()) !== 'cli') continue;
    throw new UsageError(
      `${option.long}: expected behind the subcommand, ductus evaluate ${subcommand.name()} ... ${option.long}, received before it`,
    );
  }
}

function evaluateExamples(): string {
  return examples(
    ['ductus evaluate --data mnist:test', "the shipped model on MNIST's test set"],
    ['ductus evaluate --data scans/ --json', 'a folder of pictures, scans/7/a.png'],
    ['ductus evaluate --data chars74k:test --classes digits', 'the digits of a set in the data folder'],
    [
      'ductus evaluate --data chars74k:test --classes digits --alphabet digits',
      'the same, for a model that also knows letters: alphabet of digits given',
    ],
    [
      'ductus evaluate --model characters-slim --data chars74k:test --frequencies estimate',
      'reads as for a pile of forms: its frequencies decide between look-alikes',
    ],
    ['ductus evaluate --model runs/a/model.onnx --data mnist:test --report a.html', 'a model of your own, as a page'],
    [
      'ductus evaluate --data mnist:test --calibrate-on validation --target-error 0.1%',
      'calibration, and the errors that remain when the least certain answers are rejected',
    ],
    [
      'ductus evaluate --model runs/a/model.onnx --against digits --data mnist:test',
      'is one model better than another on the same pictures?',
    ],
  );
}

async function evaluate({ json, ...flags }: EvaluateFlags, command: Command): Promise<void> {
  for (const mode of formerModes) {
    if (command.getOptionValue(mode) === undefined) continue;
    throw new UsageError(
      `--${mode}: expected the subcommand, ductus evaluate ${mode}, received the option that it was before`,
    );
  }
  const { data, ...options } = flags;
  if (data === undefined) {
    command.error("error: required option '--data <path>' not specified", {
      code: 'commander.missingMandatoryOptionValue',
    });
  }
  const { evaluateModel, readingText } = await import('../../platform/node/floor.ts');
  const evaluation = await evaluateModel({
    ...{ ...options, data, command: givenCommand() },
    onProgress: countUp('pictures read'),
    onFrequencies: noteFrequencies,
  });
  if (evaluation.report !== undefined && process.stderr.isTTY) printNote(`Wrote ${evaluation.report}`);
  if (json) return printJson(evaluation);
  const { printEvaluation } = await import('./printEvaluation.ts');
  printEvaluation(evaluation, readingText(evaluation));
}
