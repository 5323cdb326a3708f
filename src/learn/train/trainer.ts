// The trainer: runs a recipe as an async iterator of events. It reads no file and draws no bar; who consumes it does.
import { DivergenceError, randomStream, sizeOf } from '../../core/index.ts';
import { BatchLoader } from '../data/batches.ts';
import { countOf, type Samples } from '../data/view.ts';
import { createDistorter } from '../distort/distort.ts';
import type { Engine, TensorBuffer } from '../graph/engine.ts';
import { initializeNetwork } from '../nn/initializers.ts';
import { classCount, networkParameters } from '../nn/network.ts';
import type { Checkpoint, EpochLog, TrainingProgress } from './checkpoint.ts';
import { Evaluator } from './evaluator.ts';
import type { TrainingEvent } from './events.ts';
import { type Recipe, recipeNetwork } from './recipe.ts';
import { learningRate } from './schedules.ts';
import { averageName, stateSpecs, type TrainingGraphOptions } from './trainingGraph.ts';
import { TrainingState, TrainingStep } from './trainingStep.ts';

/** What a training needs beside its recipe. */
export interface TrainOptions {
  readonly engine: Engine;
  readonly recipe: Recipe;
  readonly seed: number;
  readonly train: Samples;
  readonly validation?: Samples;
  /** SHA-256 of the training data; a resumed run must have the same. */
  readonly dataHash: string;
  readonly resume?: Checkpoint;
  /** Looked at after every step; when it turns true the run hands out a checkpoint and ends as cancelled. */
  readonly cancelled?: () => boolean;
  /** Milliseconds on some clock that only goes forward. */
  readonly now: () => number;
  /** Seconds between checkpoints within an epoch; default 60. */
  readonly checkpointSeconds?: number;
  readonly threads?: number;
}

/** Graph options of a recipe, without the batch size. */
export function graphOptions(recipe: Recipe): Omit<TrainingGraphOptions, 'batch'> {
  return {
    network: recipeNetwork(recipe),
    optimizer: recipe.optimizer,
    labelSmoothing: recipe.labelSmoothing ?? 0,
    averaging: recipe.average !== undefined,
  };
}

/**
 * Trains. A run that is cancelled or killed and resumed from its last checkpoint ends in the same weights, bit for bit,
 * as one that was never interrupted (same machine, same number of threads).
 *
 * @throws {DivergenceError} when the loss is not a finite number; the last checkpoint handed out is the last good one.
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainingEvent, void, undefined> {
  const run = new TrainingRun(options);
  try {
    yield* run.events();
  } finally {
    await run.dispose();
  }
}

class TrainingRun {
  readonly #options: TrainOptions;
  readonly #graph: Omit<TrainingGraphOptions, 'batch'>;
  readonly #state: TrainingState;
  readonly #loader: BatchLoader;
  readonly #steps = new Map<number, TrainingStep>();
  readonly #best = new Map<string, Float32Array>();
  readonly #parameterNames: readonly string[];
  #evaluator: Evaluator | undefined;
  #progress: TrainingProgress;

  constructor(options: TrainOptions) {
    const { recipe, seed, resume } = options;
    this.#options = options;
    this.#graph = graphOptions(recipe);
    this.#state = new TrainingState(this.#graph);
    this.#loader = new BatchLoader(options.train, { batchSize: recipe.batch, seed });
    this.#parameterNames = networkParameters(this.#graph.network).map(({ name }) => name);
    if (resume === undefined) {
      for (const [name, values] of initializeNetwork(this.#graph.network, seed)) {
        this.#state.values(name).set(values);
        if (this.#graph.averaging) this.#state.values(averageName(name)).set(values);
      }
    } else {
      for (const [name, values] of resume.state) {
        if (name.startsWith('best/')) this.#best.set(name.slice('best/'.length), values.slice());
        else this.#state.values(name).set(values);
      }
    }
    this.#progress = resume?.progress ?? {
      recipe: JSON.stringify(recipe),
      seed,
      dataHash: options.dataHash,
      epoch: 0,
      stepInEpoch: 0,
      lossSum: 0,
      correctSum: 0,
      sampleCount: 0,
      epochSeconds: 0,
      log: [],
      bestEpoch: 0,
      bestLoss: null,
      finished: false,
    };
  }

  async *events(): AsyncGenerator<TrainingEvent, void, undefined> {
    const { recipe, train: samples, validation, resume } = this.#options;
    const { epoch, stepInEpoch } = this.#progress;
    yield {
      type: 'start',
      epochs: recipe.epochs,
      stepsPerEpoch: this.#loader.stepsPerEpoch,
      samples: countOf(samples),
      validationSamples: validation === undefined ? 0 : countOf(validation),
      parameters: networkParameters(this.#graph.network).reduce((sum, { shape }) => sum + sizeOf(shape), 0),
      ...(resume && { resumed: { epoch: epoch + 1, step: stepInEpoch } }),
    };
    while (!this.#progress.finished) {
      const cancelled = yield* this.#epoch();
      if (cancelled) {
        yield { type: 'checkpoint', checkpoint: this.#checkpoint() };
        yield this.#end('cancelled');
        return;
      }
    }
    yield this.#end(this.#progress.epoch < recipe.epochs ? 'stoppedEarly' : 'finished');
  }

  /** One epoch, or what is left of it. Returns whether it was cancelled before its end. */
  async *#epoch(): AsyncGenerator<TrainingEvent, boolean, undefined> {
    const { recipe, seed, now, cancelled, checkpointSeconds = 60 } = this.#options;
    const { stepsPerEpoch, view } = this.#loader;
    const { width, height } = view.dataset;
    const distort = recipe.distortion && createDistorter(recipe.distortion, width, height);
    const classes = classCount(this.#graph.network);
    const totalSteps = recipe.epochs * stepsPerEpoch;
    const { epoch, stepInEpoch: firstStep } = this.#progress;
    let lastTime = now();
    let lastSave = lastTime;
    let [sittingSamples, sittingStart, rate] = [0, lastTime, 0];

    for (const batch of this.#loader.epoch(epoch, firstStep)) {
      const step = await this.#stepFor(batch.count);
      const globalStep = epoch * stepsPerEpoch + batch.step;
      if (distort === undefined) step.images.set(batch.images);
      else {
        const pixels = width * height;
        const strength = strengthAt(recipe, globalStep / totalSteps);
        for (let i = 0; i < batch.count; i++) {
          const random = randomStream(seed, 'distort', epoch, batch.indices[i]!);
          const [from, to] = [i * pixels, (i + 1) * pixels];
          distort(batch.images.subarray(from, to), step.images.subarray(from, to), random, strength);
        }
      }
      step.targets.fill(0);
      for (let i = 0; i < batch.count; i++) step.targets[i * classes + batch.targets[i]!] = 1;

      rate = learningRate(recipe.schedule, globalStep, totalSteps, stepsPerEpoch);
      const decay = Math.min(recipe.average?.decay ?? 0, (1 + globalStep) / (10 + globalStep));
      const result = await step.run(this.#state, seed, globalStep + 1, rate, 1 - decay);
      if (!Number.isFinite(result.loss)) throw this.#divergence(epoch, batch.step, result.loss);

      const time = now();
      sittingSamples += batch.count;
      const { lossSum, correctSum, sampleCount, epochSeconds } = this.#progress;
      this.#progress = {
        ...this.#progress,
        stepInEpoch: batch.step + 1,
        lossSum: lossSum + result.loss * batch.count,
        correctSum: correctSum + result.correct,
        sampleCount: sampleCount + batch.count,
        epochSeconds: epochSeconds + (time - lastTime) / 1000,
      };
      lastTime = time;
      yield {
        type: 'step',
        epoch: epoch + 1,
        step: batch.step + 1,
        loss: this.#progress.lossSum / this.#progress.sampleCount,
        accuracy: this.#progress.correctSum / this.#progress.sampleCount,
        rate,
        imagesPerSecond: (sittingSamples / (time - sittingStart)) * 1000,
      };
      if (cancelled?.() && batch.step + 1 < stepsPerEpoch) return true;
      if (time - lastSave > checkpointSeconds * 1000 && batch.step + 1 < stepsPerEpoch) {
        lastSave = time;
        yield { type: 'checkpoint', checkpoint: this.#checkpoint() };
      }
    }
    yield* this.#finishEpoch(rate, lastTime);
    return !this.#progress.finished && cancelled?.() === true;
  }

  async *#finishEpoch(rate: number, lastTime: number): AsyncGenerator<TrainingEvent, void, undefined> {
    const { recipe, validation, now } = this.#options;
    const { epoch, lossSum, correctSum, sampleCount, log, bestLoss, bestEpoch } = this.#progress;
    const validated = validation && (await this.#evaluate(validation));
    const entry: EpochLog = {
      epoch: epoch + 1,
      loss: lossSum / sampleCount,
      accuracy: correctSum / sampleCount,
      ...(validated && { validationLoss: validated.loss, validationAccuracy: validated.accuracy }),
      rate,
      seconds: this.#progress.epochSeconds + (now() - lastTime) / 1000,
    };
    const best = validated !== undefined && (bestLoss === null || validated.loss < bestLoss);
    if (best && recipe.keep === 'best') {
      for (const [name, buffer] of Object.entries(this.#shipped()))
        this.#best.set(name, (buffer.data as Float32Array).slice());
    }
    const newBest = best ? epoch + 1 : bestEpoch;
    const patience = recipe.earlyStopping?.patience ?? Number.POSITIVE_INFINITY;
    this.#progress = {
      ...this.#progress,
      epoch: epoch + 1,
      stepInEpoch: 0,
      lossSum: 0,
      correctSum: 0,
      sampleCount: 0,
      epochSeconds: 0,
      log: [...log, entry],
      bestEpoch: newBest,
      bestLoss: best ? validated.loss : bestLoss,
      finished: epoch + 1 === recipe.epochs || epoch + 1 - newBest >= patience,
    };
    yield { type: 'epoch', log: entry, best };
    yield { type: 'checkpoint', checkpoint: this.#checkpoint() };
  }

  #end(reason: 'finished' | 'stoppedEarly' | 'cancelled'): TrainingEvent {
    const { log, bestEpoch } = this.#progress;
    const useBest = this.#best.size > 0;
    const last = Object.entries(this.#shipped()).map(([name, buffer]) => [name, buffer.data as Float32Array] as const);
    return {
      type: 'end',
      reason,
      log,
      parameters: useBest ? this.#best : new Map(last),
      epoch: useBest ? bestEpoch : log.length,
    };
  }

  /** Buffers of the weights that would be shipped now, under their parameters' names. */
  #shipped(): Record<string, TensorBuffer> {
    const { current } = this.#state;
    const source = (name: string): TensorBuffer => current[this.#graph.averaging ? averageName(name) : name]!;
    return Object.fromEntries(this.#parameterNames.map((name) => [name, source(name)]));
  }

  async #evaluate(samples: Samples): ReturnType<Evaluator['evaluate']> {
    const { engine, threads } = this.#options;
    this.#evaluator ??= await Evaluator.compile(engine, this.#graph.network, undefined, threads);
    return this.#evaluator.evaluate(samples, this.#shipped());
  }

  async #stepFor(batch: number): Promise<TrainingStep> {
    let step = this.#steps.get(batch);
    if (step === undefined) {
      const { engine, threads } = this.#options;
      step = await TrainingStep.compile(engine, { ...this.#graph, batch }, threads);
      this.#steps.set(batch, step);
    }
    return step;
  }

  #checkpoint(): Checkpoint {
    const state = new Map<string, Float32Array>();
    for (const { name } of stateSpecs(this.#graph)) state.set(name, this.#state.values(name));
    for (const [name, values] of this.#best) state.set(`best/${name}`, values);
    return { progress: this.#progress, state };
  }

  #divergence(epoch: number, step: number, loss: number): DivergenceError {
    return new DivergenceError(
      `training "${this.#options.recipe.name}": the loss became ${loss} at epoch ${epoch + 1}, ` +
        `step ${step + 1} of ${this.#loader.stepsPerEpoch}; try a lower learning rate`,
    );
  }

  async dispose(): Promise<void> {
    for (const step of this.#steps.values()) await step.dispose();
    await this.#evaluator?.dispose();
  }
}

function strengthAt(recipe: Recipe, share: number): number {
  const [from, to] = recipe.distortion?.strength ?? [1, 1];
  return from + (to - from) * share;
}
