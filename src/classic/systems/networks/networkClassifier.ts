// A network as one of the compared systems: trained by the trainer of `learn/train`, tested through its evaluator, in
// one thread.
import { type NetworkConfig, networkParameters, type TensorBuffer } from '../../../engine/floor.ts';
import { Evaluator, type Recipe, train } from '../../../learn/floor.ts';
import { type Dataset, type Samples, viewOf } from '../../../samples/floor.ts';
import type { ClassifierHost, ClassifierKind, PublishedFigure } from '../../classifier.ts';
import { tensorOf } from '../../savedParts.ts';
import { type Learning, systemKind } from '../../systemKind.ts';
import { startingPoint } from './startingPoint.ts';

/** A network and its training. */
export interface NetworkDesign {
  readonly name: string;
  readonly description: string;
  readonly published?: PublishedFigure;
  /** `import.meta.url` of its module. */
  readonly module: string;
  /** The network for pictures of a size and a number of classes. */
  network(width: number, height: number, classes: number): NetworkConfig;
  /** What a recipe says beyond data and network. */
  readonly training: Pick<Recipe, 'epochs' | 'batch' | 'optimizer' | 'schedule'> &
    Partial<Pick<Recipe, 'distortion' | 'average' | 'labelSmoothing'>>;
  /** Starting weights by parameter. Omitted parameters begin at random; all of them where this is absent. */
  readonly pretrain?: Pretraining;
}

/** Learns starting weights. */
export interface Pretraining {
  /** Its measured part of the whole work, 0..1, for the progress. */
  readonly share: number;
  /** @param progress takes the finished share of the pretraining, and throws when cancelled. */
  run(
    samples: Samples,
    host: ClassifierHost,
    seed: number,
    progress: (share: number) => void,
  ): Promise<ReadonlyMap<string, Float32Array>>;
}

/** The kind that trains a network of this design. */
export function networkClassifier(host: ClassifierHost, design: NetworkDesign): ClassifierKind {
  const { name, description, published } = design;
  return systemKind({
    name,
    description,
    ...(published && { published }),
    scores: 'logProbability',
    settings: design.training,
    modules: [import.meta.url, design.module],
    async learn(samples, learning) {
      const { width, height, labels } = viewOf(samples).dataset;
      const network = design.network(width, height, labels.length);
      const parameters = await taughtParameters(host, design, network, samples, learning);
      return {
        settings: { network },
        tensors: networkParameters(network).map((spec) => tensorOf(spec.name, parameters.get(spec.name)!, spec.shape)),
      };
    },
    async open(saved) {
      const { labels, width, height, settings } = saved.saved;
      const network = design.network(width, height, labels.length);
      // Not read from the file: an untrusted network could request any amount of memory.
      if (JSON.stringify(settings) !== JSON.stringify({ network })) {
        saved.refuse('the network as it is today', 'another');
      }
      const parameters: Record<string, TensorBuffer> = {};
      for (const { name: own, shape } of networkParameters(network)) {
        parameters[own] = { type: 'float32', shape, data: saved.tensor(own, 'float32', shape).data };
      }
      const evaluator = await Evaluator.compile(await host.engine(), network, undefined, 1);
      return {
        async read(images, scores) {
          const count = images.length / saved.pixels;
          const pictures: Dataset = { name, labels, width, height, count, images, targets: new Uint16Array(count) };
          scores.set(await evaluator.logProbabilities(pictures, parameters));
        },
        dispose: () => evaluator.dispose(),
      };
    },
  });
}

async function taughtParameters(
  host: ClassifierHost,
  { name, description, training, pretrain }: NetworkDesign,
  network: NetworkConfig,
  samples: Samples,
  { seed, progress }: Learning,
): Promise<ReadonlyMap<string, Float32Array>> {
  const pretrained = pretrain?.share ?? 0;
  const initial = await pretrain?.run(samples, host, seed, (share) => progress(share * pretrained));
  const data = { train: viewOf(samples).dataset.name, validation: 0 };
  // One shard: in one thread, a divided batch only costs more.
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
