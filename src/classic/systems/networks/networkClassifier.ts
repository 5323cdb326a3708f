// A network as one of the compared systems: taught by the trainer of `learn/train`, asked through its evaluator, in one thread.
import { FormatError } from '../../../core/floor.ts';
import type { NetworkConfig, TensorBuffer } from '../../../engine/floor.ts';
import { networkParameters } from '../../../engine/floor.ts';
import type { Recipe } from '../../../learn/floor.ts';
import { Evaluator, train } from '../../../learn/floor.ts';
import type { OnnxTensor } from '../../../onnx/floor.ts';
import type { Dataset } from '../../../samples/floor.ts';
import { type Samples, viewOf } from '../../../samples/floor.ts';
import {
  type Classifier,
  type ClassifierHost,
  type ClassifierKind,
  type FitOptions,
  type PublishedFigure,
  pictureCount,
} from '../../classifier.ts';
import { progressOf } from '../../parts/progress.ts';
import { checkTrainingSamples } from '../../parts/trainingSamples.ts';
import { type SavedClassifier, savedTensor } from '../../savedClassifier.ts';
import { startingPoint } from './startingPoint.ts';

/** A network and how it is taught. */
export interface NetworkDesign {
  readonly name: string;
  readonly description: string;
  readonly published?: PublishedFigure;
  /** `import.meta.url` of the module that it stands in. */
  readonly module: string;
  /** The network for pictures of a size and a number of classes. */
  network(width: number, height: number, classes: number): NetworkConfig;
  /** What a recipe says beyond data and network. */
  readonly training: Pick<Recipe, 'epochs' | 'batch' | 'optimizer' | 'schedule'> &
    Partial<Pick<Recipe, 'distortion' | 'average' | 'labelSmoothing'>>;
  /** Weights to begin with, by parameter; parameters that are left out, and all where this is absent, begin at random. */
  readonly pretrain?: Pretraining;
}

/** Learns weights to begin with. */
export interface Pretraining {
  /** Its part of the whole work, 0..1, for the progress (ours: from a measurement). */
  readonly share: number;
  /** @param progress takes the share of the pretraining that is done, and throws when it was cancelled. */
  run(
    samples: Samples,
    host: ClassifierHost,
    seed: number,
    progress: (share: number) => void,
  ): Promise<ReadonlyMap<string, Float32Array>>;
}

/** The kind that teaches a network of this design. */
export function networkClassifier(host: ClassifierHost, design: NetworkDesign): ClassifierKind {
  const { name, description, published } = design;
  return {
    name,
    description,
    ...(published && { published }),
    scores: 'logProbability',
    settings: design.training,
    modules: [import.meta.url, design.module],
    async fit(samples, options) {
      checkTrainingSamples(samples, name);
      const { dataset } = viewOf(samples);
      const network = design.network(dataset.width, dataset.height, dataset.labels.length);
      const parameters = await taughtParameters(host, design, network, samples, options);
      return NetworkClassifier.of(host, name, network, dataset, parameters);
    },
    async restore(saved, source) {
      const network = design.network(saved.width, saved.height, saved.labels.length);
      // Not read from the file: a stranger's network could ask for any amount of memory.
      if (JSON.stringify(saved.settings) !== JSON.stringify({ network })) {
        throw new FormatError(`${source}: expected the network of ${name} as it is today, found another`);
      }
      const parameters = new Map(
        networkParameters(network).map((spec) => [
          spec.name,
          savedTensor(saved, spec.name, 'float32', spec.shape, source).data,
        ]),
      );
      return NetworkClassifier.of(host, name, network, saved, parameters);
    },
  };
}

async function taughtParameters(
  host: ClassifierHost,
  { name, description, training, pretrain }: NetworkDesign,
  network: NetworkConfig,
  samples: Samples,
  options: FitOptions,
): Promise<ReadonlyMap<string, Float32Array>> {
  const { seed } = options;
  const progress = progressOf(name, options);
  progress(0);
  const pretrained = pretrain?.share ?? 0;
  const initial = await pretrain?.run(samples, host, seed, (share) => progress(share * pretrained));
  const data = { train: viewOf(samples).dataset.name, validation: 0 };
  // One shard: in one thread a batch that is divided only costs more.
  const recipe: Recipe = { name, description, network, data, ...training, shards: 1 };
  const dataHash = '';
  const events = train({
    engine: await host.engine(),
    recipe,
    seed,
    train: samples,
    dataHash,
    ...(initial && { resume: startingPoint(recipe, seed, dataHash, initial) }),
    now: () => host.now(),
  });
  let steps = 1;
  for await (const event of events) {
    if (event.type === 'start') steps = event.epochs * event.stepsPerEpoch;
    if (event.type === 'step') {
      const done = ((event.epoch - 1) * steps) / training.epochs + event.step;
      progress(pretrained + ((1 - pretrained) * done) / steps);
    }
    if (event.type === 'end') return event.parameters;
  }
  throw new Error(`${name}: the training ended without an end`);
}

class NetworkClassifier implements Classifier {
  readonly kind: string;
  readonly labels: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly #network: NetworkConfig;
  readonly #parameters: Readonly<Record<string, TensorBuffer>>;
  readonly #evaluator: Evaluator;

  private constructor(
    kind: string,
    network: NetworkConfig,
    { labels, width, height }: Pick<Classifier, 'labels' | 'width' | 'height'>,
    parameters: Readonly<Record<string, TensorBuffer>>,
    evaluator: Evaluator,
  ) {
    this.kind = kind;
    this.labels = labels;
    this.width = width;
    this.height = height;
    this.#network = network;
    this.#parameters = parameters;
    this.#evaluator = evaluator;
  }

  static async of(
    host: ClassifierHost,
    kind: string,
    network: NetworkConfig,
    shape: Pick<Classifier, 'labels' | 'width' | 'height'>,
    parameters: ReadonlyMap<string, Float32Array>,
  ): Promise<NetworkClassifier> {
    const buffers: Record<string, TensorBuffer> = {};
    for (const { name, shape: extents } of networkParameters(network)) {
      buffers[name] = { type: 'float32', shape: extents, data: parameters.get(name)! };
    }
    const evaluator = await Evaluator.compile(await host.engine(), network, undefined, 1);
    return new NetworkClassifier(kind, network, shape, buffers, evaluator);
  }

  async predict(images: Uint8Array): Promise<{ scores: Float32Array }> {
    const count = pictureCount(images, this);
    if (count === 0) return { scores: new Float32Array() };
    const { labels, width, height } = this;
    const pictures: Dataset = { name: '', labels, width, height, count, images, targets: new Uint16Array(count) };
    return { scores: await this.#evaluator.logProbabilities(pictures, this.#parameters) };
  }

  save(): SavedClassifier {
    const { kind, labels, width, height } = this;
    const tensors = Object.entries(this.#parameters).map(
      ([name, { shape, data }]): OnnxTensor => ({ name, type: 'float32', shape, data }),
    );
    return { kind, labels, width, height, settings: { network: this.#network }, tensors };
  }

  dispose(): Promise<void> {
    return this.#evaluator.dispose();
  }
}
