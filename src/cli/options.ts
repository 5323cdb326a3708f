// Readers of option values that several commands share. Each turns text into a value, or refuses it and names what is
// allowed.
import { InvalidArgumentError, Option } from 'commander';
import { type AlphabetName, isAlphabetName } from '../core/floor.ts';
import type { VotingRule } from '../onnx/floor.ts';

/**
 * Help of an option that takes data. The sources say how data is named (`dataNames`); `data list` prints it, no help
 * does.
 */
export const dataHelp =
  'labelled data, such as mnist:test, chars74k:test (a part of a stored set; with :ink after it, its strokes), a file or a folder; ' +
  '"ductus data list" says how data is named';

/** A reader of whole numbers in `min..max`, for commander's `option`. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < min || value > max) {
      const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `in ${min}..${max}`;
      throw new InvalidArgumentError(`Expected a whole number ${range}, received "${text}".`);
    }
    return value;
  };
}

/** Reads a share from 0 to below 1, as a number or in percent: `0.001`, `0.1%`, `0.1 %`. */
export function shareOf(text: string): number {
  const [, number, percent] = /^(\d+(?:\.\d*)?|\.\d+)\s*(%?)$/.exec(text.trim()) ?? [];
  const value = number === undefined ? Number.NaN : Number(number) / (percent ? 100 : 1);
  if (!(value >= 0 && value < 1)) {
    throw new InvalidArgumentError(`Expected a share from 0 to below 1, such as 0.001 or 0.1%, received "${text}".`);
  }
  return value;
}

/**
 * A reader of output file names of one format: with another ending, the wrong program would open the file.
 *
 * @param ending with its dot, in lower case.
 */
export function fileEnding(ending: string): (text: string) => string {
  return (text) => {
    if (text.toLowerCase().endsWith(ending)) return text;
    throw new InvalidArgumentError(`Expected the name of a file that ends in ${ending}, received "${text}".`);
  };
}

/** Reads an alphabet: names of alphabets and class texts, separated by commas. */
export function alphabetOf(text: string): AlphabetName | readonly string[] {
  if (isAlphabetName(text)) return text;
  const texts = text.split(',');
  if (texts.some((part) => part === '')) {
    throw new InvalidArgumentError(`Expected class texts with commas between, such as A,B,digits; received "${text}".`);
  }
  return texts;
}

/** `--model`, which is repeatable: several models are a committee. */
export function modelOption(): Option {
  return new Option(
    '--model <name|file>',
    'shipped model or model file (default: digits); given several times, the models vote',
  ).argParser<string[]>((value, previous = []) => [...previous, value]);
}

/** `--rule`, how a committee decides. */
export function ruleOption(): Option {
  // Names only: printing help must not load the floor that reads models.
  const rules = ['votes', 'meanProbability', 'meanLogit'] as const satisfies readonly VotingRule[];
  return new Option('--rule <rule>', 'how a committee decides (default: as its card says, or votes)').choices(rules);
}

/** `--alphabet`, the classes that may be answered. */
export function alphabetOption(): Option {
  return new Option(
    '--alphabet <alphabet>',
    'answer only classes of this alphabet: digits, upper, lower, letters, alphanumeric, or texts separated by commas: digits,X,Y',
  ).argParser(alphabetOf);
}

/** `--frequencies`, how often each class occurs where the pictures come from. */
export function frequenciesOption(): Option {
  return new Option(
    '--frequencies <source>',
    'how often each class occurs, which decides between look-alikes such as 0 and O: estimate, from the pictures read ' +
      '(30 or more); or a labelled set of the same kind (crohme:train); or a file.json of counts, {"0": 120, "O": 3}',
  );
}

/** Examples for the end of a command's help: each is a command line and its effect. */
export function examples(...lines: readonly (readonly [command: string, what: string])[]): string {
  return `\nExamples:\n${lines.map(([command, what]) => `  # ${what}\n  $ ${command}`).join('\n')}\n`;
}
