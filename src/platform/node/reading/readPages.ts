// Finds and reads the characters of whole pages, one page after another.
import type { Picture } from '../../../picture/floor.ts';
import { type PageCharacter, pageText, readPage } from '../../../read/floor.ts';
import { openRecognizer } from '../model/recognizer.ts';
import { readPagePicture } from '../picture/image.ts';
import { frequenciesFrom } from './frequenciesFrom.ts';
import { type ReadingOptions, recognizerOptions } from './readingOptions.ts';
import type { PictureSource } from './recognizeFiles.ts';

/** The reading of one page. */
export interface PageReading {
  readonly file: string;
  readonly page: Picture;
  readonly characters: readonly PageCharacter[];
  /** Text of each line, from top to bottom. */
  readonly lines: readonly string[];
}

/**
 * Finds and reads the characters of pages. Frequencies are estimated for each page separately.
 *
 * Unlike `recognizeFiles`, whose files hold one character each, it stops at a page that cannot be read.
 *
 * @param files paths of images, or sources of pictures.
 * @yields one reading per page, in their order, as soon as it is ready.
 * @throws {MissingError} when there is no such file. {FormatError} when it is no picture, or a model is damaged.
 * @throws {UsageError} when there is no such model or set of frequencies, or the model has no class of the alphabet.
 * @example
 * ```ts
 * import { openDataset, readPages } from 'ductus/node';
 * import { contactSheet } from 'ductus/picture';
 * import { pictureAt } from 'ductus/samples';
 *
 * const digits = await openDataset('mnist:test');
 * const page = contactSheet([2, 1, 0].map((index) => pictureAt(digits, index)), { columns: 3, gap: 8 });
 * // A path of a picture file will do, too.
 * const source = { name: 'three digits', open: async () => page };
 * for await (const { lines } of readPages([source])) console.log(lines.join('/').replaceAll(' ', '')); // 127
 * ```
 */
export async function* readPages(
  files: Iterable<PictureSource>,
  options: ReadingOptions = {},
): AsyncGenerator<PageReading, void, undefined> {
  const { frequencies: source, onFrequencies } = options;
  const recognizer = await openRecognizer(options.model, recognizerOptions(options));
  try {
    for (const each of files) {
      const [file, page] =
        typeof each === 'string' ? [each, await readPagePicture(each)] : [each.name, await each.open()];
      let characters = await readPage(page, recognizer);
      if (source !== undefined) {
        const answers = characters.map(({ answer }) => answer);
        const found = await frequenciesFrom(source, recognizer.labels, async () => answers);
        if (found !== undefined) {
          onFrequencies?.(found);
          characters = await readPage(page, recognizer, { frequencies: found.classes });
        }
      }
      yield { file, page, characters, lines: pageText(characters) };
    }
  } finally {
    recognizer.dispose();
  }
}
