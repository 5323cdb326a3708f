// A kind that uses features of pictures instead of their pixels: each picture becomes a row of bytes, and another kind
// learns from these rows as if they were pictures one pixel high. An extractor defines the features.
import type { Picture } from '../../picture/floor.ts';
import { countOf, type Dataset, type Samples, targetsOf, viewOf } from '../../samples/floor.ts';
import type { ClassifierKind } from '../classifier.ts';
import { tensorOf } from '../savedParts.ts';
import { systemKind } from '../systemKind.ts';

/** Turns a picture into numbers. */
export interface FeatureExtractor {
  /** Plain data that describes it. A saved classifier holds it; one with other data is refused. */
  readonly settings: object;
  /** Number of features of a picture. */
  readonly length: number;
  /** @param picture ink 255 on 0; read only. */
  extract(picture: Picture): Float64Array;
}

/** Deviations on either side of the mean that a byte covers: its steps are then 1/42 of a deviation. */
const reach = 3;
/** Pictures between two checks for cancellation: a few milliseconds. */
const picturesPerLook = 64;
/** Part of the progress for making the features. */
const featureShare = 0.3;

/** Mean and deviation of each feature over the training samples; they scale it to a byte. */
interface FeatureScale {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/**
 * A kind that learns from features through another kind.
 *
 * @param about name, description and the modules of extractor and inner kind; scores mean what they mean for the other
 * kind.
 * @param inner gets pictures `length` wide and 1 high, a feature's mean as 127.5 and its deviation as 42.5.
 */
export function featureClassifier(
  about: Pick<ClassifierKind, 'name' | 'description' | 'published' | 'modules'>,
  extractor: FeatureExtractor,
  inner: ClassifierKind,
): ClassifierKind {
  const { length, settings } = extractor;
  return systemKind({
    ...about,
    scores: inner.scores,
    settings: { features: settings, classifier: inner.settings },
    async learn(samples, { seed, progress }) {
      const { name, labels } = viewOf(samples).dataset;
      const features = featuresOf(samples, extractor, (share) => progress(share * featureShare));
      const scale = scaleOf(features, length);
      const images = scaledBytes(features, scale);
      const rows: Dataset = {
        ...{ name, labels, width: length, height: 1, count: countOf(samples), images },
        targets: targetsOf(samples),
      };
      const onProgress = (share: number): void => progress(featureShare + (1 - featureShare) * share);
      const learnt = await inner.fit(rows, { seed, onProgress });
      const saved = learnt.save();
      await learnt.dispose?.();
      return {
        settings: { features: settings, classifier: saved.settings },
        tensors: [
          tensorOf('features/mean', scale.mean),
          tensorOf('features/deviation', scale.deviation),
          ...saved.tensors,
        ],
      };
    },
    async open(parts) {
      const { saved, source } = parts;
      const { labels, width, height, tensors } = saved;
      const { features, classifier } = (saved.settings ?? {}) as { features?: unknown; classifier?: unknown };
      // Not taken from the file: other settings than today's could not be computed, or not in bounded time.
      if (JSON.stringify(features) !== JSON.stringify(settings)) {
        parts.refuse('the features as they are today', JSON.stringify(saved.settings));
      }
      const mean = parts.tensor('features/mean', 'float32', [length]).data;
      const deviation = parts.tensor('features/deviation', 'float32', [length]).data;
      const own = { kind: inner.name, labels, width: length, height: 1, settings: classifier, tensors };
      const restored = await inner.restore(own, source);
      return {
        async read(images, scores) {
          const count = images.length / parts.pixels;
          const pictures = { name: '', labels, width, height, count, images, targets: new Uint16Array(count) };
          const answer = await restored.predict(scaledBytes(featuresOf(pictures, extractor), { mean, deviation }));
          scores.set(answer.scores);
        },
        dispose: async () => restored.dispose?.(),
      };
    },
  });
}

/** `[sample, feature]`. */
function featuresOf(
  samples: Samples,
  { length, extract }: FeatureExtractor,
  progress: (share: number) => void = () => {},
): Float64Array {
  const { dataset, indices } = viewOf(samples);
  const { width, height, images } = dataset;
  const pixels = width * height;
  const features = new Float64Array(indices.length * length);
  for (const [row, index] of indices.entries()) {
    if (row % picturesPerLook === 0) progress(row / indices.length);
    features.set(
      extract({ width, height, pixels: images.subarray(index * pixels, (index + 1) * pixels) }),
      row * length,
    );
  }
  return features;
}

function scaleOf(features: Float64Array, length: number): FeatureScale {
  const [mean, deviation] = [new Float32Array(length), new Float32Array(length)];
  const count = features.length / length;
  for (let feature = 0; feature < length; feature++) {
    let [sum, squares] = [0, 0];
    for (let at = feature; at < features.length; at += length) sum += features[at]!;
    for (let at = feature; at < features.length; at += length) squares += (features[at]! - sum / count) ** 2;
    mean[feature] = sum / count;
    deviation[feature] = Math.sqrt(squares / count);
  }
  return { mean, deviation };
}

/** Features as bytes: values beyond the reach are clamped, and a feature that never varied is in the middle. */
function scaledBytes(features: Float64Array, { mean, deviation }: FeatureScale): Uint8Array {
  const bytes = new Uint8Array(features.length);
  for (let at = 0; at < features.length; at++) {
    const feature = at % mean.length;
    const width = deviation[feature]!;
    const offset = width > 0 ? (features[at]! - mean[feature]!) / (width * reach) : 0;
    bytes[at] = Math.round(127.5 * (1 + Math.max(-1, Math.min(1, offset))));
  }
  return bytes;
}
