// Fuzzy membership (Som and Saha 2011): a character belongs to a class as far as its thinned pattern belongs to the class's fused ones.
import * as v from 'valibot';
import { parseWith, randomStream } from '../../../core/floor.ts';
import { type Samples, viewOf } from '../../../samples/floor.ts';
import { type Classifier, type ClassifierKind, type FitOptions, pictureCount } from '../../classifier.ts';
import { kMeans } from '../../parts/kMeans.ts';
import { indicesByClass } from '../../parts/pictureRows.ts';
import { progressOf } from '../../parts/progress.ts';
import { checkTrainingSamples } from '../../parts/trainingSamples.ts';
import { type SavedClassifier, savedTensor } from '../../savedClassifier.ts';
import { fuzzyPattern, patternCells } from './fuzzyPattern.ts';

const name = 'fuzzy-membership';
/** Least variance of a cell (ours): a cell that is the same in all samples would else decide alone. Best of 0.02, 0.05 and 0.1. */
const leastVariance = 0.1;
/** Bound against hostile files. */
const mostFused = 10_000;

/** Settings of {@link fuzzyMembership}. */
export interface FuzzyMembershipSettings {
  /** Fused patterns a class. */
  readonly fused: number;
  /** See `fuzzyPattern`. */
  readonly softness: number;
}

const settingsSchema = v.strictObject({
  fused: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostFused)),
  softness: v.pipe(v.number(), v.gtValue(0), v.maxValue(100)),
});

/** Everything learnt. */
interface FusedPatterns {
  readonly settings: FuzzyMembershipSettings;
  /** All classes' fused patterns, `[patterns, cells]`, class by class. */
  readonly patterns: Float32Array;
  /** Class of each, `[patterns]`. */
  readonly owners: Int32Array;
  /** Variance of each cell about the fused patterns of its class, `[classes, cells]`. */
  readonly variances: Float32Array;
}

/**
 * The kind. `m = (product over cells of exp(-(x - t)^2 / 2 s^2))^(1/100)`, t a fused pattern, s the cell's deviation in the class; a
 * class's membership is that of its best fused pattern: the union of fuzzy sets.
 *
 * The source puts all samples' patterns into one matrix of 100 x 100 and fuses images by their mean; which ones it leaves open. Ours:
 * ten fused patterns a class, the means of its groups by k-means; for ten digits that is a matrix of 100 x 100.
 *
 * @param settings ten and 0.7 were the best of 1, 10 and 0.7, 1, 1.2 on 3,000 held back of 9,000 training digits.
 */
export function fuzzyMembership(settings: FuzzyMembershipSettings = { fused: 10, softness: 0.7 }): ClassifierKind {
  return {
    name,
    description: 'Fuzzy membership of a thinned 10x10 pattern in the fused patterns of each class (Som and Saha 2011).',
    published: {
      text: 'no figure was found; 88.29 % on Assamese numerals by a relative, memberships of zones',
      source:
        'Som and Saha, Handwritten character recognition using fuzzy membership function, IJETSE 5(2), 2011, recalled; the relative by its abstract',
    },
    scores: 'membership',
    settings,
    modules: [import.meta.url],
    async fit(samples, options) {
      checkTrainingSamples(samples, name);
      const { dataset } = viewOf(samples);
      return new FuzzyMembership(dataset, fuse(samples, settings, options));
    },
    async restore(saved, source) {
      const own = parseWith(settingsSchema, saved.settings, source, name);
      const { data: patterns, shape } = savedTensor(saved, 'patterns', 'float32', [null, patternCells], source);
      const owners = savedTensor(saved, 'owners', 'int32', [shape[0]!], source, {
        least: 0,
        most: saved.labels.length - 1,
      });
      const variances = savedTensor(saved, 'variances', 'float32', [saved.labels.length, patternCells], source, {
        least: Math.fround(leastVariance),
        most: 1,
      });
      return new FuzzyMembership(saved, { settings: own, patterns, owners: owners.data, variances: variances.data });
    },
  };
}

function fuse(samples: Samples, settings: FuzzyMembershipSettings, options: FitOptions): FusedPatterns {
  const progress = progressOf(name, options);
  const { dataset } = viewOf(samples);
  const { width, height } = dataset;
  const byClass = indicesByClass(samples);
  const total = byClass.reduce((sum, indices) => sum + indices.length, 0);
  const variances = new Float32Array(byClass.length * patternCells);
  const parts: Float32Array[] = [];
  const owners: number[] = [];
  let done = 0;
  byClass.forEach((indices, index) => {
    const data = new Float32Array(indices.length * patternCells);
    indices.forEach((at, row) => {
      progress(done++ / total);
      const pixels = dataset.images.subarray(at * width * height, (at + 1) * width * height);
      data.set(fuzzyPattern({ width, height, pixels }, settings.softness), row * patternCells);
    });
    const rows = { count: indices.length, size: patternCells, data };
    const { means, groups } = kMeans(rows, settings.fused, randomStream(options.seed, name, index));
    for (let cell = 0; cell < patternCells; cell++) {
      let sum = 0;
      for (let row = 0; row < rows.count; row++) {
        sum += (data[row * patternCells + cell]! - means.data[groups[row]! * patternCells + cell]!) ** 2;
      }
      variances[index * patternCells + cell] = Math.max(leastVariance, sum / rows.count);
    }
    parts.push(means.data);
    for (let group = 0; group < means.count; group++) owners.push(index);
  });
  progress(1);
  const patterns = new Float32Array(owners.length * patternCells);
  let place = 0;
  for (const part of parts) {
    patterns.set(part, place);
    place += part.length;
  }
  return { settings, patterns, owners: Int32Array.from(owners), variances };
}

class FuzzyMembership implements Classifier {
  readonly kind = name;
  readonly labels: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly #fused: FusedPatterns;

  constructor({ labels, width, height }: Pick<Classifier, 'labels' | 'width' | 'height'>, fused: FusedPatterns) {
    this.labels = labels;
    this.width = width;
    this.height = height;
    this.#fused = fused;
  }

  async predict(images: Uint8Array): Promise<{ scores: Float32Array }> {
    const count = pictureCount(images, this);
    const { width, height, labels } = this;
    const scores = new Float32Array(count * labels.length);
    for (let row = 0; row < count; row++) {
      const pixels = images.subarray(row * width * height, (row + 1) * width * height);
      const pattern = fuzzyPattern({ width, height, pixels }, this.#fused.settings.softness);
      scores.set(this.#memberships(pattern), row * labels.length);
    }
    return { scores };
  }

  #memberships(pattern: Float32Array): number[] {
    const { patterns, owners, variances } = this.#fused;
    const best = new Array<number>(this.labels.length).fill(0);
    owners.forEach((owner, row) => {
      let exponent = 0;
      for (let cell = 0; cell < patternCells; cell++) {
        const difference = pattern[cell]! - patterns[row * patternCells + cell]!;
        exponent += (difference * difference) / (2 * variances[owner * patternCells + cell]!);
      }
      best[owner] = Math.max(best[owner]!, Math.exp(-exponent / patternCells));
    });
    return best;
  }

  save(): SavedClassifier {
    const { kind, labels, width, height } = this;
    const { settings, patterns, owners, variances } = this.#fused;
    return {
      ...{ kind, labels, width, height, settings },
      tensors: [
        { name: 'patterns', type: 'float32', shape: [owners.length, patternCells], data: patterns },
        { name: 'owners', type: 'int32', shape: [owners.length], data: owners },
        { name: 'variances', type: 'float32', shape: [labels.length, patternCells], data: variances },
      ],
    };
  }
}
