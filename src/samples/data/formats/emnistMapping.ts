// EMNIST's mapping files: which character a label number stands for. Only read to check the classes that `emnist.ts`
// knows, so that files of one division are not taken for another's.
import { FormatError } from '../../../core/floor.ts';
import { type EmnistSplit, emnistSplits } from './emnist.ts';

/** One line of a mapping file. */
export interface EmnistMapping {
  readonly label: number;
  /** One character; in the file of `letters`, whose classes hold both, the capital and the small letter. */
  readonly characters: readonly string[];
}

/** Characters that a mapping may name: the printable ones of ASCII. */
const [firstCode, lastCode] = [0x21, 0x7e];

/**
 * Reads a mapping file: lines of `label code`, or `label code code` in the file of `letters`, with codes in ASCII.
 *
 * @throws {FormatError} naming the first invalid line.
 */
export function parseEmnistMapping(text: string, file: string): EmnistMapping[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.flatMap((line, index) => {
    if (line === '') return [];
    const numbers = line.split(/\s+/).map((word) => (/^\d{1,3}$/.test(word) ? Number(word) : Number.NaN));
    const [label, ...codes] = numbers;
    const valid = codes.length === 1 || codes.length === 2;
    if (!valid || Number.isNaN(label) || !codes.every((code) => code >= firstCode && code <= lastCode)) {
      throw new FormatError(
        `${file}: reading a mapping: line ${index + 1}: expected a label and one or two codes from ${firstCode} to ${lastCode}, received "${line.slice(0, 40)}"`,
      );
    }
    return [{ label: label!, characters: codes.map((code) => String.fromCharCode(code)) }];
  });
}

/**
 * Checks a mapping file against the classes of its division.
 *
 * @throws {FormatError} when it is no mapping file, or gives a label another character.
 */
export function checkEmnistMapping(text: string, split: EmnistSplit, file: string): void {
  const { classes, firstLabel } = emnistSplits[split];
  const mapping = parseEmnistMapping(text, file);
  if (mapping.length !== classes.length) {
    throw new FormatError(
      `${file}: reading the mapping of emnist-${split}: expected ${classes.length} lines, received ${mapping.length}`,
    );
  }
  mapping.forEach(({ label, characters }, index) => {
    const character = classes[index]!;
    // Only the file of `letters` names the small letters besides the capitals; the files of other merged divisions do
    // not.
    const expected = split === 'letters' ? [character, character.toLowerCase()] : [character];
    if (label !== index + firstLabel || characters.join() !== expected.join()) {
      throw new FormatError(
        `${file}: reading the mapping of emnist-${split}: expected label ${index + firstLabel} to be ${expected.join(' ')}, received ${label} as ${characters.join(' ')}`,
      );
    }
  });
}
