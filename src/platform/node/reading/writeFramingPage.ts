// Writes the page that shows every step from a picture to what the network saw; what `ductus recognize --explain` writes.
import { mnistFraming } from '../../../picture/floor.ts';
import { writeFileAtomic } from '../files/files.ts';
import { loadModels, type ModelSource } from '../model/recognizer.ts';
import { framingPage } from './framingPage.ts';
import type { FileReading } from './recognizeFiles.ts';

/**
 * Writes the page of some readings, by the framing of the model's card; members of a committee have it alike.
 *
 * @param readings those with an error are left out.
 * @returns number of pictures on the page.
 * @throws {MissingError} when the folder of the file is not there.
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
