// The mean accuracy of votes of some models, drawn from more models than vote; what `ductus evaluate draw` prints.
import type { Alphabet } from '../../../core/floor.ts';
import { type CommitteeDraws, committeeDraws, judge } from '../../../learn/floor.ts';
import type { VotingRule } from '../../../onnx/floor.ts';
import { chooseModels } from '../model/chosenModels.ts';
import { openRecognizer } from '../model/recognizer.ts';
import { type ReadingOptions, recognizerOptions } from '../reading/readingOptions.ts';
import { type MeasuredPicturesOptions, openMeasuredPictures } from './measuredPictures.ts';

/** The models and data of a draw. */
export interface DrawCommitteesOptions
  extends Pick<ReadingOptions, 'model' | 'rule' | 'alphabet'>,
    MeasuredPicturesOptions {
  /** Number of models that vote together: at least 1, at most all of them. */
  readonly size: number;
  /** As in `evaluateModel`. */
  readonly allowUnknown?: boolean;
}

/** Accuracies over all choices. */
export interface DrawnCommittees extends CommitteeDraws {
  readonly data: string;
  readonly framing: 'framed' | 'raw';
  readonly rule: VotingRule;
  readonly alphabet?: Alphabet;
  /** Number of pictures read, and of those left out because their classes are outside the alphabet. */
  readonly pictures: number;
  readonly leftOut: number;
}

/**
 * Lets each model read the pictures once, and every choice of `size` models vote.
 *
 * @throws {UsageError} when there are fewer models than `size`, more than 10,000 choices, or no such model or data.
 */
export async function drawCommittees(options: DrawCommitteesOptions): Promise<DrawnCommittees> {
  const { size, rule = 'votes', alphabet, allowUnknown = false } = options;
  const { sources, model } = await chooseModels(options.model);
  const { pictures, framing, leftOut } = await openMeasuredPictures(options, model);
  const members = [];
  for (const source of sources) {
    const recognizer = await openRecognizer(source, recognizerOptions({ ...(alphabet !== undefined && { alphabet }) }));
    try {
      members.push((await judge(recognizer, pictures, { framing, allowUnknown })).predictions);
    } finally {
      recognizer.dispose();
    }
  }
  const figures = committeeDraws(members, size, rule);
  const subject = { data: pictures.name, framing, rule, ...(alphabet !== undefined && { alphabet }) };
  return { ...subject, ...figures, pictures: pictures.pictures.length, leftOut };
}
