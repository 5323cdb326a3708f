// The options of a reading: the models, and what is known of the pictures beforehand. Code and command line share them.
import type { AlphabetName } from '../../../core/floor.ts';
import type { VotingRule } from '../../../onnx/floor.ts';
import type { AnswerProbabilities, Recognizer, RecognizerOptions } from '../../../read/floor.ts';
import { type ModelSource, openRecognizer } from '../model/recognizer.ts';
import { type FoundFrequencies, frequenciesFrom } from './frequenciesFrom.ts';

/** The models that read, and what is known beforehand. */
export interface ReadingOptions {
  /** A shipped model's name, a path or a loaded model; several vote. Default: the shipped `digits`. */
  readonly model?: ModelSource;
  /** How several models decide; default: as the card says, or by votes. */
  readonly rule?: VotingRule;
  /** The only classes that may be answered: a named alphabet, or class texts and names of alphabets. */
  readonly alphabet?: AlphabetName | readonly string[];
  /**
   * How often each class occurs, which decides between look-alikes: `'estimate'`, from the pictures themselves; the
   * name of a labelled set of the same kind; or the path of a `.json` file of counts.
   */
  readonly frequencies?: string;
  /** Called once with the frequencies, before the first answer that they change. */
  readonly onFrequencies?: (found: FoundFrequencies) => void;
}

/** The options of a recogniser among those of a reading. */
export function recognizerOptions({ rule, alphabet }: Pick<ReadingOptions, 'rule' | 'alphabet'>): RecognizerOptions {
  return { ...(rule && { rule }), ...(alphabet !== undefined && { alphabet }) };
}

/**
 * Opens a recogniser with the given frequencies; without any, a plain one.
 *
 * @param read answers to the pictures at hand by a recogniser without frequencies; called only for `'estimate'`.
 * @returns with the frequencies; undefined where none were given, or nothing was there to estimate them from.
 * @throws as `openRecognizer` and `frequenciesFrom` do.
 */
export async function openReading(
  options: ReadingOptions,
  read: (plain: Recognizer) => Promise<readonly AnswerProbabilities[]>,
): Promise<{ readonly recognizer: Recognizer; readonly frequencies: FoundFrequencies | undefined }> {
  const known = recognizerOptions(options);
  const plain = await openRecognizer(options.model, known);
  if (options.frequencies === undefined) return { recognizer: plain, frequencies: undefined };
  try {
    const frequencies = await frequenciesFrom(options.frequencies, plain.labels, () => read(plain));
    if (frequencies !== undefined) options.onFrequencies?.(frequencies);
    const informed = { ...known, ...(frequencies && { frequencies: frequencies.classes }) };
    return { recognizer: await openRecognizer(options.model, informed), frequencies };
  } finally {
    plain.dispose();
  }
}
