// Alphabets by name: which class texts "digits" or "letters" stand for. Recipes restrict data by them, recognisers
// answers.
import { UsageError } from './errors.ts';

/** The characters of a range of code points, both ends included. */
function range(first: string, last: string): readonly string[] {
  const from = first.codePointAt(0)!;
  return Array.from({ length: last.codePointAt(0)! - from + 1 }, (_, offset) => String.fromCodePoint(from + offset));
}

const digits = range('0', '9');
const upper = range('A', 'Z');
const lower = range('a', 'z');

/** Rows and cells of GB 2312's first level, and how many characters its last row has. */
const [firstRow, lastRow, cells, lastCells] = [16, 55, 94, 89];

let hanzi: readonly string[] | undefined;

/**
 * The 3,755 Chinese characters of GB 2312's first level, the common ones, by code point: rows 16 to 55 of its table,
 * the last with 89. Decoded by the host when first asked for: a page that reads digits carries no table.
 */
function commonHanzi(): readonly string[] {
  const bytes: number[] = [];
  for (let row = firstRow; row <= lastRow; row++) {
    // Rows and cells count from 1 and are stored 160 higher.
    for (let cell = 1; cell <= (row === lastRow ? lastCells : cells); cell++) bytes.push(160 + row, 160 + cell);
  }
  return [...new TextDecoder('gb18030').decode(Uint8Array.from(bytes))].sort();
}

/**
 * The alphabets that have a name, with their class texts: digits, then capitals, then small letters, as class lists are
 * ordered; `hanzi`: the 3,755 Chinese characters of the first level of GB 2312.
 */
export const alphabets = {
  digits,
  upper,
  lower,
  letters: [...upper, ...lower],
  alphanumeric: [...digits, ...upper, ...lower],
  get hanzi(): readonly string[] {
    hanzi ??= commonHanzi();
    return hanzi;
  },
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
 * @param alphabet a name (`digits`, `upper`, `lower`, `letters`, `alphanumeric`, `hanzi`), or a list of class texts and
 * names: `['digits', 'X', '?']`. A text by itself that is no name is a mistake; a list may hold any text.
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
