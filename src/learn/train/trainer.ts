// The trainer: runs a recipe as an async iterator of events. It reads no file and shows no progress bar; its caller
// does.
import { DivergenceError, sizeOf } from '../../core/floor.ts';
import type { Engine } from '../../engine/floor.ts';
import { initializeNetwork, networkParameters, withoutAuxiliary } from '../../engine/floor.ts';
import { countOf, type Samples, viewOf } from '../../samples/floor.ts';
import { type Checkpoint, type EpochLog, firstProgress, type TrainingProgress } from './checkpoint.ts';
import { checkReadable } from './checkReadable.ts';
import { summarise } from './evaluator.ts';
import type { TrainingEvent } from './events.ts';
import { recipeNetwork } from './recipe/fittedRecipe.ts';
import type { Recipe } from './recipe/recipe.ts';
import { learningRate } from './schedules.ts';
import { gradientNorms } from './step/gradientNorms.ts';
import type { ShardResult } from './step/shardGradient.ts';
import { averageName, type StateOptions, stateSpecs } from './step/trainingMemory.ts';
import { stateOptions, type TrainingSetup } from './step/trainingSetup.ts';
import { soloTeam, type TeamFactory, type TrainingTeam } from './step/trainingTeam.ts';

/**
 * Work of a team in other threads between two messages: long enough to make messages cheap, short enough for progress.
 */
const planMilliseconds = 200;
/** Steps of the longest plan: tiny networks would otherwise report thousands of steps at once. */
const longestPlan = 256;

/** What a training needs beside its recipe. */
export interface TrainOptions {
  /** Trains in this thread, on one core, unless `team` is given. */
  readonly engine: Engine;
  /** Makes the workers; default: one in this thread. */
  readonly team?: TeamFactory;
  /** What to train and how. */
  readonly recipe: Recipe;
  /** Determines everything that is drawn at random. */
  readonly seed: number;
  /** Samples to learn from. */
  readonly train: Samples;
  /** Samples on which each epoch is measured; default: none. */
  readonly validation?: Samples;
  /** Bytes of the recipe's teachers. */
  readonly teachers?: readonly Uint8Array[];
  /** SHA-256 of the training data; a resumed run must have the same. */
  readonly dataHash: string;
  /** Where to resume; default: from the beginning. */
  readonly resume?: Checkpoint;
  /**
   * Checked after every step, or after every few where workers are in other threads. When it turns true, the run yields
   * a checkpoint and ends as cancelled.
   */
  readonly cancelled?: () => boolean;
  /** Milliseconds on some clock that only goes forward. */
  readonly now: () => number;
  /** Seconds between checkpoints within an epoch; default 60. */
  readonly checkpointSeconds?: number;
}

/**
 * Trains. A run that is cancelled or killed and resumed from its last checkpoint ends in the same weights, bit for bit,
 * as an uninterrupted one. This holds for any number of workers with one thread each (same processor, same engine).
 *
 * @throws {UnsupportedError} before anything is trained, when the reading runtime could not run the network.
 * @throws {DivergenceError} when the loss is not a finite number; the last checkpoint yielded is the last good one.
 *
 * @example
 * ```ts
 * import { train } from 'ductus/learn';
 * import { datasetHash, onnxRuntimeEngine, openDataset, openRecipe } from 'ductus/node';
 * import { limitSamples } from 'ductus/samples';
 *
 * const some = limitSamples(await openDataset('mnist:train'), 300, 1);
 * const recipe = { ...(await openRecipe('quick')), network: 'tiny', epochs: 1, batch: 50 };
 * const engine = await onnxRuntimeEngine();
 * const given = { engine, recipe, seed: 1, train: some, dataHash: datasetHash(some) };
 * const events = train({ ...given, now: () => performance.now() });
 * for await (const event of events) {
 *   if (event.type === 'end') console.log(event.reason, event.log.length); // finished 1
 * }
 * ```
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainingEvent, void, undefined> {
  const { engine, recipe, seed, train: samples, validation, teachers } = options;
  checkReadable(recipeNetwork(recipe));
  const setup: TrainingSetup = {
    recipe,
    seed,
    train: viewOf(samples),
    ...(validation && { validation: viewOf(validation) }),
    ...(teachers && { teachers }),
  };
  const team = await (options.team?.(setup) ?? soloTeam(setup, engine));
  try {
    yield* new TrainingRun(options, team).events();
  } finally {
    await team.dispose();
  }
}

class TrainingRun {
  readonly #options: TrainOptions;
  readonly #state: StateOptions;
  readonly #team: TrainingTeam;
  readonly #stepsPerEpoch: number;
  readonly #best = new Map<string, Float32Array>();
  readonly #parameterNames: readonly string[];
  /** Steps of the next plan. */
  #planLength = 1;
  #progress: TrainingProgress;

  constructor(options: TrainOptions, team: TrainingTeam) {
    const { recipe, seed, dataHash, resume } = options;
    this.#options = options;
    this.#state = stateOptions(recipe);
    this.#team = team;
    this.#stepsPerEpoch = Math.ceil(countOf(options.train) / recipe.batch);
    this.#parameterNames = networkParameters(withoutAuxiliary(this.#state.network)).map(({ name }) => name);
    const { memory } = team;
    if (resume === undefined) {
      for (const [name, values] of initializeNetwork(this.#state.network, seed)) {
        memory.values(name).set(values);
        if (this.#state.averaging) memory.values(averageName(name)).set(values);
      }
    } else {
      for (const [name, values] of resume.state) {
        if (name.startsWith('best/')) this.#best.set(name.slice('best/'.length), values.slice());
        else memory.values(name).set(values);
      }
    }
    this.#progress = resume?.progress ?? firstProgress({ recipe: JSON.stringify(recipe), seed, dataHash });
  }

  async *events(): AsyncGenerator<TrainingEvent, void, undefined> {
    const { recipe, train: samples, validation, resume } = this.#options;
    const { epoch, stepInEpoch } = this.#progress;
    yield {
      type: 'start',
      epochs: recipe.epochs,
      stepsPerEpoch: this.#stepsPerEpoch,
      samples: countOf(samples),
      validationSamples: validation === undefined ? 0 : countOf(validation),
      parameters: networkParameters(this.#state.network).reduce((sum, { shape }) => sum + sizeOf(shape), 0),
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
    const { recipe, now, cancelled, checkpointSeconds = 60 } = this.#options;
    const stepsPerEpoch = this.#stepsPerEpoch;
    const totalSteps = recipe.epochs * stepsPerEpoch;
    const { epoch, stepInEpoch: firstStep } = this.#progress;
    let lastTime = now();
    let lastSave = lastTime;
    let [sittingSamples, sittingStart, rate] = [0, lastTime, 0];

    for (let from = firstStep; from < stepsPerEpoch; ) {
      const to = Math.min(from + this.#planLength, stepsPerEpoch);
      const results = await this.#team.run({ epoch, from, to });
      const time = now();
      const seconds = (time - lastTime) / 1000 / (to - from);
      for (const [index, shards] of results.entries()) {
        const step = from + index;
        const { count, loss, correct } = joined(shards);
        if (!Number.isFinite(loss)) throw this.#divergence(epoch, step, loss);
        rate = learningRate(recipe.schedule, epoch * stepsPerEpoch + step, totalSteps, stepsPerEpoch);
        sittingSamples += count;
        const { lossSum, correctSum, sampleCount, epochSeconds } = this.#progress;
        this.#progress = {
          ...this.#progress,
          stepInEpoch: step + 1,
          lossSum: lossSum + loss * count,
          correctSum: correctSum + correct,
          sampleCount: sampleCount + count,
          epochSeconds: epochSeconds + seconds,
        };
        yield {
          type: 'step',
          epoch: epoch + 1,
          step: step + 1,
          loss: this.#progress.lossSum / this.#progress.sampleCount,
          accuracy: this.#progress.correctSum / this.#progress.sampleCount,
          rate,
          imagesPerSecond: (sittingSamples / (time - sittingStart)) * 1000,
        };
      }
      lastTime = time;
      from = to;
      if (this.#team.distant) {
        this.#planLength = Math.min(longestPlan, Math.max(1, Math.round(planMilliseconds / 1000 / seconds)));
      }
      if (cancelled?.() && to < stepsPerEpoch) return true;
      if (time - lastSave > checkpointSeconds * 1000 && to < stepsPerEpoch) {
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
    const validated = validation && summarise(await this.#team.validate());
    const entry: EpochLog = {
      epoch: epoch + 1,
      loss: lossSum / sampleCount,
      accuracy: correctSum / sampleCount,
      ...(validated && { validationLoss: validated.loss, validationAccuracy: validated.accuracy }),
      gradientNorms: gradientNorms(this.#team.memory, this.#state.network, recipe.batch, this.#lastBatch()),
      rate,
      seconds: this.#progress.epochSeconds + (now() - lastTime) / 1000,
    };
    const best = validated !== undefined && (bestLoss === null || validated.loss < bestLoss);
    if (best && recipe.keep === 'best') {
      for (const [name, values] of this.#shipped()) this.#best.set(name, values.slice());
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

  /** Samples of an epoch's last step. */
  #lastBatch(): number {
    const { recipe, train: samples } = this.#options;
    return countOf(samples) - (this.#stepsPerEpoch - 1) * recipe.batch;
  }

  #end(reason: 'finished' | 'stoppedEarly' | 'cancelled'): TrainingEvent {
    const { log, bestEpoch } = this.#progress;
    const useBest = this.#best.size > 0;
    return {
      type: 'end',
      reason,
      log,
      parameters: useBest ? this.#best : new Map([...this.#shipped()].map(([name, values]) => [name, values.slice()])),
      epoch: useBest ? bestEpoch : log.length,
    };
  }

  /** The weights that would be shipped now, in place, under their parameters' names. */
  #shipped(): Map<string, Float32Array> {
    const { memory } = this.#team;
    const source = (name: string): string => (this.#state.averaging ? averageName(name) : name);
    return new Map(this.#parameterNames.map((name) => [name, memory.values(source(name))]));
  }

  #checkpoint(): Checkpoint {
    const state = new Map<string, Float32Array>();
    for (const { name } of stateSpecs(this.#state)) state.set(name, this.#team.memory.values(name));
    for (const [name, values] of this.#best) state.set(`best/${name}`, values);
    return { progress: this.#progress, state };
  }

  #divergence(epoch: number, step: number, loss: number): DivergenceError {
    return new DivergenceError(
      `training "${this.#options.recipe.name}": the loss became ${loss} at epoch ${epoch + 1}, ` +
        `step ${step + 1} of ${this.#stepsPerEpoch}; try a lower learning rate`,
    );
  }
}

/** Combined results of a step's shards. */
function joined(shards: readonly ShardResult[]): ShardResult {
  let [count, lossSum, correct] = [0, 0, 0];
  for (const shard of shards) {
    count += shard.count;
    lossSum += shard.loss * shard.count;
    correct += shard.correct;
  }
  return { count, loss: lossSum / count, correct };
}
