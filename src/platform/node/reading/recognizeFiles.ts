// Reads picture files of one character each, one after another. An unreadable file yields its error, and the others are
// still read.
import { DuctusError } from '../../../core/floor.ts';
import type { Picture } from '../../../picture/floor.ts';
import type { Recognition, Recognizer } from '../../../read/floor.ts';
import { readPicture } from '../picture/image.ts';
import { openReading, type ReadingOptions } from './readingOptions.ts';

/** A picture file by its path, or another source that can be opened, with its name. */
export type PictureSource = string | { readonly name: string; open(): Promise<Picture> };

/** The result for one file: its picture and the answer, or the error that prevented reading. */
export type FileReading =
  | { readonly file: string; readonly picture: Picture; readonly answer: Recognition; readonly error?: undefined }
  | { readonly file: string; readonly error: DuctusError };

/**
 * Reads picture files of one character each.
 *
 * With `frequencies: 'estimate'` every file is opened twice: all of them are read before the first answer.
 *
 * @param files paths of images, or sources of pictures.
 * @yields one reading per file, in their order, as soon as it is ready; for an unreadable file its error.
 * @throws {UsageError} when there is no such model or set of frequencies, or the model has no class of the alphabet.
 * @throws {FormatError} when the model or the file of frequencies is damaged.
 * @example
 * ```ts
 * import { recognizeFiles } from 'ductus/node';
 *
 * for await (const reading of recognizeFiles(['examples/pictures/eight.png'])) {
 *   if (reading.error === undefined && !reading.answer.empty) console.log(reading.answer.label); // 8
 * }
 * ```
 */
export async function* recognizeFiles(
  files: Iterable<PictureSource>,
  options: ReadingOptions = {},
): AsyncGenerator<FileReading, void, undefined> {
  const sources = [...files];
  const { recognizer } = await openReading(options, (plain) => readAll(sources, plain));
  try {
    for (const source of sources) yield await readOne(source, recognizer);
  } finally {
    recognizer.dispose();
  }
}

/** Answers to the readable files; the second reading reports the others. */
async function readAll(sources: readonly PictureSource[], recognizer: Recognizer): Promise<Recognition[]> {
  const answers: Recognition[] = [];
  for (const source of sources) {
    const reading = await readOne(source, recognizer);
    if (reading.error === undefined) answers.push(reading.answer);
  }
  return answers;
}

async function readOne(source: PictureSource, recognizer: Recognizer): Promise<FileReading> {
  const file = typeof source === 'string' ? source : source.name;
  try {
    const picture = await (typeof source === 'string' ? readPicture(source) : source.open());
    return { file, picture, answer: await recognizer.recognize(picture) };
  } catch (error) {
    // A source's own failure is that source's alone; what names its file already is passed on as it is.
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof DuctusError && (typeof source === 'string' || message.includes(file))) return { file, error };
    return { file, error: new DuctusError(`${file}: reading a picture: ${message}`) };
  }
}
