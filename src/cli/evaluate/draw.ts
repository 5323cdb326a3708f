// `ductus evaluate draw`: the mean accuracy of votes of some models, drawn from more models than vote.
import { Argument, Command } from 'commander';
import { examples, wholeNumber } from '../options.ts';
import { formatPercent, printJson, printLine } from '../output.ts';
import {
  type DataFlags,
  dataOption,
  dataOptions,
  limitOption,
  noteLeftOut,
  type ReaderFlags,
  readerOptions,
  unknownOption,
} from './evaluateOptions.ts';

interface DrawFlags extends ReaderFlags, DataFlags {
  readonly limit?: number;
  readonly allowUnknown?: boolean;
  readonly json?: boolean;
}

/** Builds the command. */
export function drawCommand(): Command {
  const command = new Command('draw')
    .summary('let every choice of some of the models vote')
    .description(
      'Lets every choice of this many of the models given by --model vote, and prints mean and spread of their accuracies.',
    )
    .addArgument(new Argument('<number>', 'how many models vote together').argParser(wholeNumber(1)))
    .addOption(dataOption().makeOptionMandatory());
  return dataOptions(readerOptions(command))
    .addOption(limitOption())
    .addOption(unknownOption())
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      examples([
        'ductus evaluate draw 2 --model runs/a/model.onnx --model runs/b/model.onnx --model runs/c/model.onnx --data mnist:test',
        'the mean over three committees of two models',
      ]),
    )
    .action(draw);
}

async function draw(size: number, { json, ...options }: DrawFlags): Promise<void> {
  const { drawCommittees } = await import('../../platform/node/floor.ts');
  const { pictures, leftOut, ...figures } = await drawCommittees({ ...options, size });
  noteLeftOut(leftOut);
  if (json) return printJson(figures);
  const { data, framing, rule, members, committees } = figures;
  const spread = ({ mean, deviation, least, greatest, count }: typeof members): string => {
    const around = deviation === null ? '' : ` +- ${formatPercent(deviation)}`;
    return `${formatPercent(mean)}${around} (${formatPercent(least)} to ${formatPercent(greatest)}, ${count})`;
  };
  printLine(`${data} (${framing}), ${pictures} pictures; mean +- deviation (least to greatest, number)`);
  printLine(`members alone:     ${spread(members)}`);
  printLine(`draws of ${size}, ${rule}: ${spread(committees)}`);
  printLine('Draws share members: their deviation is less than that of committees trained apart.');
}
