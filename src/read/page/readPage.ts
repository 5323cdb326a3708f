// Reading a page: the picture floor finds its characters, the recogniser reads each; what is too wide for one is read
// as a row.
import { type Bounds, type FindCharactersOptions, findCharacters, type Picture } from '../../picture/floor.ts';
import type { RecognizeOptions } from '../recognizer/allowedClasses.ts';
import type { Recognition, Recognizer } from '../recognizer/recognition.ts';
import { readTouching } from './readTouching.ts';

/** A character on a page, read. */
export interface PageCharacter {
  /** Where its ink stands, in whole pixels of the page. */
  readonly box: Bounds;
  /** Line that it stands in, from 0, from top to bottom. */
  readonly line: number;
  /** Its height over that of the highest on the page, above 0 to 1. */
  readonly relativeHeight: number;
  /** What the recogniser makes of it; empty where a mark of ink held nothing to read. */
  readonly answer: Recognition;
}

/**
 * Wider than this many of the page's usual heights, a box may hold characters that touch, tried on 64 amounts on
 * cheques. Few digits are wider than high.
 */
const wideBox = 1.1;

/** Characters given to the recogniser at once: bounds the memory for their pictures. */
const chunk = 256;

/** A gap wider than this share of its line's usual height is a space. */
const spaceWidth = 0.8;

/**
 * Finds and reads the characters of a page. Such as touch each other are parted as `readString` parts a row, where that
 * reads better than taking them for one.
 *
 * @param page dark on light or light on dark, of at most `pageMaxPixels`; see {@link findCharacters}.
 * @param recognizer any: direct, worker or committee.
 * @returns in reading order: line by line, each from left to right.
 * @throws as `findCharacters` and the recogniser do.
 *
 * @example
 * ```ts
 * import { pageText, readPage } from 'ductus';
 * import { openDataset, openRecognizer } from 'ductus/node';
 * import { contactSheet } from 'ductus/picture';
 * import { pictureAt } from 'ductus/samples';
 *
 * const test = await openDataset('mnist:test');
 * const page = contactSheet([0, 1, 2, 3].map((index) => pictureAt(test, index)), { columns: 2, gap: 28, gapLevel: 0 });
 * const recognizer = await openRecognizer('digits');
 * console.log(pageText(await readPage(page, recognizer))); // [ '7 2', '1 0' ]
 * recognizer.dispose();
 * ```
 */
export async function readPage(
  page: Picture,
  recognizer: Pick<Recognizer, 'recognizeAll'>,
  { alphabet, frequencies, ...options }: FindCharactersOptions & RecognizeOptions = {},
): Promise<PageCharacter[]> {
  const { boxes, size, inkOf } = findCharacters(page, options);
  const choice = {
    ...(alphabet !== undefined && { alphabet }),
    ...(frequencies !== undefined && { frequencies }),
  };
  const characters: PageCharacter[] = [];
  for (let start = 0; start < boxes.length; start += chunk) {
    const some = boxes.slice(start, start + chunk);
    const inks = some.map((_, index) => inkOf(start + index));
    const answers = await recognizer.recognizeAll(inks, choice);
    for (const [index, { line, relativeHeight, ...box }] of some.entries()) {
      const touching =
        box.width > wideBox * size ? await readTouching(recognizer, inks[index]!, box, choice) : undefined;
      for (const { bounds, answer } of touching ?? [{ bounds: box, answer: answers[index]! }]) {
        characters.push({ box: bounds, line, relativeHeight: (relativeHeight * bounds.height) / box.height, answer });
      }
    }
  }
  return characters;
}

/**
 * The lines of a page as text, spaces where characters stand far apart; characters without an answer are left out.
 *
 * @param characters in reading order, as {@link readPage} gives them.
 */
export function pageText(characters: readonly PageCharacter[]): string[] {
  const lines: PageCharacter[][] = [];
  for (const character of characters) {
    lines[character.line] ??= [];
    lines[character.line]!.push(character);
  }
  return lines.map(textOfLine);
}

function textOfLine(line: readonly PageCharacter[]): string {
  const heights = line.map(({ box }) => box.height).sort((one, other) => one - other);
  const widest = spaceWidth * heights[heights.length >> 1]!;
  let text = '';
  let end = Number.POSITIVE_INFINITY;
  for (const { box, answer } of line) {
    if (answer.empty) continue;
    text += (box.left - end > widest ? ' ' : '') + answer.label;
    end = box.left + box.width;
  }
  return text;
}
