// The nearest class mean: it learns only the mean picture of each class. The simplest classifier.
import * as v from 'valibot';
import { type Samples, viewOf } from '../../../samples/floor.ts';
import type { ClassifierKind } from '../../classifier.ts';
import { pictureByPicture } from '../../parts/pictureByPicture.ts';
import { indicesByClass } from '../../parts/pictureRows.ts';
import { tensorOf } from '../../savedParts.ts';
import { systemKind } from '../../systemKind.ts';

/** The kind. The score of a class is the Euclidean distance to its mean, negative, in units of full ink. */
export function nearestMean(): ClassifierKind {
  return systemKind({
    name: 'nearest-mean',
    description: 'The class whose mean picture is nearest by Euclidean distance of pixels.',
    scores: 'negativeDistance',
    settings: {},
    modules: [import.meta.url],
    learn(samples) {
      const means = meansOf(samples);
      const classes = viewOf(samples).dataset.labels.length;
      return { settings: {}, tensors: [tensorOf('means', means, [classes, means.length / classes])] };
    },
    open(saved) {
      saved.settings(v.strictObject({}));
      const { classes, pixels } = saved;
      const means = saved.tensor('means', 'float32', [classes, pixels]).data;
      return pictureByPicture(saved.saved, (picture, scores) => {
        for (let index = 0; index < classes; index++) {
          let sum = 0;
          for (let pixel = 0; pixel < pixels; pixel++) {
            sum += (picture.pixels[pixel]! / 255 - means[index * pixels + pixel]!) ** 2;
          }
          scores[index] = -Math.sqrt(sum);
        }
      });
    },
  });
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
