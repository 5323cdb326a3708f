// One of the workers that train together: it computes the gradients of its shards, and updates its part of the weights.
// All share one memory; every number is the same for any number of workers.
import { FormatError, formatShape, randomStream, ShapeError, sizeOf, UsageError } from '../../../core/floor.ts';
import type { NetworkConfig, ParameterSpec } from '../../../engine/floor.ts';
import { classCount, type Engine, networkParameters, type TensorBuffer, tensorBuffer } from '../../../engine/floor.ts';
import type { Dataset } from '../../../samples/floor.ts';
import { BatchLoader, countOf, createDistorter, type Distorter, shardStart, subset } from '../../../samples/floor.ts';
import { type BatchScore, Evaluator } from '../evaluator.ts';
import { type Optimizer, optimizerOf } from '../optimizers.ts';
import { learningRate } from '../schedules.ts';
import { Teacher } from '../teacher.ts';
import type { UpdateKernels } from '../update/updateKernels.ts';
import { fastestUpdateKernels } from '../update/wasmUpdateKernels.ts';
import type { Barrier } from './barrier.ts';
import { factoredParameters } from './factoredGradients.ts';
import { type OwnStretch, ownStretches } from './ownStretches.ts';
import { ShardGradient, type ShardResult } from './shardGradient.ts';
import { averageName, gradientName, leftName, rightName, TrainingMemory } from './trainingMemory.ts';
import { batchLayout, type StepPlan, shardsOf, stateOptions, type TrainingSetup } from './trainingSetup.ts';

/** Its place among the workers. */
export interface WorkerPlace {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** Threads for one operator of this worker. */
  readonly threads: number;
  readonly memory: WebAssembly.Memory;
  readonly barrier: Barrier;
}

/** A worker of a training. */
export class TrainingWorker {
  readonly #setup: TrainingSetup;
  readonly #place: WorkerPlace;
  readonly #engine: Engine;
  readonly #network: NetworkConfig;
  readonly #classes: number;
  readonly #parameterSpecs: readonly ParameterSpec[];
  readonly #memory: TrainingMemory;
  /** Names of parameters whose gradients are exchanged as factors. */
  readonly #factored: ReadonlySet<string>;
  readonly #optimizer: Optimizer;
  readonly #kernels: UpdateKernels;
  readonly #loader: BatchLoader;
  readonly #distort: Distorter | undefined;
  readonly #stretches: readonly OwnStretch[];
  /** The engine cannot read shared memory, so every worker has its own copy of the parameters. */
  readonly #parameters: Readonly<Record<string, TensorBuffer>>;
  readonly #gradients = new Map<number, ShardGradient>();
  #evaluator: Evaluator | undefined;
  #teacher: Teacher | undefined;

  constructor(setup: TrainingSetup, place: WorkerPlace, engine: Engine) {
    const { recipe, seed, train, shuffled = true } = setup;
    const options = stateOptions(recipe);
    checkPictures(train.dataset, options.network);
    this.#setup = setup;
    this.#place = place;
    this.#engine = engine;
    this.#network = options.network;
    this.#classes = classCount(options.network);
    this.#parameterSpecs = networkParameters(options.network);
    this.#memory = new TrainingMemory(options, batchLayout(recipe), place.memory);
    this.#factored = new Set(factoredParameters(options.network, recipe.batch).map(({ name }) => name));
    this.#optimizer = optimizerOf(recipe.optimizer);
    this.#kernels = fastestUpdateKernels(place.memory);
    this.#loader = new BatchLoader(train, {
      ...{ batchSize: recipe.batch, seed, shuffled },
      balanced: recipe.balance ?? false,
    });
    const { width, height } = train.dataset;
    this.#distort = recipe.distortion && createDistorter(recipe.distortion, width, height, train.dataset.labels);
    this.#parameters = Object.fromEntries(
      this.#parameterSpecs.map(({ name, shape }) => [name, tensorBuffer(shape, 'float32')]),
    );
    this.#stretches = ownStretches(recipe, place, this.#parameterSpecs, this.#factored, this.#memory, this.#optimizer);
  }

  /**
   * Takes steps together with the other workers.
   *
   * @returns for every step the results of this worker's shards; empty shards are left out.
   */
  async run({ epoch, from, to }: StepPlan): Promise<ShardResult[][]> {
    const { recipe, seed } = this.#setup;
    const { index, count, barrier } = this.#place;
    const shards = shardsOf(recipe);
    const results: ShardResult[][] = [];
    this.#copyParameters((name) => name);
    for (let step = from; step < to; step++) {
      const globalStep = epoch * this.#loader.stepsPerEpoch + step;
      const own: ShardResult[] = [];
      for (let shard = index; shard < shards; shard += count) {
        const gradient = await this.#fill(epoch, step, shard);
        if (gradient === undefined) continue;
        own.push(await gradient.run(seed, globalStep, shard));
        this.#hand(gradient, shard, this.#loader.samplesIn(step));
      }
      results.push(own);
      barrier.wait();
      this.#update(globalStep, this.#loader.samplesIn(step));
      barrier.wait();
      if (step + 1 < to) this.#copyParameters((name) => name);
    }
    return results;
  }

  /** Evaluates the weights that would be shipped now on this worker's share of the validation split, batch by batch. */
  async validate(): Promise<BatchScore[]> {
    const { validation, recipe } = this.#setup;
    if (validation === undefined) return [];
    const { index, count, threads } = this.#place;
    this.#evaluator ??= await Evaluator.compile(this.#engine, this.#network, undefined, threads);
    this.#copyParameters((name) => (recipe.average === undefined ? name : averageName(name)));
    // Whole batches go to each worker, so that sums are the same for any number of workers.
    const batches = Math.ceil(countOf(validation) / this.#evaluator.batch);
    const bound = (worker: number): number =>
      Math.min(Math.round((worker * batches) / count) * this.#evaluator!.batch, countOf(validation));
    const [first, last] = [bound(index), bound(index + 1)];
    if (first === last) return [];
    const own = subset(
      validation,
      Array.from({ length: last - first }, (_, offset) => first + offset),
    );
    return this.#evaluator.scores(own, this.#parameters);
  }

  /** Frees what was compiled. */
  async dispose(): Promise<void> {
    for (const gradient of this.#gradients.values()) await gradient.dispose();
    await this.#evaluator?.dispose();
    await this.#teacher?.dispose();
  }

  /** Puts a shard's pictures and targets in place; undefined where the shard is empty. */
  async #fill(epoch: number, step: number, shard: number): Promise<ShardGradient | undefined> {
    const { recipe, seed, train } = this.#setup;
    const { stepsPerEpoch } = this.#loader;
    const batch = this.#loader.shard(epoch, step, shard, shardsOf(recipe));
    if (batch.count === 0) return undefined;
    const gradient = await this.#gradientOf(batch.count);
    if (this.#distort === undefined) gradient.images.set(batch.images);
    else {
      const pixels = train.dataset.width * train.dataset.height;
      const [strong, weak] = recipe.distortion?.strength ?? [1, 1];
      const strength = strong + ((weak - strong) * (epoch * stepsPerEpoch + step)) / (recipe.epochs * stepsPerEpoch);
      const first = step * recipe.batch + shardStart(shard, shardsOf(recipe), this.#loader.samplesIn(step));
      for (let i = 0; i < batch.count; i++) {
        const index = batch.indices[i]!;
        // A balanced epoch may have a sample twice, each time at another position and with another distortion.
        const random = recipe.balance
          ? randomStream(seed, 'distort', epoch, index, first + i)
          : randomStream(seed, 'distort', epoch, index);
        const [from, to] = [i * pixels, (i + 1) * pixels];
        this.#distort(
          batch.images.subarray(from, to),
          gradient.images.subarray(from, to),
          random,
          strength,
          batch.targets[i]!,
        );
      }
    }
    const classes = this.#classes;
    gradient.targets.fill(0);
    for (let i = 0; i < batch.count; i++) {
      const target = batch.targets[i]!;
      if (target >= classes) {
        const { name } = train.dataset;
        throw new FormatError(`${name}: sample ${batch.indices[i]} is of class ${target}, the network has ${classes}`);
      }
      gradient.targets[i * classes + target] = 1;
    }
    if (gradient.teacher !== undefined) {
      const teacher = await this.#teach();
      const turn =
        recipe.teacher?.ask === 'one' ? (epoch * stepsPerEpoch + step) * shardsOf(recipe) + shard : undefined;
      await teacher.probabilities(gradient.images, [batch.count, ...this.#network.input], gradient.teacher, turn);
    }
    return gradient;
  }

  /** Writes a shard's gradients to the shared memory. */
  #hand(gradient: ShardGradient, shard: number, samples: number): void {
    const shards = shardsOf(this.#setup.recipe);
    const first = shardStart(shard, shards, samples);
    const count = shardStart(shard + 1, shards, samples) - first;
    for (const { name } of this.#parameterSpecs) {
      const factors = gradient.factors(name);
      if (factors === undefined) {
        const values = gradient.result(name);
        if (values !== undefined) this.#memory.values(gradientName(shard, name)).set(values);
        continue;
      }
      const [left, right] = [this.#memory.values(leftName(name)), this.#memory.values(rightName(name))];
      left.set(factors.left, first * (factors.left.length / count));
      // The shard's share of the batch goes into one of the factors.
      const offset = first * (factors.right.length / count);
      const share = count / samples;
      for (let i = 0; i < factors.right.length; i++) right[offset + i] = share * factors.right[i]!;
    }
  }

  async #teach(): Promise<Teacher> {
    const { recipe, teachers = [] } = this.#setup;
    const { models, temperature } = recipe.teacher!;
    if (teachers.length !== models.length) {
      throw new UsageError(`recipe "${recipe.name}": expected ${models.length} teachers, received ${teachers.length}`);
    }
    this.#teacher ??= await Teacher.compile(this.#engine, teachers, this.#classes, temperature, this.#place.threads);
    return this.#teacher;
  }

  async #gradientOf(count: number): Promise<ShardGradient> {
    let gradient = this.#gradients.get(count);
    if (gradient === undefined) {
      const { labelSmoothing = 0, teacher } = this.#setup.recipe;
      const factored = this.#factored;
      const options = { network: this.#network, count, labelSmoothing, factored, distillation: teacher };
      gradient = await ShardGradient.compile(this.#engine, options, this.#parameters, this.#place.threads);
      this.#gradients.set(count, gradient);
    }
    return gradient;
  }

  /** Sums the shards' gradients of this worker's stretches, then updates weights and moving average. */
  #update(globalStep: number, samples: number): void {
    const { recipe } = this.#setup;
    const { stepsPerEpoch } = this.#loader;
    const shards = shardsOf(recipe);
    const weights = Array.from(
      { length: shards },
      (_, shard) => (shardStart(shard + 1, shards, samples) - shardStart(shard, shards, samples)) / samples,
    );
    const rate = learningRate(recipe.schedule, globalStep, recipe.epochs * stepsPerEpoch, stepsPerEpoch);
    // Early averages forget sooner, since their weights have hardly learned.
    const share = 1 - Math.min(recipe.average?.decay ?? 0, (1 + globalStep) / (10 + globalStep));
    for (const stretch of this.#stretches) {
      const { parameter, gradient, gradients, factors, count, average } = stretch;
      if (factors !== undefined) {
        const { left, right, rows, columns } = factors;
        this.#kernels.outer(gradient, left, right, samples, 4 * rows, 4 * columns, columns);
      }
      const target = stretch.trainable ? gradient : parameter;
      let first = true;
      for (const [shard, weight] of weights.entries()) {
        if (weight === 0 || factors !== undefined) continue;
        if (first) this.#kernels.scale(target, gradients[shard]!, count, weight);
        else this.#kernels.accumulate(target, gradients[shard]!, count, weight);
        first = false;
      }
      if (stretch.trainable) this.#optimizer.update(this.#kernels, stretch, globalStep + 1, rate);
      if (average !== undefined) this.#kernels.approach(average, parameter, count, share);
    }
  }

  /** Updates this worker's own parameters. @param source state that each is taken from. */
  #copyParameters(source: (parameter: string) => string): void {
    for (const [name, { data }] of Object.entries(this.#parameters)) {
      (data as Float32Array).set(this.#memory.values(source(name)));
    }
  }
}

function checkPictures({ name, width, height, labels }: Dataset, network: NetworkConfig): void {
  if (width * height !== sizeOf(network.input)) {
    throw new ShapeError(
      `network "${network.name}": expected pictures of shape ${formatShape(network.input)} (channel, row, column), ${name} has ${height} rows of ${width}`,
    );
  }
  if (labels.length !== classCount(network)) {
    throw new ShapeError(
      `network "${network.name}": expected data of ${classCount(network)} classes, one an output, ${name} has ${labels.length}`,
    );
  }
}
