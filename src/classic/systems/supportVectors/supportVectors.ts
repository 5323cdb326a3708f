// A support vector machine with a Gaussian kernel (Cortes and Vapnik 1995), one against one: a margin for every pair of classes, and
// a vote. The other plain yardstick. LIBSVM's port libsvm-js is the peer of a test (test/parity/libsvm.test.ts), not the solver: it
// would be installed with every recogniser, takes pictures as lists of numbers, and computes kernel rows without matrix products.
import * as v from 'valibot';
import { parseWith, UsageError } from '../../../core/floor.ts';
import { type Engine, type Program, tensorBuffer } from '../../../engine/floor.ts';
import { type Samples, viewOf } from '../../../samples/floor.ts';
import { type Classifier, type ClassifierHost, type ClassifierKind, pictureCount } from '../../classifier.ts';
import { indicesByClass, mostRowPixels, type PictureRows, pictureRows } from '../../parts/pictureRows.ts';
import { plainGraph, plainNode } from '../../parts/plainGraph.ts';
import { progressOf } from '../../parts/progress.ts';
import { checkTrainingSamples } from '../../parts/trainingSamples.ts';
import { type SavedClassifier, savedTensor } from '../../savedClassifier.ts';
import { KernelCache } from './kernelCache.ts';
import { kernelNodes } from './kernelGraph.ts';
import { solveMargin } from './minimalOptimization.ts';

const name = 'support-vectors';
/** Room for kernel rows (ours): for 5,000 of the 13,000 that the largest pair of classes of the full MNIST has. */
const cacheBytes = 256 * 2 ** 20;
/** Pictures answered at a time (ours). */
const batch = 250;

/** Settings of {@link supportVectors}. */
export interface SupportVectorsSettings {
  /** C, above 0: the most that one sample may pull. */
  readonly cost: number;
  /** Gamma of `exp(-gamma |x - y|^2)` in units of 1 / (pixels x variance of the pixels), so that it suits pictures of any size. */
  readonly width: number;
}

const settingsSchema = v.strictObject({ gamma: v.pipe(v.number(), v.gtValue(0), v.finite()) });

/** What all pairs have come to. */
interface Margins {
  readonly gamma: number;
  /** Every sample that any pair leans on. */
  readonly vectors: PictureRows;
  /** `[vectors, pairs]`; pairs in the order 0-1, 0-2, ..., 1-2, ... */
  readonly weights: Float32Array;
  /** `[pairs]`. */
  readonly offsets: Float32Array;
}

/**
 * The kind. The score of a class is the pairs that it wins, and, to rank classes that win equally many, a part below one half of
 * either sign by the least m of its margins, `m / (2 (1 + |m|))`, plus one half. So the first leads the second by the margin between
 * the two, mostly: of 3,000 held back digits 1.1 % were wrong when the tenth that led by least was refused; by the sum of a class's
 * margins in place of the least it was 2.3 %.
 *
 * @param settings C and width; of costs 3 and 10 and widths 1 to 3 these were among the best, 96.8 % on 5,000 held back of 15,000
 *   training digits.
 */
export function supportVectors(
  host: ClassifierHost,
  settings: SupportVectorsSettings = { cost: 10, width: 2 },
): ClassifierKind {
  return {
    name,
    description:
      'Support vector machine with a Gaussian kernel on the pixels, one against one (Cortes and Vapnik 1995).',
    published: {
      text: '1.4 % error on MNIST, 60,000 training pictures, Gaussian kernel',
      source: "table of Y. LeCun's MNIST page, 1998; recalled, not checked again",
    },
    scores: 'votes',
    settings,
    modules: [import.meta.url],
    async fit(samples, options) {
      checkTrainingSamples(samples, name);
      const { dataset } = viewOf(samples);
      const pixels = dataset.width * dataset.height;
      if (pixels > mostRowPixels) {
        throw new UsageError(`${name}: expected pictures of at most ${mostRowPixels} pixels, received ${pixels}`);
      }
      const progress = progressOf(name, options);
      progress(0);
      const engine = await host.engine();
      const margins = await allMargins(engine, samples, settings, progress);
      const classifier = await SupportVectors.of(engine, dataset, margins);
      progress(1);
      return classifier;
    },
    async restore(saved, source) {
      const { gamma } = parseWith(settingsSchema, saved.settings, source, name);
      const pairs = (saved.labels.length * (saved.labels.length - 1)) / 2;
      const pixels = saved.width * saved.height;
      const { data: images, shape } = savedTensor(saved, 'vectors', 'uint8', [null, pixels], source);
      const count = shape[0]!;
      const weights = savedTensor(saved, 'weights', 'float32', [count, pairs], source).data;
      const offsets = savedTensor(saved, 'offsets', 'float32', [pairs], source).data;
      return SupportVectors.of(await host.engine(), saved, {
        gamma,
        vectors: { count, pixels, images },
        weights,
        offsets,
      });
    },
  };
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

class SupportVectors implements Classifier {
  readonly kind = name;
  readonly labels: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly #margins: Margins;
  readonly #program: Program;

  private constructor(
    { labels, width, height }: Pick<Classifier, 'labels' | 'width' | 'height'>,
    margins: Margins,
    program: Program,
  ) {
    this.labels = labels;
    this.width = width;
    this.height = height;
    this.#margins = margins;
    this.#program = program;
  }

  static async of(
    engine: Engine,
    shape: Pick<Classifier, 'labels' | 'width' | 'height'>,
    margins: Margins,
  ): Promise<SupportVectors> {
    const { vectors, gamma, weights, offsets } = margins;
    const { nodes, initializers } = kernelNodes(vectors, gamma);
    const graph = plainGraph({
      name,
      nodes: [
        ...nodes,
        plainNode('MatMul', ['kernel', 'weights'], ['sums']),
        plainNode('Sub', ['sums', 'offsets'], ['margins']),
      ],
      initializers: [
        ...initializers,
        { name: 'weights', type: 'float32', shape: [vectors.count, offsets.length], data: weights },
        { name: 'offsets', type: 'float32', shape: [offsets.length], data: offsets },
      ],
      inputs: [{ name: 'images', type: 'uint8', shape: [batch, vectors.pixels] }],
      outputs: [{ name: 'margins', type: 'float32', shape: [batch, offsets.length] }],
    });
    return new SupportVectors(shape, margins, await engine.compile(graph, { threads: 1 }));
  }

  async predict(images: Uint8Array): Promise<{ scores: Float32Array }> {
    const count = pictureCount(images, this);
    const { pixels } = this.#margins.vectors;
    const pairs = this.#margins.offsets.length;
    const scores = new Float32Array(count * this.labels.length);
    const input = tensorBuffer([batch, pixels], 'uint8');
    const output = tensorBuffer([batch, pairs], 'float32');
    for (let from = 0; from < count; from += batch) {
      const part = images.subarray(from * pixels, (from + batch) * pixels);
      input.data.set(part);
      await this.#program.run({ images: input }, { margins: output });
      for (let row = 0; row < part.length / pixels; row++) {
        const margins = output.data.subarray(row * pairs, (row + 1) * pairs);
        scores.set(voteOfPairs(margins, this.labels.length), (from + row) * this.labels.length);
      }
    }
    return { scores };
  }

  save(): SavedClassifier {
    const { kind, labels, width, height } = this;
    const { gamma, vectors, weights, offsets } = this.#margins;
    const pairs = offsets.length;
    return {
      ...{ kind, labels, width, height },
      settings: { gamma },
      tensors: [
        { name: 'vectors', type: 'uint8', shape: [vectors.count, vectors.pixels], data: vectors.images },
        { name: 'weights', type: 'float32', shape: [vectors.count, pairs], data: weights },
        { name: 'offsets', type: 'float32', shape: [pairs], data: offsets },
      ],
    };
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
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
