// From pictures to what is reviewed: a recogniser's readings, and what it saw, which a person is shown.
import type { Picture } from '../../picture/floor.ts';
import type { Recognizer } from '../../read/floor.ts';
import type { LabelledPictures } from '../../samples/floor.ts';
import type { ReviewItem } from './reviewItem.ts';

/** How many pictures go to the recogniser at once: enough for its batches, few enough to show progress. */
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
  /** Class texts, those of the recogniser or, of one with an alphabet, those that it may answer; default: all. */
  readonly labels?: readonly string[];
  /** Called with the number of pictures that have been read, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Reads pictures for a review; unlike `judge` it needs no labels. Raw samples whose strokes are known are read from these.
 *
 * @returns one reading a picture, in their order, named by its source.
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
