// Where a training step's time goes: ONNX Runtime's own profile of a shard, summed by our operators, against the
// machine's sgemm. Also the whole step, which includes the exchange of gradients and the optimiser.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { randomStream, sizeOf } from '../../../core/floor.ts';
import { classCount, type Engine, initializeNetwork, type NetworkConfig, toOnnx } from '../../../engine/floor.ts';
import { factoredParameters, gradientGraph, type Recipe, recipeNetwork, shardsOf } from '../../../learn/floor.ts';
import { type OnnxModel, writeOnnx } from '../../../onnx/floor.ts';
import { viewOf } from '../../../samples/floor.ts';
import { loadOnnxRuntime, type OnnxRuntime } from '../engine/loadOnnxRuntime.ts';
import { onnxRuntimeEngine } from '../engine/onnxRuntime.ts';
import { threadTeam } from '../engine/threadTeam.ts';
import { nodeFlops, type ProfiledNode } from './profiledNode.ts';

/** Time of one of our operators in a shard, all its uses together. */
export interface OperatorTime {
  /** Our operator, by its file's name: `conv2dWeightGradient`. */
  readonly operator: string;
  /** Milliseconds a shard: the median over the runs of the sum of its kernels. */
  readonly milliseconds: number;
  /** Share of all kernels' time, 0..1. */
  readonly share: number;
  /**
   * GFLOP/s of its matrix products and convolutions as they run, with channels padded to whole blocks; undefined for
   * other operators.
   */
  readonly gigaflops: number | undefined;
}

/** What `profileTraining` measures. */
export interface TrainingProfile {
  /** Cores that work on shards at the same time. */
  readonly workers: number;
  /** Threads of each. */
  readonly threadsEach: number;
  /** Number of parts of a batch. */
  readonly shards: number;
  /** One shard, profiled alone. */
  readonly operators: readonly OperatorTime[];
  /** Sum of the kernels of one shard. */
  readonly kernelMilliseconds: number;
  /** GFLOP/s of a 1,024 cubed float32 matrix product by the same engine with a worker's threads. */
  readonly rooflineEach: number;
  /** Whole steps that were timed. */
  readonly steps: number;
  /** Median time of a whole step of all shards: kernels, exchange of gradients, optimiser, and waiting. */
  readonly stepMilliseconds: number;
  /** Arithmetic of matrix products and convolutions over the step's time, including factored gradients. */
  readonly gigaflops: number;
  /** As `rooflineEach`, with all threads. */
  readonly roofline: number;
}

/** What to profile. */
export interface ProfileOptions {
  readonly batch: number;
  readonly threads: number;
  /** Measured runs, after three that are not; default 15. */
  readonly steps?: number;
}

/** Side of the matrices of the roofline: large enough to hide overheads, small enough for the third-level cache. */
const rooflineSide = 1024;

/** Runs before the measured ones: the first lays memory out. */
const warmUp = 3;

/**
 * Profiles training steps of a network on made-up batches, with Adam.
 *
 * @throws {MissingError} when onnxruntime-node is not installed.
 *
 * @example
 * ```ts no-run
 * import { networkNamed } from 'ductus/engine';
 * import { profileTraining } from 'ductus/node';
 *
 * const { operators, stepMilliseconds } = await profileTraining(networkNamed('compact'), { batch: 50, threads: 2 });
 * console.log(stepMilliseconds, operators[0]?.operator);
 * ```
 */
export async function profileTraining(network: NetworkConfig, options: ProfileOptions): Promise<TrainingProfile> {
  const { batch, threads, steps = 15 } = options;
  const ort = await loadOnnxRuntime();
  const engine = await onnxRuntimeEngine();
  const recipe: Recipe = {
    name: 'profile',
    description: '',
    network,
    data: { train: 'made up', validation: 0 },
    epochs: 1,
    batch,
    optimizer: { type: 'adam' },
    schedule: { type: 'constant', rate: 1e-3 },
  };
  const shards = shardsOf(recipe);
  const workers = Math.min(threads, shards);
  const threadsEach = Math.floor(threads / workers);
  const factored = factoredParameters(network, batch);
  const names = new Set(factored.map(({ name }) => name));
  const events = await profileShard(ort, engine, network, Math.ceil(batch / shards), names, threadsEach, steps);
  const { operators, flops } = summarise(events, steps);
  // Factored gradients are multiplied out by the optimiser's workers.
  const outside = factored.reduce((sum, { shape }) => sum + 2 * batch * sizeOf(shape), 0);
  const times = await timeSteps(recipe, threads, steps);
  const stepMilliseconds = median(times);
  return {
    workers,
    threadsEach,
    shards,
    operators,
    kernelMilliseconds: operators.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    rooflineEach: await measureRoofline(ort, threadsEach),
    steps: times.length,
    stepMilliseconds,
    gigaflops: (flops * shards + outside) / stepMilliseconds / 1e6,
    roofline: await measureRoofline(ort, threads),
  };
}

/** ONNX Runtime's own record of the gradient of one shard. */
async function profileShard(
  ort: OnnxRuntime,
  engine: Engine,
  network: NetworkConfig,
  count: number,
  factored: ReadonlySet<string>,
  threads: number,
  steps: number,
): Promise<ProfiledNode[]> {
  const { outputs } = gradientGraph({ network, count, labelSmoothing: 0, factored });
  const model = toOnnx(outputs, { name: `profile-${network.name}`, blockSize: engine.blockSize });
  const feeds = madeUpFeeds(ort, model, initializeNetwork(network, 1));
  const folder = await mkdtemp(join(tmpdir(), 'ductus-profile-'));
  try {
    const session = await ort.InferenceSession.create(writeOnnx(model), {
      intraOpNumThreads: threads,
      enableProfiling: true,
      profileFilePrefix: join(folder, 'profile'),
      logSeverityLevel: 3,
    } as InferenceSession.SessionOptions);
    for (let step = 0; step < warmUp + steps; step++) await session.run(feeds);
    session.endProfiling();
    await session.release();
    const [file] = await readdir(folder);
    return JSON.parse(await readFile(join(folder, file!), 'utf8')) as ProfiledNode[];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds of whole steps on a made-up batch, without a profiler. */
async function timeSteps(recipe: Recipe, threads: number, steps: number): Promise<number[]> {
  const network = recipeNetwork(recipe);
  const random = randomStream(1, 'profile');
  const [channels, rows, columns] = network.input as readonly [number, number, number];
  const [height, pixels] = [channels * rows, sizeOf(network.input) * recipe.batch];
  const labels = Array.from({ length: classCount(network) }, (_, index) => String(index));
  const images = Uint8Array.from({ length: pixels }, () => random.integer(256));
  const targets = Uint16Array.from({ length: recipe.batch }, () => random.integer(labels.length));
  const dataset = { name: 'made up', labels, width: columns, height, count: recipe.batch, images, targets };
  const team = await threadTeam({ recipe, seed: 1, train: viewOf(dataset) }, threads);
  try {
    for (const [name, values] of initializeNetwork(network, 1)) team.memory.values(name).set(values);
    const times: number[] = [];
    for (let step = 0; step < warmUp + steps; step++) {
      const start = performance.now();
      await team.run({ epoch: 0, from: 0, to: 1 });
      if (step >= warmUp) times.push(performance.now() - start);
    }
    return times;
  } finally {
    await team.dispose();
  }
}

/** GFLOP/s of a square float32 matrix product: the best of 15 runs, because noise only ever slows. */
async function measureRoofline(ort: OnnxRuntime, threads: number): Promise<number> {
  const shape = [rooflineSide, rooflineSide];
  const matrix = (name: string) => ({ name, type: 'float32' as const, shape });
  const node = { opType: 'MatMul', domain: '', name: 'product', inputs: ['a', 'b'], outputs: ['c'], attributes: {} };
  const graph = {
    name: 'roofline',
    nodes: [node],
    initializers: [],
    inputs: [matrix('a'), matrix('b')],
    outputs: [matrix('c')],
  };
  const model = { irVersion: 10, producerName: 'ductus', producerVersion: '', opsets: { '': 21 }, metadata: {}, graph };
  const session = await ort.InferenceSession.create(writeOnnx(model), { intraOpNumThreads: threads });
  const ones = new ort.Tensor('float32', new Float32Array(rooflineSide ** 2).fill(1), shape);
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 15; run++) {
    const start = performance.now();
    await session.run({ a: ones, b: ones });
    best = Math.min(best, performance.now() - start);
  }
  await session.release();
  return (2 * rooflineSide ** 3) / best / 1e6;
}

/** Real starting weights, and noise for pixels, targets and masks: arithmetic costs the same on any numbers. */
function madeUpFeeds(
  ort: OnnxRuntime,
  model: OnnxModel,
  weights: ReadonlyMap<string, Float32Array>,
): Record<string, OrtTensor> {
  const random = randomStream(1, 'profile');
  const feeds: Record<string, OrtTensor> = {};
  for (const { name, type, shape } of model.graph.inputs) {
    const extents = shape as number[];
    const size = sizeOf(extents);
    const values = weights.get(name) ?? new Float32Array(size).map(() => 1e-3 * random.uniform());
    const data = type === 'uint8' ? new Uint8Array(size).map(() => random.integer(2)) : values;
    feeds[name] = new ort.Tensor(type as 'float32', data as Float32Array, extents);
  }
  return feeds;
}

function summarise(events: readonly ProfiledNode[], steps: number): { operators: OperatorTime[]; flops: number } {
  const kernels = events.filter(({ cat, name }) => cat === 'Node' && name.endsWith('_kernel_time'));
  // Every step runs the same nodes in the same order.
  const perStep = kernels.length / (warmUp + steps);
  const times = new Map<string, number[]>();
  const work = new Map<string, number>();
  for (const [index, event] of kernels.entries()) {
    const step = Math.floor(index / perStep) - warmUp;
    if (step < 0) continue;
    const operator = operatorOf(event.name);
    const list = times.get(operator) ?? new Array<number>(steps).fill(0);
    list[step] = list[step]! + event.dur / 1000;
    times.set(operator, list);
    if (step === 0) work.set(operator, (work.get(operator) ?? 0) + nodeFlops(event));
  }
  const medians = [...times].map(([operator, list]) => ({ operator, milliseconds: median(list) }));
  const total = medians.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const operators = medians
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .map(({ operator, milliseconds }): OperatorTime => {
      const flops = work.get(operator) ?? 0;
      const gigaflops = flops > 0 ? flops / milliseconds / 1e6 : undefined;
      return { operator, milliseconds, share: milliseconds / total, gigaflops };
    });
  return { operators, flops: [...work.values()].reduce((sum, value) => sum + value, 0) };
}

/** Our operator's name: the node's up to the first slash. ONNX Runtime's own additions keep its name for them. */
function operatorOf(node: string): string {
  const name = node.replace(/^fused /, '').replace(/_kernel_time$/, '');
  return name.includes('/') ? name.slice(0, name.indexOf('/')) : "engine's own";
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
