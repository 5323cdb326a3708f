// `ductus evaluate listing`: a model's answers to some pictures, one by one, with the pictures.
import { Argument, Command } from 'commander';
import type { ListedAnswer } from '../../learn/floor.ts';
import { formatGlyphs } from '../data/glyphs.ts';
import { examples, wholeNumber } from '../options.ts';
import { formatPercent, printJson, printLine, terminalWidth } from '../output.ts';
import {
  type DataFlags,
  dataOption,
  dataOptions,
  noteLeftOut,
  type ReaderFlags,
  readerOptions,
} from './evaluateOptions.ts';

interface ListingFlags extends ReaderFlags, DataFlags {
  readonly json?: boolean;
}

/** Builds the command. */
export function listingCommand(): Command {
  const command = new Command('listing')
    .summary('list the answers to some pictures, one by one')
    .description(
      'Lists the answers to some pictures, drawn at random class by class, and draws the pictures as the network saw them.\n' +
        'Classes that the model lacks are wrong.',
    )
    .addArgument(new Argument('<number>', 'how many pictures').argParser(wholeNumber(1, 1000)))
    .addOption(dataOption().makeOptionMandatory());
  return dataOptions(readerOptions(command))
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      examples([
        'ductus evaluate listing 12 --model runs/b/model.onnx --data emnist-balanced:test',
        'prediction, character, label and picture, one by one',
      ]),
    )
    .action(list);
}

async function list(count: number, { json, ...options }: ListingFlags): Promise<void> {
  const { listAnswers } = await import('../../platform/node/floor.ts');
  const { data, framing, leftOut, listing } = await listAnswers({ ...options, count });
  noteLeftOut(leftOut);
  // The pictures themselves are in the data; what the network saw of them would be most of the output.
  if (json) printJson({ data, framing, listing: listing.map(({ framed: _, ...answer }) => answer) });
  else printLine(formatGlyphs(listing.map(glyphOf), terminalWidth()));
}

function glyphOf({ source, prediction, character, label, confidence, right, framed }: ListedAnswer) {
  return {
    title: [
      source,
      prediction === null ? 'prediction: nothing found' : `prediction ${prediction}, ${formatPercent(confidence)}`,
      `character  ${character ?? 'none'}`,
      `label      ${label}${right ? '' : '  (wrong)'}`,
    ],
    picture: framed,
  };
}
