// A model's answers to some labelled pictures, one by one; what `ductus evaluate listing` prints.
import { answerListing, type ListedAnswer } from '../../../learn/floor.ts';
import { chooseModels } from '../model/chosenModels.ts';
import { openRecognizer } from '../model/recognizer.ts';
import { type ReadingOptions, recognizerOptions } from '../reading/readingOptions.ts';
import { type MeasuredPicturesOptions, openMeasuredPictures } from './measuredPictures.ts';

/** What to list. */
export interface ListAnswersOptions
  extends Pick<ReadingOptions, 'model' | 'rule' | 'alphabet'>,
    Omit<MeasuredPicturesOptions, 'limit'> {
  /** Number of pictures, drawn at random class by class; at least 1. */
  readonly count: number;
}

/** The answers. */
export interface AnswerList {
  readonly data: string;
  readonly framing: 'framed' | 'raw';
  /** Number of pictures of classes outside the alphabet; the draw leaves them out. */
  readonly leftOut: number;
  /** In the order of the draw, each with the network's input. */
  readonly listing: readonly ListedAnswer[];
}

/**
 * Reads a few pictures, and returns answer and label of each. Unlike `evaluateModel` it counts nothing.
 *
 * @throws {UsageError} when there is no such model or data, or none of the classes asked for is in it.
 */
export async function listAnswers({ count, ...options }: ListAnswersOptions): Promise<AnswerList> {
  const { sources, model } = await chooseModels(options.model);
  const recognizer = await openRecognizer(sources, recognizerOptions(options));
  try {
    const { pictures, framing, leftOut } = await openMeasuredPictures({ ...options, limit: count }, model);
    const listing = await answerListing(recognizer, pictures, framing);
    return { data: pictures.name, framing, leftOut, listing };
  } finally {
    recognizer.dispose();
  }
}
