// The options that `ductus evaluate` and its subcommands share: the reader, and the data.
import { type Command, Option } from 'commander';
import type { Alphabet, AlphabetName } from '../../core/floor.ts';
import type { VotingRule } from '../../onnx/floor.ts';
import { alphabetOf, alphabetOption, dataHelp, modelOption, ruleOption, wholeNumber } from '../options.ts';
import { printNote } from '../output.ts';

/** What {@link readerOptions} adds. */
export interface ReaderFlags {
  readonly model?: readonly string[];
  readonly rule?: VotingRule;
  readonly alphabet?: AlphabetName | readonly string[];
  readonly framing?: 'framed' | 'raw';
}

/** What {@link dataOptions} adds. */
export interface DataFlags {
  readonly data: string;
  readonly classes?: Alphabet;
  readonly seed: number;
}

/** Adds the options of the reader. */
export function readerOptions(command: Command): Command {
  return command
    .addOption(modelOption())
    .addOption(ruleOption())
    .addOption(alphabetOption())
    .addOption(
      new Option(
        '--framing <kind>',
        "framed: pictures go into the network as they are (of the network's size); raw: each through the recogniser's own " +
          'preprocessing; default: framed; stored sets as their description says; folders and strokes are always raw',
      ).choices(['framed', 'raw']),
    );
}

/** `--data`. */
export function dataOption(): Option {
  return new Option('--data <path>', dataHelp);
}

/** Adds the options of the data, except `--data`. */
export function dataOptions(command: Command): Command {
  return command
    .option(
      '--classes <alphabet>',
      'measure only samples of these classes: digits, upper, lower, letters, alphanumeric, or texts separated by commas: digits,X,Y',
      alphabetOf,
    )
    .option('--seed <number>', 'seed of the draw of pictures', wholeNumber(0), 0);
}

/** `--limit`. */
export function limitOption(): Option {
  return new Option('--limit <number>', 'measure at most this many pictures, drawn at random class by class').argParser(
    wholeNumber(1),
  );
}

/** `--allow-unknown`. */
export function unknownOption(): Option {
  return new Option(
    '--allow-unknown',
    'go on when the data has classes that the model lacks; their pictures count as wrong',
  );
}

/** Says how many pictures an alphabet excludes; the printed figures cover the others. */
export function noteLeftOut(count: number): void {
  if (count > 0) printNote(`Left out: ${count} pictures of classes outside of the alphabet.`);
}
