// A training as files: recipe and data in, and in one folder the checkpoint, the log, the curve and the finished model.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DivergenceError, FormatError, MissingError, UsageError } from '../../../core/floor.ts';
import { networkToModel, type TensorBuffer } from '../../../engine/floor.ts';
import {
  type Checkpoint,
  checkReadable,
  type EpochLog,
  type EvaluationResult,
  Evaluator,
  fittedRecipe,
  type Recipe,
  readCheckpoint,
  recipeNetwork,
  stateOptions,
  stateSpecs,
  type TrainingEvent,
  train,
  writeCheckpoint,
} from '../../../learn/floor.ts';
import { writeOnnx } from '../../../onnx/floor.ts';
import { viewOf } from '../../../samples/floor.ts';
import { trainingCurves } from '../charts/trainingCurves.ts';
import { onnxRuntimeEngine } from '../engine/onnxRuntime.ts';
import { threadTeam } from '../engine/threadTeam.ts';
import { readFileBounded, writeFileAtomic } from '../files/files.ts';
import { calibratedTemperature } from './calibratedTemperature.ts';
import type { CapturingEvent } from './captures/capturedSamples.ts';
import type { RedrawingEvent } from './captures/redrawnSamples.ts';
import { forgetPreparedData, openDividedData, type PreparedData, prepareData } from './data/preparedData.ts';
import { openTestSets, together, withEmpty } from './data/testSets.ts';
import { countsBySet } from './data/trainingData.ts';
import { openTeachers } from './openTeachers.ts';
import { runCard, taughtBy } from './runCard.ts';

/** Largest checkpoint that is read: the largest network that trains on a small machine has far fewer weights. */
const maxCheckpointBytes = 4 * 1024 ** 3;

/** Options of a training. */
export interface TrainingRunOptions {
  /** The network, its data and its training. */
  readonly recipe: Recipe;
  /** Decides every random draw. */
  readonly seed: number;
  /** Folder that receives everything; made when it is not there. */
  readonly folder: string;
  /** Continue from the folder's checkpoint. Otherwise a folder with a checkpoint is refused, so that no run is lost. */
  readonly resume: boolean;
  /** Command line that reproduces the run, for the model card. */
  readonly command: string;
  /** Cores to train on; default: all. */
  readonly threads?: number;
  /**
   * Decides which samples are held back, and how samples are captured and drawn anew; default: the seed. Members of a
   * committee share one.
   */
  readonly splitSeed?: number;
  /**
   * Data prepared before, for this recipe and split seed; its maker removes what is kept of it. Default: prepared here.
   */
  readonly prepared?: PreparedData;
  /** Checked often; when it turns true, the run keeps a checkpoint and ends. */
  readonly cancelled?: () => boolean;
}

/** The result on one test set. */
export interface TestFigure {
  /** Its name in the recipe. */
  readonly name: string;
  readonly result: EvaluationResult;
}

/** Last event of a run; the model of a finished one is written. */
export interface FinishedEvent {
  readonly type: 'finished';
  /** Absent when the run was cancelled. */
  readonly model?: string;
  readonly validation?: EvaluationResult;
  readonly test?: EvaluationResult;
  /** Each test set separately, where there are several; `test` is all of them together. */
  readonly tests?: readonly TestFigure[];
  readonly seconds: number;
}

/**
 * Any event of a run. The order is: {@link CapturingEvent}s for captures, {@link RedrawingEvent}s for strokes, the
 * trainer's, the run's own last one.
 */
export type TrainingRunEvent = CapturingEvent | RedrawingEvent | TrainingEvent | FinishedEvent;

/** Names of the files in a run's folder. */
export const runFiles = {
  checkpoint: 'checkpoint.onnx',
  log: 'log.ndjson',
  curve: 'curve.svg',
  model: 'model.onnx',
} as const;

/**
 * Runs a recipe and keeps its files up to date; yields the trainer's events, then one of its own.
 *
 * @throws {UnsupportedError} when the reading runtime could not run the recipe's network.
 * @throws {UsageError} when the folder holds a run and `resume` is not set, or holds another run.
 *
 * @example
 * ```ts
 * import { mkdtemp, rm } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { openDataset, openRecipe, runTraining, writeFileAtomic } from 'ductus/node';
 * import { formatIdx } from 'ductus/samples';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'ductus-'));
 * const { images, targets } = await openDataset('mnist:train');
 * const file = (name: string) => join(folder, name);
 * const some = { images: images.slice(0, 200 * 784), labels: Uint8Array.from(targets.subarray(0, 200)) };
 * await writeFileAtomic(file('a-images.idx3'), formatIdx({ type: 'uint8', shape: [200, 28, 28], data: some.images }));
 * await writeFileAtomic(file('a-labels.idx1'), formatIdx({ type: 'uint8', shape: [200], data: some.labels }));
 * const data = { train: file('a-images.idx3'), validation: 50 };
 * const recipe = { ...(await openRecipe('quick')), network: 'tiny', epochs: 1, batch: 50, data };
 * const options = { recipe, seed: 1, folder: file('run'), resume: false, command: 'mine', threads: 1 };
 * for await (const event of runTraining(options)) {
 *   if (event.type === 'finished') console.log(event.validation?.count); // 50
 * }
 * await rm(folder, { recursive: true });
 * ```
 */
export async function* runTraining(options: TrainingRunOptions): AsyncGenerator<TrainingRunEvent, void, undefined> {
  const { seed, folder } = options;
  const file = (name: keyof typeof runFiles): string => join(folder, runFiles[name]);

  // Checked before data is opened, which may take minutes.
  checkReadable(recipeNetwork(options.recipe));
  const splitSeed = options.splitSeed ?? seed;
  const divided = options.prepared ?? (await openDividedData(options.recipe, splitSeed));
  const { data, dataHash, held } = divided;
  const { dataset } = viewOf(data.samples);
  const recipe = fittedRecipe(options.recipe, dataset);
  const specs = stateSpecs(stateOptions(recipe));
  const shapes = new Map(specs.map(({ name, shape }) => [name, shape]));
  for (const { name, shape } of specs) shapes.set(`best/${name}`, shape);
  const resume = await findCheckpoint({ ...options, recipe }, file('checkpoint'), dataHash);
  const teachers = await openTeachers(recipe, dataset);
  await mkdir(folder, { recursive: true });
  const prepared = options.prepared ?? (yield* prepareData(divided, { ...options, recipe, seed: splitSeed }));
  if (prepared === undefined) {
    yield { type: 'finished', seconds: 0 };
    return;
  }
  const { train: training, validation } = prepared;
  const engine = await onnxRuntimeEngine();

  const events = train({
    engine,
    team: (setup) => threadTeam(setup, options.threads),
    recipe,
    seed,
    train: training,
    ...(validation && { validation }),
    dataHash,
    teachers: teachers.map(({ bytes }) => bytes),
    ...(resume && { resume }),
    ...(options.cancelled && { cancelled: options.cancelled }),
    now: () => performance.now(),
  });
  let saved = resume?.progress;
  try {
    for await (const event of events) {
      if (event.type === 'checkpoint') {
        const { progress } = event.checkpoint;
        await writeFileAtomic(file('checkpoint'), writeCheckpoint(event.checkpoint, shapes));
        if (progress.log.length !== saved?.log.length) await writeLog(progress.log, file('log'), file('curve'));
        saved = progress;
      }
      yield event;
      if (event.type !== 'end') continue;
      const seconds = event.log.reduce((sum, epoch) => sum + epoch.seconds, 0);
      if (event.reason === 'cancelled') yield { type: 'finished', seconds };
      else yield await finish(event.parameters, seconds);
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    const where =
      saved === undefined
        ? 'no checkpoint was written before it'
        : `the last good checkpoint is ${file('checkpoint')}, of epoch ${saved.epoch + 1}, step ${saved.stepInEpoch}`;
    throw new DivergenceError(`${error.message}; ${where}`, { cause: error });
  }

  /** Measures the finished weights and writes the model. */
  async function finish(parameters: ReadonlyMap<string, Float32Array>, seconds: number): Promise<FinishedEvent> {
    const judge = await Evaluator.compile(engine, recipeNetwork(recipe), undefined, options.threads);
    try {
      const weights: Record<string, TensorBuffer> = {};
      for (const [name, data] of parameters) weights[name] = { type: 'float32', shape: shapes.get(name)!, data };
      // Hash of the held back samples without captures: everybody can open and measure these again.
      const validated = held.validation && (await judge.evaluate(held.validation, weights));
      const temperature = validation && (await calibratedTemperature(judge, validation, weights));
      // The only measurement on test sets: after every choice.
      const tests: TestFigure[] = [];
      for await (const { name, samples, empty } of openTestSets(recipe.data, dataset.labels)) {
        tests.push({ name, result: withEmpty(await judge.evaluate(samples, weights), empty) });
      }
      const tested = tests.length === 0 ? undefined : together(tests.map(({ result }) => result));
      const figures = { seconds, temperature, validation: validated, tests };
      const counts = countsBySet(data, held.train);
      const sets = data.sets.map((set, index) => ({ ...set, count: counts[index]! }));
      const card = runCard(options, dataset, { data: sets, ...taughtBy(teachers) }, engine.description, figures);
      await writeFileAtomic(file('model'), writeOnnx(networkToModel(recipeNetwork(recipe), parameters, card)));
      if (options.prepared === undefined) await forgetPreparedData(folder);
      return {
        type: 'finished',
        model: file('model'),
        ...(validated && { validation: validated }),
        ...(tested && { test: tested }),
        ...(tests.length > 1 && { tests }),
        seconds,
      };
    } finally {
      await judge.dispose();
    }
  }
}

async function writeLog(log: readonly EpochLog[], logFile: string, curveFile: string): Promise<void> {
  await writeFileAtomic(logFile, `${log.map((epoch) => JSON.stringify(epoch)).join('\n')}\n`);
  try {
    await writeFileAtomic(curveFile, await trainingCurves(log));
  } catch (error) {
    // The curve is the only file here that a training can do without.
    if (!(error instanceof MissingError)) throw error;
  }
}

async function findCheckpoint(
  options: TrainingRunOptions,
  path: string,
  dataHash: string,
): Promise<Checkpoint | undefined> {
  if (!existsSync(path)) return undefined;
  if (!options.resume) {
    throw new UsageError(
      `${options.folder} holds a run already; go on with --resume, or choose another folder with --out`,
    );
  }
  const bytes = await readFileBounded(path, maxCheckpointBytes);
  const checkpoint = readCheckpoint(bytes, stateSpecs(stateOptions(options.recipe)), path);
  const { recipe, seed, dataHash: trained } = checkpoint.progress;
  const same = recipe === JSON.stringify(options.recipe);
  if (!same || seed !== options.seed) {
    throw new UsageError(
      `${path} is of another run: ${same ? `seed ${seed}, not ${options.seed}` : 'its recipe differs'}`,
    );
  }
  if (trained !== dataHash) {
    throw new FormatError(`${path}: expected training data with SHA-256 ${trained}, found ${dataHash}`);
  }
  return checkpoint;
}
