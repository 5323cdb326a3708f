// From pictures to what is reviewed: a recogniser's readings, and the framed pictures that a person is shown.
import type { Picture } from '../../picture/floor.ts';
import type { Recognizer } from '../../read/floor.ts';
import type { LabelledPictures } from '../../samples/floor.ts';
import type { ReviewItem } from './reviewItem.ts';

/** Pictures per call of the recogniser: enough for its batches, few enough to show progress. */
const batchSize = 100;

/** A reading with what the network saw; null where nothing was found. */
export interface ReviewReading extends ReviewItem {
  /** What the network saw; null where nothing was found. */
  readonly framed: Picture | null;
}

/** How to read. */
export interface ReviewReadingsOptions {
  /** `'framed'`: pictures go into the network as they are; `'raw'`: through the recogniser's own preprocessing. */
  readonly framing: 'framed' | 'raw';
  /** Class texts: all of the recogniser, or those that its alphabet allows; default: all. */
  readonly labels?: readonly string[];
  /** Called with the number of pictures read so far, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Reads pictures for a review; unlike `judge` it needs no labels. Raw samples with known strokes are read from the
 * strokes.
 *
 * @returns one reading per picture, in their order, named by the picture's source.
 *
 * @example
 * ```ts
 * import { reviewReadings, reviewSession } from 'ductus/learn';
 * import { openDataset, openRecognizer } from 'ductus/node';
 * import { picturesOf } from 'ductus/samples';
 *
 * const { count, ...test } = await openDataset('mnist:test');
 * const few = { ...test, count: 20, images: test.images.subarray(0, 20 * 784), targets: test.targets.subarray(0, 20) };
 * const recognizer = await openRecognizer('digits');
 * const readings = await reviewReadings(recognizer, picturesOf(few), { framing: 'framed' });
 * const session = reviewSession(readings, { labels: recognizer.labels, targetError: 0.01 });
 * console.log(session.progress.total); // 20
 * recognizer.dispose();
 * ```
 */
export async function reviewReadings(
  recognizer: Recognizer,
  { pictures, sources, inks }: Pick<LabelledPictures, 'pictures' | 'sources' | 'inks'>,
  { framing, labels = recognizer.labels, onProgress }: ReviewReadingsOptions,
): Promise<ReviewReading[]> {
  const columns = labels.map((label) => recognizer.labels.indexOf(label));
  const readings: ReviewReading[] = [];
  for (let start = 0; start < pictures.length; start += batchSize) {
    const some = pictures.slice(start, start + batchSize);
    const answers =
      framing === 'framed'
        ? await recognizer.recognizeFramed(some)
        : await recognizer.recognizeAll(inks?.slice(start, start + batchSize) ?? some);
    for (const answer of answers) {
      const id = sources[readings.length]!;
      if (answer.empty) readings.push({ id, probabilities: null, framed: null });
      else {
        const probabilities = Float32Array.from(columns, (column) => answer.probabilities[column]!);
        readings.push({ id, probabilities, framed: answer.framed });
      }
    }
    onProgress?.(readings.length, pictures.length);
  }
  return readings;
}
