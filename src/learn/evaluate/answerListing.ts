// Single answers beside their labels, for a listing that a person reads. Counts nothing; `metrics.ts` does.
import type { Picture } from '../../picture/floor.ts';
import type { Recognizer } from '../../read/floor.ts';
import type { LabelledPictures } from '../../samples/floor.ts';

/** The answer to one picture. */
export interface ListedAnswer {
  /** Where the picture comes from. */
  readonly source: string;
  /**
   * Number of the class that was answered, counted from 0 in the order of the model's outputs; null where nothing was
   * found.
   */
  readonly prediction: number | null;
  /** Text of that class. */
  readonly character: string | null;
  /** Text of the true class. */
  readonly label: string;
  /** Probability of the answer, 0..1; 0 where nothing was found. */
  readonly confidence: number;
  readonly right: boolean;
  /** What the network saw; null where nothing was found. */
  readonly framed: Picture | null;
}

/**
 * Reads some pictures and lists prediction, character and label of each, as the report of 2020 does.
 *
 * Unlike `judge`, it accepts classes that the recogniser lacks and counts such a picture as wrong.
 *
 * @param framing `'framed'`: pictures go into the network as they are; `'raw'`: through the recogniser's own
 * preprocessing.
 */
export async function answerListing(
  recognizer: Recognizer,
  data: LabelledPictures,
  framing: 'framed' | 'raw',
): Promise<ListedAnswer[]> {
  const answers =
    framing === 'framed'
      ? await recognizer.recognizeFramed(data.pictures)
      : await recognizer.recognizeAll(data.inks ?? data.pictures);
  return answers.map((answer, index) => {
    const [source, label] = [data.sources[index]!, data.labels[data.targets[index]!]!];
    if (answer.empty) {
      return { source, prediction: null, character: null, label, confidence: 0, right: false, framed: null };
    }
    const { label: character, confidence, framed } = answer;
    const prediction = recognizer.labels.indexOf(character);
    return { source, prediction, character, label, confidence, right: character === label, framed };
  });
}
