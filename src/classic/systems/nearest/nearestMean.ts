// The nearest class mean: all that is learnt of a class is its mean picture. The simplest classifier that there is.

import * as v from 'valibot';
import { parseWith } from '../../../core/floor.ts';
import { type Samples, viewOf } from '../../../samples/floor.ts';
import { type Classifier, type ClassifierKind, pictureCount } from '../../classifier.ts';
import { indicesByClass } from '../../parts/pictureRows.ts';
import { progressOf } from '../../parts/progress.ts';
import { checkTrainingSamples } from '../../parts/trainingSamples.ts';
import { type SavedClassifier, savedTensor } from '../../savedClassifier.ts';

const name = 'nearest-mean';
const settingsSchema = v.strictObject({});

/** The kind. The score of a class is the Euclidean distance to its mean, negative, in units of full ink. */
export function nearestMean(): ClassifierKind {
  return {
    name,
    description: 'The class whose mean picture is nearest by Euclidean distance of pixels.',
    scores: 'negativeDistance',
    settings: {},
    modules: [import.meta.url],
    async fit(samples, options) {
      checkTrainingSamples(samples, name);
      const progress = progressOf(name, options);
      progress(0);
      const { dataset } = viewOf(samples);
      const classifier = new NearestMean(dataset, meansOf(samples));
      progress(1);
      return classifier;
    },
    async restore(saved, source) {
      parseWith(settingsSchema, saved.settings, source, name);
      const { labels, width, height } = saved;
      return new NearestMean(
        saved,
        savedTensor(saved, 'means', 'float32', [labels.length, width * height], source).data,
      );
    },
  };
}

/** `[class, pixel]`, pixels as shares of full ink. */
function meansOf(samples: Samples): Float32Array {
  const { dataset } = viewOf(samples);
  const pixels = dataset.width * dataset.height;
  const means = new Float32Array(dataset.labels.length * pixels);
  for (const [target, indices] of indicesByClass(samples).entries()) {
    const sums = new Float64Array(pixels);
    for (const index of indices) {
      for (let pixel = 0; pixel < pixels; pixel++) sums[pixel]! += dataset.images[index * pixels + pixel]!;
    }
    for (let pixel = 0; pixel < pixels; pixel++) means[target * pixels + pixel] = sums[pixel]! / (255 * indices.length);
  }
  return means;
}

class NearestMean implements Classifier {
  readonly kind = name;
  readonly labels: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly #means: Float32Array;

  constructor({ labels, width, height }: Pick<Classifier, 'labels' | 'width' | 'height'>, means: Float32Array) {
    this.labels = labels;
    this.width = width;
    this.height = height;
    this.#means = means;
  }

  async predict(images: Uint8Array): Promise<{ scores: Float32Array }> {
    const count = pictureCount(images, this);
    const pixels = this.width * this.height;
    const classes = this.labels.length;
    const scores = new Float32Array(count * classes);
    for (let row = 0; row < count; row++) {
      for (let index = 0; index < classes; index++) {
        let sum = 0;
        for (let pixel = 0; pixel < pixels; pixel++) {
          sum += (images[row * pixels + pixel]! / 255 - this.#means[index * pixels + pixel]!) ** 2;
        }
        scores[row * classes + index] = -Math.sqrt(sum);
      }
    }
    return { scores };
  }

  save(): SavedClassifier {
    const { kind, labels, width, height } = this;
    const means = {
      name: 'means',
      type: 'float32',
      shape: [labels.length, width * height],
      data: this.#means,
    } as const;
    return { kind, labels, width, height, settings: {}, tensors: [means] };
  }
}
