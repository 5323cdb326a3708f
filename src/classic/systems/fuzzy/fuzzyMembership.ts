// Fuzzy membership (Som and Saha 2011): a character's membership in a class is that of its thinned pattern in the
// class's fused ones.
import * as v from 'valibot';
import { randomStream } from '../../../core/floor.ts';
import { type Samples, viewOf } from '../../../samples/floor.ts';
import type { ClassifierKind } from '../../classifier.ts';
import { kMeans } from '../../parts/kMeans.ts';
import { pictureByPicture } from '../../parts/pictureByPicture.ts';
import { indicesByClass } from '../../parts/pictureRows.ts';
import { tensorOf } from '../../savedParts.ts';
import { type Learning, systemKind } from '../../systemKind.ts';
import { fuzzyPattern, patternCells } from './fuzzyPattern.ts';

const name = 'fuzzy-membership';
/**
 * Least variance of a cell: a cell that is the same in all samples would otherwise decide alone. Best of 0.02, 0.05 and
 * 0.1.
 */
const leastVariance = 0.1;
/** Bound against hostile files. */
const mostFused = 10_000;

/** Settings of {@link fuzzyMembership}. */
export interface FuzzyMembershipSettings {
  /** Number of fused patterns per class. */
  readonly fused: number;
  /** See `fuzzyPattern`. */
  readonly softness: number;
}

const settingsSchema = v.strictObject({
  fused: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostFused)),
  softness: v.pipe(v.number(), v.gtValue(0), v.maxValue(100)),
});

/** The learnt state. */
interface FusedPatterns {
  /** All classes' fused patterns, `[patterns, cells]`, class by class. */
  readonly patterns: Float32Array;
  /** Class of each, `[patterns]`. */
  readonly owners: Int32Array;
  /** Variance of each cell about the fused patterns of its class, `[classes, cells]`. */
  readonly variances: Float32Array;
}

/**
 * The kind. `m = (product over cells of exp(-(x - t)^2 / 2 s^2))^(1/100)`, t a fused pattern, s the cell's deviation in
 * the class; a class's membership is that of its best fused pattern: the union of fuzzy sets.
 *
 * The source puts all samples' patterns into one matrix of 100 x 100 and fuses images by their mean. It leaves open
 * which images. Here each class has ten fused patterns, the means of its k-means groups; for ten digits that is a
 * matrix of 100 x 100.
 *
 * @param settings ten and 0.7 were the best of 1, 10 and 0.7, 1, 1.2 on 3,000 held back of 9,000 training digits.
 */
export function fuzzyMembership(settings: FuzzyMembershipSettings = { fused: 10, softness: 0.7 }): ClassifierKind {
  return systemKind({
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
    learn(samples, learning) {
      const { patterns, owners, variances } = fuse(samples, settings, learning);
      return {
        settings,
        tensors: [
          tensorOf('patterns', patterns, [owners.length, patternCells]),
          tensorOf('owners', owners),
          tensorOf('variances', variances, [variances.length / patternCells, patternCells]),
        ],
      };
    },
    open(saved) {
      const { softness } = saved.settings(settingsSchema);
      const { classes } = saved;
      const { data: patterns, shape } = saved.tensor('patterns', 'float32', [null, patternCells]);
      const owners = saved.tensor('owners', 'int32', [shape[0]!], { least: 0, most: classes - 1 }).data;
      const range = { least: Math.fround(leastVariance), most: 1 };
      const variances = saved.tensor('variances', 'float32', [classes, patternCells], range).data;
      return pictureByPicture(saved.saved, (picture, scores) => {
        scores.set(memberships({ patterns, owners, variances }, fuzzyPattern(picture, softness), classes));
      });
    },
  });
}

function fuse(samples: Samples, settings: FuzzyMembershipSettings, { seed, progress }: Learning): FusedPatterns {
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
    const { means, groups } = kMeans(rows, settings.fused, randomStream(seed, name, index));
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
  const patterns = new Float32Array(owners.length * patternCells);
  let place = 0;
  for (const part of parts) {
    patterns.set(part, place);
    place += part.length;
  }
  return { patterns, owners: Int32Array.from(owners), variances };
}

function memberships({ patterns, owners, variances }: FusedPatterns, pattern: Float32Array, classes: number): number[] {
  const best = new Array<number>(classes).fill(0);
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
