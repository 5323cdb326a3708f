// Writes the page that shows every step from a picture to the network's input, for `ductus recognize --explain`.
import { mnistFraming } from '../../../picture/floor.ts';
import { writeFileAtomic } from '../files/files.ts';
import { loadModels, type ModelSource } from '../model/recognizer.ts';
import { framingPage } from './framingPage.ts';
import type { FileReading } from './recognizeFiles.ts';

/**
 * Writes the page of some readings, with the framing of the model's card; a committee's members share one framing.
 *
 * @param readings the page leaves out those with an error.
 * @returns number of pictures on the page.
 * @throws {MissingError} when the folder of the file is missing.
 */
export async function writeFramingPage(
  file: string,
  readings: readonly FileReading[],
  model?: ModelSource,
): Promise<number> {
  const [first] = await loadModels(model);
  const explained = readings.flatMap((reading) =>
    reading.error === undefined
      ? [
          {
            source: reading.file,
            picture: reading.picture,
            answer: reading.answer.empty ? undefined : reading.answer.label,
          },
        ]
      : [],
  );
  await writeFileAtomic(file, framingPage(explained, first?.card?.framing ?? mnistFraming));
  return explained.length;
}
