// A compared system as a reader for rows of characters: pictures in, ranked answers out.
import { UsageError } from '../../../core/floor.ts';
import { mnistFraming } from '../../../picture/floor.ts';
import { type CharacterReader, frameInput, type Recognition, temperedSoftmax } from '../../../read/floor.ts';
import type { Classifier, ClassifierKind } from '../../classifier.ts';

/**
 * The classifier as a reader of characters; its pictures must be those of MNIST's framing.
 *
 * @example
 * ```ts
 * import { readString } from 'ductus';
 * import { classifierKindNamed, classifierReader } from 'ductus/classic';
 * import { onnxRuntimeEngine, openDataset } from 'ductus/node';
 * import { limitSamples, pictureAt } from 'ductus/samples';
 *
 * const kind = classifierKindNamed('nearest-neighbours', { engine: onnxRuntimeEngine, now: () => performance.now() });
 * const classifier = await kind.fit(limitSamples(await openDataset('mnist:train'), 500, 1), { seed: 1 });
 * const reader = classifierReader(classifier, kind.scores);
 * const { characters } = await readString(reader, pictureAt(await openDataset('mnist:test'), 0));
 * console.log(characters.length > 0); // true
 * ```
 */
export function classifierReader(classifier: Classifier, scores: ClassifierKind['scores']): CharacterReader {
  const { labels, width, height, kind } = classifier;
  const { size } = mnistFraming;
  if (width !== size || height !== size) {
    throw new UsageError(`${kind}: expected a classifier of ${size} x ${size} pixels, received ${width} x ${height}`);
  }
  return {
    async recognizeAll(inputs): Promise<Recognition[]> {
      const framed = inputs.map((input) => frameInput(input, mnistFraming));
      const seen = framed.filter((picture) => picture !== undefined);
      const images = new Uint8Array(seen.length * size * size);
      for (const [index, { pixels }] of seen.entries()) images.set(pixels, index * size * size);
      const { scores: all } = await classifier.predict(images);
      let next = 0;
      return framed.map((picture): Recognition => {
        if (picture === undefined) return { empty: true };
        const own = all.slice(next * labels.length, ++next * labels.length);
        const probabilities = probabilitiesOf(own, scores);
        const alternatives = labels
          .map((label, index) => ({ label, confidence: probabilities[index]! }))
          .sort((one, other) => other.confidence - one.confidence);
        return { empty: false, ...alternatives[0]!, alternatives, probabilities, framed: picture };
      });
    },
  };
}

/**
 * Scores as shares that sum to 1: probabilities stay unchanged; logarithms and all other scores go through a softmax.
 */
function probabilitiesOf(scores: Float32Array, meaning: ClassifierKind['scores']): Float32Array {
  if (meaning === 'probability') return scores;
  if (meaning !== 'votes' && meaning !== 'membership') return temperedSoftmax(scores, 1);
  const sum = scores.reduce((whole, value) => whole + value, 0);
  return sum > 0 ? scores.map((value) => value / sum) : scores.fill(1 / scores.length);
}
