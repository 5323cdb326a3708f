// Alphabets by name: which class texts "digits" or "letters" stand for. Recipes restrict data by them, recognisers answers.
import { UsageError } from './errors.ts';

/** The characters of a range of code points, both ends included. */
function range(first: string, last: string): readonly string[] {
  const from = first.codePointAt(0)!;
  return Array.from({ length: last.codePointAt(0)! - from + 1 }, (_, offset) => String.fromCodePoint(from + offset));
}

const digits = range('0', '9');
const upper = range('A', 'Z');
const lower = range('a', 'z');

/** The alphabets that have a name, with their class texts: digits, then capitals, then small letters, as class lists are ordered. */
export const alphabets = {
  digits,
  upper,
  lower,
  letters: [...upper, ...lower],
  alphanumeric: [...digits, ...upper, ...lower],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Name of an alphabet. */
export type AlphabetName = keyof typeof alphabets;

/** An alphabet by its name, or as a list of class texts, among which names of alphabets stand for all of theirs. */
export type Alphabet = string | readonly string[];

/** Whether a text is the name of an alphabet. */
export function isAlphabetName(text: string): text is AlphabetName {
  return Object.hasOwn(alphabets, text);
}

/**
 * The class texts that an alphabet stands for, each once, in the order in which they were named.
 *
 * @param alphabet a name (`digits`, `upper`, `lower`, `letters`, `alphanumeric`), or a list of class texts and names:
 * `['digits', 'X', '?']`. A text by itself that is no name is a mistake; a list may hold any text.
 * @throws {UsageError} when a name is unknown, the list is empty, or an entry is no text or an empty one.
 */
export function expandAlphabet(alphabet: Alphabet): readonly string[] {
  const names = Object.keys(alphabets).join(', ');
  if (typeof alphabet === 'string') {
    if (isAlphabetName(alphabet)) return alphabets[alphabet];
    throw new UsageError(`alphabet: expected ${names} or a list of class texts, received ${JSON.stringify(alphabet)}`);
  }
  if (!Array.isArray(alphabet) || alphabet.length === 0) {
    throw new UsageError(
      `alphabet: expected ${names} or a list of at least one class text, received ${JSON.stringify(alphabet)}`,
    );
  }
  const texts = (alphabet as readonly unknown[]).flatMap((text): readonly string[] => {
    if (typeof text !== 'string' || text === '') {
      throw new UsageError(`alphabet: expected class texts in the list, received ${JSON.stringify(text)}`);
    }
    return isAlphabetName(text) ? alphabets[text] : [text];
  });
  return [...new Set(texts)];
}
