// Readers of option values that several commands share: each turns text into a value or refuses it with what is allowed.
import { InvalidArgumentError } from 'commander';

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

/** Examples for the end of a command's help, each a command line with what it does. */
export function examples(...lines: readonly (readonly [command: string, what: string])[]): string {
  return `\nExamples:\n${lines.map(([command, what]) => `  # ${what}\n  $ ${command}`).join('\n')}\n`;
}
