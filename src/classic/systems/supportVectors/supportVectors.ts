// A support vector machine with a Gaussian kernel (Cortes and Vapnik 1995), one against one: a margin for every pair of
// classes, and a vote. The other plain baseline. LIBSVM's port libsvm-js serves a test as reference
// (test/parity/libsvm.test.ts), not as solver: it would be installed with every recogniser, takes pictures as lists of
// numbers, and computes kernel rows without matrix products.
import * as v from 'valibot';
import { constant, type Engine, longestByteRow, matMul, subtract } from '../../../engine/floor.ts';
import { type Samples, viewOf } from '../../../samples/floor.ts';
import type { ClassifierHost, ClassifierKind } from '../../classifier.ts';
import { graphReader } from '../../parts/graphReader.ts';
import { indicesByClass, type PictureRows, pictureRows } from '../../parts/pictureRows.ts';
import { tensorOf } from '../../savedParts.ts';
import { systemKind } from '../../systemKind.ts';
import { gaussianKernel } from './gaussianKernel.ts';
import { KernelCache } from './kernelCache.ts';
import { solveMargin } from './solveMargin.ts';

/** Room for kernel rows: for 5,000 of the 13,000 that the largest pair of classes of the full MNIST has. */
const cacheBytes = 256 * 2 ** 20;

/** Settings of {@link supportVectors}. */
export interface SupportVectorsSettings {
  /** C, above 0: the largest multiplier of a sample. */
  readonly cost: number;
  /**
   * Gamma of `exp(-gamma |x - y|^2)` in units of 1 / (pixels x variance of the pixels), so that it suits pictures of
   * any size.
   */
  readonly width: number;
}

const settingsSchema = v.strictObject({ gamma: v.pipe(v.number(), v.gtValue(0), v.finite()) });

/** The solution of all pairs. */
interface Margins {
  readonly gamma: number;
  /** Every support vector of any pair. */
  readonly vectors: PictureRows;
  /** `[vectors, pairs]`; pairs in the order 0-1, 0-2, ..., 1-2, ... */
  readonly weights: Float32Array;
  /** `[pairs]`. */
  readonly offsets: Float32Array;
}

/**
 * The kind. The score of a class is its number of won pairs plus a part that ranks classes with equal numbers. That
 * part comes from the least m of its margins: `m / (2 (1 + |m|))`, plus one half. So the first mostly leads the second
 * by the margin between the two. On 3,000 held back digits 1.1 % were wrong when the tenth with the least lead was
 * refused; with the sum of a class's margins instead of the least it was 2.3 %.
 *
 * @param settings C and width. Among costs 3 and 10 and widths 1 to 3, these were among the best: 96.8 % on 5,000 held
 * back of 15,000
 *   training digits.
 */
export function supportVectors(
  host: ClassifierHost,
  settings: SupportVectorsSettings = { cost: 10, width: 2 },
): ClassifierKind {
  return systemKind({
    name: 'support-vectors',
    description:
      'Support vector machine with a Gaussian kernel on the pixels, one against one (Cortes and Vapnik 1995).',
    published: {
      text: '1.4 % error on MNIST, 60,000 training pictures, Gaussian kernel',
      source: "table of Y. LeCun's MNIST page, 1998; recalled, not checked again",
    },
    scores: 'votes',
    settings,
    modules: [import.meta.url],
    mostPixels: longestByteRow,
    async learn(samples, { progress }) {
      const margins = await allMargins(await host.engine(), samples, settings, progress);
      const { gamma, vectors, weights, offsets } = margins;
      return {
        settings: { gamma },
        tensors: [
          tensorOf('vectors', vectors.images, [vectors.count, vectors.pixels]),
          tensorOf('weights', weights, [vectors.count, offsets.length]),
          tensorOf('offsets', offsets),
        ],
      };
    },
    async open(saved) {
      const { gamma } = saved.settings(settingsSchema);
      const { classes, pixels } = saved;
      const pairs = (classes * (classes - 1)) / 2;
      const { data, shape } = saved.tensor('vectors', 'uint8', [null, pixels]);
      const vectors = { count: shape[0]!, pixels, images: data };
      const weights = constant(saved.tensor('weights', 'float32', [vectors.count, pairs]).data, [vectors.count, pairs]);
      const offsets = constant(saved.tensor('offsets', 'float32', [pairs]).data, [pairs]);
      return graphReader(
        await host.engine(),
        pixels,
        (images) => subtract(matMul(gaussianKernel(images, vectors, gamma), weights), offsets),
        (margins) => voteOfPairs(margins, classes),
      );
    },
  });
}

/** Solves every pair of classes. */
async function allMargins(
  engine: Engine,
  samples: Samples,
  { cost, width }: SupportVectorsSettings,
  progress: (share: number) => void,
): Promise<Margins> {
  const byClass = indicesByClass(samples);
  const gamma = width / spread(samples);
  const pairs = pairsOf(byClass.length);
  // The work of a pair grows with the square of its samples.
  const works = pairs.map(([one, other]) => (byClass[one]!.length + byClass[other]!.length) ** 2);
  const work = works.reduce((sum, value) => sum + value, 0);
  const offsets = new Float32Array(pairs.length);
  const sparse: { index: number; pair: number; weight: number }[] = [];
  let done = 0;
  for (const [pair, [one, other]] of pairs.entries()) {
    const indices = [...byClass[one]!, ...byClass[other]!];
    const signs = Int8Array.from(indices, (_, position) => (position < byClass[one]!.length ? 1 : -1));
    const cache = await KernelCache.open(engine, pictureRows(samples, indices), gamma, cacheBytes);
    try {
      const { weights, offset } = await solveMargin(cache, { signs, cost }, () => progress(done / work));
      offsets[pair] = offset;
      weights.forEach((weight, position) => {
        if (weight !== 0) sparse.push({ index: indices[position]!, pair, weight });
      });
    } finally {
      await cache.dispose();
    }
    done += works[pair]!;
  }
  const indices = [...new Set(sparse.map(({ index }) => index))].sort((left, right) => left - right);
  const rowOf = new Map(indices.map((index, row) => [index, row]));
  const weights = new Float32Array(indices.length * pairs.length);
  for (const { index, pair, weight } of sparse) weights[rowOf.get(index)! * pairs.length + pair] = weight;
  return { gamma, vectors: pictureRows(samples, indices), weights, offsets };
}

/** Every pair of classes, the lower first. */
function pairsOf(classes: number): [one: number, other: number][] {
  const pairs: [number, number][] = [];
  for (let one = 0; one < classes; one++) {
    for (let other = one + 1; other < classes; other++) pairs.push([one, other]);
  }
  return pairs;
}

/** Scores of one picture from the margins of all pairs. */
function voteOfPairs(margins: ArrayLike<number>, classes: number): number[] {
  const votes = new Array<number>(classes).fill(0);
  const least = new Array<number>(classes).fill(Number.POSITIVE_INFINITY);
  for (const [pair, [one, other]] of pairsOf(classes).entries()) {
    const margin = margins[pair]!;
    votes[margin > 0 ? one : other]!++;
    least[one] = Math.min(least[one]!, margin);
    least[other] = Math.min(least[other]!, -margin);
  }
  return votes.map((count, index) => count + 0.5 + least[index]! / (2 * (1 + Math.abs(least[index]!))));
}

/** Sum over the pixels of their variance, pixels as shares of full ink: the scale of squared distances. */
function spread(samples: Samples): number {
  const { dataset, indices } = viewOf(samples);
  const pixels = dataset.width * dataset.height;
  let [sum, squares] = [0, 0];
  for (const index of indices) {
    for (let i = index * pixels; i < (index + 1) * pixels; i++) {
      const ink = dataset.images[i]! / 255;
      sum += ink;
      squares += ink * ink;
    }
  }
  const count = indices.length * pixels;
  return pixels * (squares / count - (sum / count) ** 2);
}
