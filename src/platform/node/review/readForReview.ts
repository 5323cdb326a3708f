// Opens and reads what is reviewed: a folder of pictures, or labelled data, whose labels only a simulation uses.
import { type Alphabet, expandAlphabet, UsageError } from '../../../core/floor.ts';
import { type ReviewReading, reviewReadings } from '../../../learn/floor.ts';
import type { LabelledPictures } from '../../../samples/floor.ts';
import { readPlainFolder } from '../data/readers/plainFolder.ts';
import { type MeasuredPicturesOptions, openMeasuredPictures } from '../evaluation/measuredPictures.ts';
import { isFolder } from '../files/isFile.ts';
import { chooseModels, titleOf } from '../model/chosenModels.ts';
import type { LoadedModel } from '../model/modelFile.ts';
import { openRecognizer } from '../model/recognizer.ts';
import { type ReadingOptions, recognizerOptions } from '../reading/readingOptions.ts';

/** The data that is reviewed, and the models that read it. */
export interface ReadForReviewOptions
  extends Pick<ReadingOptions, 'model' | 'rule' | 'alphabet'>,
    Omit<MeasuredPicturesOptions, 'classes'> {
  /** Called with the number of pictures read, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The reviewed data and the models. */
export interface ReviewSubject {
  readonly data: string;
  readonly model: string;
  readonly framing: 'framed' | 'raw';
}

/** Readings to review. */
export interface ReadForReview {
  /** One per picture, with the network's input. */
  readonly readings: readonly ReviewReading[];
  /** Classes that may be answered. */
  readonly labels: readonly string[];
  /** The original pictures; undefined: the network saw them unchanged. */
  readonly originals: LabelledPictures['pictures'] | undefined;
  /** The true class texts; undefined for pictures without labels. */
  readonly truth: readonly string[] | undefined;
  readonly subject: ReviewSubject;
}

/**
 * Opens pictures and reads them for a review (`reviewSession`, `simulateReview`).
 *
 * @param options `data` is a folder of pictures, or labelled data as `evaluateModel` takes it.
 * @throws {UsageError} when there is no such model or data, or a limit is set on pictures without labels.
 */
export async function readForReview(options: ReadForReviewOptions): Promise<ReadForReview> {
  const { sources, model } = await chooseModels(options.model);
  const recognizer = await openRecognizer(sources, recognizerOptions(options));
  try {
    const { pictures, framing, truth } = await openReviewPictures(options, model);
    const labels = allowedOf(recognizer.labels, options.alphabet);
    const { onProgress } = options;
    const readings = await reviewReadings(recognizer, pictures, { framing, labels, ...(onProgress && { onProgress }) });
    const originals = framing === 'raw' ? pictures.pictures : undefined;
    return { readings, labels, originals, truth, subject: { data: pictures.name, model: titleOf(model), framing } };
  } finally {
    recognizer.dispose();
  }
}

/**
 * The true labels, with which a simulation answers.
 *
 * @throws {UsageError} when there are none, or the model may not answer one of them.
 */
export function truthOfReview({ truth, labels, subject }: ReadForReview): readonly string[] {
  if (truth === undefined) {
    throw new UsageError(`--simulate: expected labelled data, received ${subject.data}, pictures without labels`);
  }
  const unknown = [...new Set(truth)].filter((label) => !labels.includes(label));
  if (unknown.length === 0) return truth;
  throw new UsageError(
    `--simulate: expected only classes of the model (${labels.join(' ')}), received also ${unknown.join(' ')}`,
  );
}

/** Pictures to review. */
interface ReviewPictures {
  readonly pictures: Pick<LabelledPictures, 'name' | 'pictures' | 'sources' | 'inks'>;
  readonly framing: 'framed' | 'raw';
  readonly truth: readonly string[] | undefined;
}

async function openReviewPictures(options: ReadForReviewOptions, model: LoadedModel): Promise<ReviewPictures> {
  const plain = (await isFolder(options.data)) ? await readPlainFolder(options.data) : undefined;
  if (plain !== undefined) {
    if (options.limit !== undefined) {
      throw new UsageError(`--limit: expected labelled data to draw from, received the pictures of ${options.data}`);
    }
    return { pictures: plain, framing: 'raw', truth: undefined };
  }
  // All of it: a review can correct pictures of classes outside the alphabet.
  const { alphabet: _, ...everything } = options;
  const { pictures, framing } = await openMeasuredPictures(everything, model);
  const { labels, targets } = pictures;
  return { pictures, framing, truth: Array.from(targets, (target) => labels[target]!) };
}

function allowedOf(labels: readonly string[], alphabet: Alphabet | undefined): readonly string[] {
  if (alphabet === undefined) return labels;
  const allowed = new Set(expandAlphabet(alphabet));
  return labels.filter((label) => allowed.has(label));
}
