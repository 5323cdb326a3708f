// Runs a recogniser on labelled pictures and pairs its answers with the truth. Counts nothing; `metrics.ts` does.
import { UsageError } from '../../core/floor.ts';
import type { Picture } from '../../picture/floor.ts';
import type { Recognition, Recognizer } from '../../read/floor.ts';
import type { LabelledPictures } from '../../samples/floor.ts';
import { answerOf, type Predictions } from './predictions.ts';

/** Pictures per call of the recogniser: enough for its batches, few enough to show progress. */
const batchSize = 100;

/** How a recogniser reads the pictures. */
export interface JudgeOptions {
  /** `'framed'`: pictures go into the network as they are; `'raw'`: through the recogniser's own preprocessing. */
  readonly framing: 'framed' | 'raw';
  /** Whether data may hold classes that the recogniser lacks; it is then wrong on them. Default false. */
  readonly allowUnknown?: boolean;
  /** Called with the number of pictures read so far, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Answers with the truth, and the framed pictures that were read wrong. */
export interface Judgement {
  /** What was answered, with the truth. */
  readonly predictions: Predictions;
  /** The framed picture of every wrong answer that was not empty, by the picture's index. */
  readonly wrong: ReadonlyMap<number, Picture>;
}

/**
 * Reads all pictures.
 *
 * Classes are matched by their texts; classes without a picture in the data do not matter. Raw samples with known
 * strokes are read from the strokes: the recogniser draws them itself.
 *
 * @throws {UsageError} when there are no pictures, or the data holds classes that the recogniser lacks and
 * `allowUnknown` is not set.
 *
 * @example
 * ```ts
 * import { judge, metrics } from 'ductus/learn';
 * import { openDataset, openRecognizer } from 'ductus/node';
 * import { picturesOf } from 'ductus/samples';
 *
 * const { count, ...test } = await openDataset('mnist:test');
 * const few = { ...test, count: 100, images: test.images.subarray(0, 100 * 784), targets: test.targets.subarray(0, 100) };
 * const recognizer = await openRecognizer('digits');
 * const { predictions } = await judge(recognizer, picturesOf(few), { framing: 'framed' });
 * console.log(metrics(predictions).accuracy > 0.95); // true
 * recognizer.dispose();
 * ```
 */
export async function judge(recognizer: Recognizer, data: LabelledPictures, options: JudgeOptions): Promise<Judgement> {
  const { labels } = recognizer;
  const count = data.pictures.length;
  if (count === 0) throw new UsageError(`${data.name}: evaluating: expected at least one picture, received none`);
  const { classes, unknownLabels } = matchLabels(data, labels);
  if (unknownLabels.length > 0 && !options.allowUnknown) {
    throw new UsageError(
      `${data.name}: evaluating: expected only classes of the model (${labels.join(' ')}), ` +
        `received also ${unknownLabels.join(' ')}; --allow-unknown counts their pictures as wrong`,
    );
  }
  const probabilities = new Float32Array(count * labels.length);
  const targets = Uint32Array.from(data.targets, (target) => classes[target]!);
  const empty = new Uint8Array(count);
  const answered = new Uint32Array(count);
  const predictions: Predictions = { labels, unknownLabels, probabilities, targets, empty, answers: answered };
  const wrong = new Map<number, Picture>();
  for (let start = 0; start < count; start += batchSize) {
    const pictures = data.pictures.slice(start, start + batchSize);
    const answers: readonly Recognition[] =
      options.framing === 'framed'
        ? await recognizer.recognizeFramed(pictures)
        : await recognizer.recognizeAll(data.inks?.slice(start, start + batchSize) ?? pictures);
    answers.forEach((answer, offset) => {
      const sample = start + offset;
      if (answer.empty) {
        empty[sample] = 1;
        return;
      }
      probabilities.set(answer.probabilities, sample * labels.length);
      answered[sample] = labels.indexOf(answer.label);
      if (answerOf(predictions, sample) !== targets[sample]) wrong.set(sample, answer.framed);
    });
    options.onProgress?.(start + pictures.length, count);
  }
  return { predictions, wrong };
}

/** For each class of the data, its index among the recogniser's classes; classes that it lacks follow after these. */
function matchLabels(
  data: LabelledPictures,
  labels: readonly string[],
): { classes: number[]; unknownLabels: string[] } {
  const occurring = new Set(data.targets);
  const unknownLabels: string[] = [];
  const classes = data.labels.map((label, index) => {
    const found = labels.indexOf(label);
    if (found >= 0 || !occurring.has(index)) return found;
    unknownLabels.push(label);
    return labels.length + unknownLabels.length - 1;
  });
  return { classes, unknownLabels };
}
