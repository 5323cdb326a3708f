// k nearest neighbours on the pixels themselves (Cover and Hart 1967): nothing is learnt, every sample is kept. The plain yardstick.
import * as v from 'valibot';
import { FormatError, parseWith } from '../../../core/floor.ts';
import { type Program, tensorBuffer } from '../../../engine/floor.ts';
import type { OnnxTensor } from '../../../onnx/floor.ts';
import { viewOf } from '../../../samples/floor.ts';
import { type Classifier, type ClassifierHost, type ClassifierKind, pictureCount } from '../../classifier.ts';
import { indicesByClass, mostRowPixels, type PictureRows, pictureRows } from '../../parts/pictureRows.ts';
import { progressOf } from '../../parts/progress.ts';
import { checkTrainingSamples } from '../../parts/trainingSamples.ts';
import { type SavedClassifier, savedTensor } from '../../savedClassifier.ts';
import { nearestGraph } from './nearestGraph.ts';

const name = 'nearest-neighbours';
/** Pictures that are compared at a time (ours): 250 x 6,000 distances of a class of MNIST are 6 MB. */
const batch = 250;
const mostNeighbours = 1_000;

const settingsSchema = v.strictObject({
  neighbours: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostNeighbours)),
});

/** Settings of {@link nearestNeighbours}. */
export interface NearestNeighboursSettings {
  /** k, samples that vote, at least 1. */
  readonly neighbours: number;
}

/**
 * k nearest neighbours by Euclidean distance of pixels, found exactly. The score of a class is the votes that it has among the k
 * nearest, and, to rank classes of equally many, `1 / (1 + d)`, d the distance to its nearest sample in units of full ink.
 */
export function nearestNeighbours(
  host: ClassifierHost,
  settings: NearestNeighboursSettings = { neighbours: 3 },
): ClassifierKind {
  return {
    name,
    description: `The ${settings.neighbours} nearest of all training pictures vote, by Euclidean distance of pixels (Cover and Hart 1967).`,
    published: {
      text: '3.1 % error on MNIST, 60,000 training pictures, k = 3',
      source: "K. Wilder, in the table of Y. LeCun's MNIST page, 1998; recalled, not checked again",
    },
    scores: 'votes',
    settings,
    modules: [import.meta.url],
    async fit(samples, options) {
      checkTrainingSamples(samples, name);
      const progress = progressOf(name, options);
      progress(0);
      const { dataset } = viewOf(samples);
      const classes = indicesByClass(samples).map((indices) => pictureRows(samples, indices));
      const classifier = await NearestNeighbours.of(host, settings, dataset, classes);
      progress(1);
      return classifier;
    },
    async restore(saved, source) {
      const own = parseWith(settingsSchema, saved.settings, source, name);
      const pixels = saved.width * saved.height;
      const classes = saved.labels.map((_, index): PictureRows => {
        const { data, shape } = savedTensor(saved, `pictures/${index}`, 'uint8', [null, pixels], source);
        if (shape[0] === 0)
          throw new FormatError(`${source}: ${name}: expected pictures of class ${index}, found none`);
        return { images: data, pixels, count: shape[0]! };
      });
      return NearestNeighbours.of(host, own, saved, classes);
    },
  };
}

class NearestNeighbours implements Classifier {
  readonly kind = name;
  readonly labels: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly #settings: NearestNeighboursSettings;
  readonly #classes: readonly PictureRows[];
  readonly #program: Program;

  private constructor(
    settings: NearestNeighboursSettings,
    { labels, width, height }: Pick<Classifier, 'labels' | 'width' | 'height'>,
    classes: readonly PictureRows[],
    program: Program,
  ) {
    this.labels = labels;
    this.width = width;
    this.height = height;
    this.#settings = settings;
    this.#classes = classes;
    this.#program = program;
  }

  static async of(
    host: ClassifierHost,
    settings: NearestNeighboursSettings,
    shape: Pick<Classifier, 'labels' | 'width' | 'height'>,
    classes: readonly PictureRows[],
  ): Promise<NearestNeighbours> {
    const pixels = shape.width * shape.height;
    if (pixels > mostRowPixels) {
      throw new FormatError(`${name}: expected pictures of at most ${mostRowPixels} pixels, received ${pixels}`);
    }
    const engine = await host.engine();
    const graph = nearestGraph(classes, settings.neighbours, batch);
    return new NearestNeighbours(settings, shape, classes, await engine.compile(graph, { threads: 1 }));
  }

  async predict(images: Uint8Array): Promise<{ scores: Float32Array }> {
    const count = pictureCount(images, this);
    const pixels = this.width * this.height;
    const classes = this.labels.length;
    const { neighbours } = this.#settings;
    const scores = new Float32Array(count * classes);
    const input = tensorBuffer([batch, pixels], 'uint8');
    const output = tensorBuffer([batch, classes, neighbours], 'int64');
    for (let from = 0; from < count; from += batch) {
      const part = images.subarray(from * pixels, (from + batch) * pixels);
      input.data.set(part);
      await this.#program.run({ images: input }, { distances: output });
      const distances = output.data as BigInt64Array;
      for (let row = 0; row < part.length / pixels; row++) {
        const own = distances.subarray(row * classes * neighbours, (row + 1) * classes * neighbours);
        scores.set(this.#vote(Array.from(own, Number)), (from + row) * classes);
      }
    }
    return { scores };
  }

  /** Scores of one picture. @param distances `[class, neighbour]`, squared. */
  #vote(distances: readonly number[]): number[] {
    const { neighbours } = this.#settings;
    const candidates = distances.map((distance, position) => {
      const owner = Math.floor(position / neighbours);
      return { distance, owner, real: position % neighbours < this.#classes[owner]!.count };
    });
    // A stable sort: of equal distances the class that comes first is nearer.
    const nearest = candidates.filter(({ real }) => real).sort((one, other) => one.distance - other.distance);
    const scores = this.labels.map((_, index) => 1 / (1 + Math.sqrt(distances[index * neighbours]!) / 255));
    for (const { owner } of nearest.slice(0, neighbours)) scores[owner]!++;
    return scores;
  }

  save(): SavedClassifier {
    const { kind, labels, width, height } = this;
    const tensors = this.#classes.map(
      ({ images, count }, index): OnnxTensor => ({
        name: `pictures/${index}`,
        type: 'uint8',
        shape: [count, width * height],
        data: images,
      }),
    );
    return { kind, labels, width, height, settings: this.#settings, tensors };
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
