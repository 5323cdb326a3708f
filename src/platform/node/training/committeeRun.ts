// The training of a committee as files: one folder per member, and in the end one model with all of them.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../core/floor.ts';
import { type CommitteeRecipe, type EvaluationResult, fitTemperature, type Recipe } from '../../../learn/floor.ts';
import { type CardFigure, committeeCard, mergeModels, type OnnxModel, writeOnnx } from '../../../onnx/floor.ts';
import { createRecognizer } from '../../../read/floor.ts';
import { countOf, materialize, picturesOf, type Samples, targetsOf, viewOf } from '../../../samples/floor.ts';
import { writeFileAtomic } from '../files/files.ts';
import { loadModel } from '../model/modelFile.ts';
import { holdBack } from './data/holdBack.ts';
import { forgetPreparedData, openDividedData, type PreparedData, prepareData } from './data/preparedData.ts';
import { openTestSets, together, withEmpty } from './data/testSets.ts';
import { openTrainingData } from './data/trainingData.ts';
import { openRecipe } from './recipes.ts';
import { runFiles, runTraining, type TestFigure, type TrainingRunEvent } from './trainingRun.ts';

/** Options of a committee's training. */
export interface CommitteeRunOptions {
  /** Members and rule. */
  readonly recipe: CommitteeRecipe;
  /** Seed of the first member; each further member's is one higher. */
  readonly seed: number;
  /** Folder that receives everything; one folder `member-<n>` per member. */
  readonly folder: string;
  /** Continue where the last run stopped: finished members are kept, an unfinished one is resumed. */
  readonly resume: boolean;
  /** Command line that reproduces the run, for the model card. */
  readonly command: string;
  /** Cores to train on; default: all. They limit the number of members that train at a time. */
  readonly threads?: number;
  /** Checked often; when it turns true, the run keeps a checkpoint and ends. */
  readonly cancelled?: () => boolean;
}

/** An event of a committee's training. */
export type CommitteeEvent =
  /** An event of one member; members count from 1. */
  | {
      readonly type: 'member';
      readonly member: number;
      readonly members: number;
      readonly event: TrainingRunEvent;
    }
  /** A member that an earlier run finished. */
  | { readonly type: 'kept'; readonly member: number; readonly members: number; readonly model: string }
  /** All are trained and in one file; absent `model`: cancelled. */
  | {
      readonly type: 'committee';
      readonly model?: string;
      readonly validation?: EvaluationResult;
      readonly test?: EvaluationResult;
    };

/**
 * Trains a committee's members one by one, or several at a time where there are cores, and merges them.
 *
 * All members hold back the same samples for validation (the committee's seed decides), so its temperature is fitted on
 * samples that none has seen. They share captures and drawings, which are made once; each member distorts them anew.
 * The test set is read once more, for the vote, when everything is decided.
 *
 * @throws {UsageError} when the members' recipes do not name the same data, or the folder holds members and `resume` is
 * not set.
 *
 * @example
 * ```ts no-run
 * import { runCommittee } from 'ductus/node';
 *
 * const recipe = { name: 'five', description: 'Five networks that vote.', members: ['quick'], count: 5 };
 * for await (const event of runCommittee({ recipe, seed: 1, folder: 'runs/five', resume: false, command: 'mine' })) {
 *   if (event.type === 'committee') console.log(event.model);
 * }
 * ```
 */
export async function* runCommittee(options: CommitteeRunOptions): AsyncGenerator<CommitteeEvent, void, undefined> {
  const { recipe, seed, folder, resume, command, cancelled } = options;
  const count = recipe.count ?? recipe.members.length;
  const recipes = await Promise.all(recipe.members.map(openRecipe));
  checkSameData(recipe, recipes);
  const threads = options.threads ?? availableParallelism();
  // Two members on a core each are 4 to 6 % faster than one after the other on both (`npm run bench -- members`): they
  // never wait for each other. With more cores than members, each takes several; so do the last ones when fewer are
  // left than cores. The result is the same on any number of cores.
  const folderOf = (member: number): string => join(folder, `member-${member}`);
  const models = Array.from({ length: count }, (_, index) => join(folderOf(index + 1), runFiles.model));

  const untrained = models.filter((model) => !existsSync(model)).length;
  const atATime = Math.max(1, Math.min(threads, untrained));
  const last = untrained % atATime;
  const waiting: AsyncGenerator<CommitteeEvent, void, undefined>[] = [];
  const preparedByKey = new Map<string, PreparedData>();
  for (const [index, model] of models.entries()) {
    const member = index + 1;
    if (existsSync(model)) {
      if (!resume)
        throw new UsageError(
          `${folder} holds a committee already; go on with --resume, or choose another folder with --out`,
        );
      yield { type: 'kept', member, members: count, model };
      continue;
    }
    const memberRecipe = recipes[index % recipes.length]!;
    // Members with the same preparation share the data, made once in the folder of the first of them.
    const key = JSON.stringify([memberRecipe.captures, memberRecipe.strokes]);
    const maker = recipes.findIndex(({ captures, strokes }) => JSON.stringify([captures, strokes]) === key) + 1;
    let prepared = preparedByKey.get(key);
    if (prepared === undefined) {
      const making = prepareData(await openDividedData(memberRecipe, seed), {
        ...{ recipe: memberRecipe, seed, folder: folderOf(maker), threads },
        ...(cancelled && { cancelled }),
      });
      prepared = yield* told(making, maker, count);
      if (prepared === undefined) break;
      preparedByKey.set(key, prepared);
    }
    const events = runTraining({
      recipe: memberRecipe,
      seed: seed + index,
      splitSeed: seed,
      prepared,
      folder: folderOf(member),
      resume,
      command: `${command} (member ${member})`,
      threads: Math.floor(threads / (waiting.length < untrained - last ? atATime : last)),
      ...(cancelled && { cancelled }),
    });
    waiting.push(told(events, member, count));
  }
  yield* several(waiting, atATime, () => cancelled?.() === true);
  if (!models.every((model) => existsSync(model))) {
    yield { type: 'committee' };
    return;
  }
  yield await joined(options, recipes[0]!, models);
  for (let member = 1; member <= count; member++) await forgetPreparedData(folderOf(member));
}

/** A member's events, as the committee's events; returns what the member returns. */
async function* told<T>(
  events: AsyncGenerator<TrainingRunEvent, T, undefined>,
  member: number,
  members: number,
): AsyncGenerator<CommitteeEvent, T, undefined> {
  for (;;) {
    const { done, value } = await events.next();
    if (done) return value;
    yield { type: 'member', member, members, event: value };
  }
}

/** Runs some generators at a time, the next when one has ended, and yields what any of them yields. */
async function* several<T>(
  waiting: readonly AsyncGenerator<T, void, undefined>[],
  atATime: number,
  cancelled: () => boolean,
): AsyncGenerator<T, void, undefined> {
  const queue = [...waiting];
  const running = new Map<AsyncGenerator<T>, Promise<{ source: AsyncGenerator<T>; result: IteratorResult<T> }>>();
  const advance = (source: AsyncGenerator<T>): void => {
    running.set(
      source,
      source.next().then((result) => ({ source, result })),
    );
  };
  for (;;) {
    while (running.size < atATime && queue.length > 0 && !cancelled()) advance(queue.shift()!);
    if (running.size === 0) return;
    const { source, result } = await Promise.race(running.values());
    if (result.done) running.delete(source);
    else {
      yield result.value;
      advance(source);
    }
  }
}

/** Merges the trained members, fits the committee's temperature, and measures the vote. */
async function joined(
  { recipe, seed, folder, command }: CommitteeRunOptions,
  member: Recipe,
  files: readonly string[],
): Promise<CommitteeEvent> {
  const members = await Promise.all(files.map(async (file) => (await loadModel(file)).model));
  const { name, description, rule = 'votes' } = recipe;
  const data = await openTrainingData(member.data);
  const { name: dataName, labels } = viewOf(data.samples).dataset;
  const { validation } = holdBack(data, member.data, seed);
  const unfitted = committeeCard(members, { name, description, rule });
  let temperature = 1;
  if (validation !== undefined) {
    const { logProbabilities } = await answersOf(mergeModels(members, unfitted), validation);
    temperature = fitTemperature(logProbabilities, targetsOf(validation), labels.length).temperature;
  }
  const fitted = committeeCard(members, { name, description, rule, temperature });
  const merged = mergeModels(members, fitted);
  const validated = validation && (await answersOf(merged, validation)).result;
  const tests: TestFigure[] = [];
  for await (const { name: test, samples: pictures, empty } of openTestSets(member.data, labels)) {
    tests.push({ name: test, result: withEmpty((await answersOf(merged, pictures)).result, empty) });
  }
  const tested = tests.length === 0 ? undefined : together(tests.map(({ result }) => result));
  const figure = (of: string, { count, accuracy, loss }: EvaluationResult): CardFigure => ({
    data: of,
    count,
    accuracy,
    loss,
  });
  const { training } = (await loadModel(files[0]!)).card!;
  const card = {
    ...fitted,
    // With the members' data, from which the held back part can be reproduced.
    ...(training && { training: { ...training, command, recipe: { ...recipe, data: member.data }, seed } }),
    ...(validated && { validation: figure(`${dataName}, ${validated.count} held back`, validated) }),
    ...(tests.length > 0 && { test: tests.map(({ name: test, result }) => figure(test, result)) }),
  };
  const model = join(folder, runFiles.model);
  await writeFileAtomic(model, writeOnnx(mergeModels(members, card)));
  return { type: 'committee', model, ...(validated && { validation: validated }), ...(tested && { test: tested }) };
}

/** A committee's answers to framed pictures, and their accuracy. */
async function answersOf(
  model: OnnxModel,
  samples: Samples,
): Promise<{ readonly logProbabilities: Float64Array; readonly result: EvaluationResult }> {
  const recognizer = createRecognizer(model);
  try {
    const answers = await recognizer.recognizeFramed(picturesOf(materialize(samples)).pictures);
    const targets = targetsOf(samples);
    const { labels } = recognizer;
    const logProbabilities = new Float64Array(answers.length * labels.length);
    let [correct, loss] = [0, 0];
    for (const [index, { label, probabilities }] of answers.entries()) {
      for (const [c, probability] of probabilities.entries()) {
        // The smallest positive float32: the logarithm of an underflowed probability is not minus infinity.
        logProbabilities[index * labels.length + c] = Math.log(Math.max(probability, 2 ** -149));
      }
      if (label === labels[targets[index]!]) correct++;
      loss -= logProbabilities[index * labels.length + targets[index]!]!;
    }
    const count = countOf(samples);
    return { logProbabilities, result: { count, correct, accuracy: correct / count, loss: loss / count } };
  } finally {
    recognizer.dispose();
  }
}

function checkSameData(recipe: CommitteeRecipe, recipes: readonly Recipe[]): void {
  const [first] = recipes as [Recipe];
  for (const [index, { data }] of recipes.entries()) {
    if (JSON.stringify(data) !== JSON.stringify(first.data)) {
      throw new UsageError(
        `committee recipe "${recipe.name}", member recipe "${recipe.members[index]}": expected the data of the first member's, received others`,
      );
    }
  }
}
