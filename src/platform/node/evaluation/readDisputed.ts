// A model's answers to the test pictures whose labels people dispute; what `ductus evaluate disputed` prints.
import { type DisputedAnswer, disputedAnswers, disputedPictures } from '../../../learn/floor.ts';
import { pictureAt } from '../../../samples/floor.ts';
import { openStored } from '../data/data.ts';
import { openRecognizer } from '../model/recognizer.ts';
import { type ReadingOptions, recognizerOptions } from '../reading/readingOptions.ts';

/** The models that read them, and how. */
export interface ReadDisputedOptions extends Pick<ReadingOptions, 'model' | 'rule' | 'alphabet'> {
  /** As in `evaluateModel`; default `'framed'`. */
  readonly framing?: 'framed' | 'raw';
}

/** The answers with label and annotators. */
export interface DisputedReading {
  readonly data: 'mnist:test';
  readonly framing: 'framed' | 'raw';
  readonly disputed: readonly DisputedAnswer[];
}

/**
 * Reads the disputed pictures of MNIST's test set. They must not decide any training or choice.
 *
 * @throws {UsageError} when there is no such model. {MissingError} when MNIST is missing.
 */
export async function readDisputed({ framing = 'framed', ...options }: ReadDisputedOptions): Promise<DisputedReading> {
  const recognizer = await openRecognizer(options.model, recognizerOptions(options));
  try {
    const data = await openStored('mnist:test');
    const pictures = disputedPictures.map(({ index }) => pictureAt(data, index));
    const answers =
      framing === 'framed' ? await recognizer.recognizeFramed(pictures) : await recognizer.recognizeAll(pictures);
    return { data: 'mnist:test', framing, disputed: disputedAnswers(answers) };
  } finally {
    recognizer.dispose();
  }
}
