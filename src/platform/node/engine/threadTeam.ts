// A training team whose workers are threads, one per core, so that a whole step runs on all cores.
// A single worker has its own thread, too: ONNX Runtime computes in the calling thread, so two trainings of one
// worker each would take turns on one core if they ran in the thread that started them.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
  type BatchScore,
  barrierMemory,
  batchLayout,
  type ShardResult,
  type StepPlan,
  shardsOf,
  stateOptions,
  TrainingMemory,
  type TrainingSetup,
  type TrainingTeam,
} from '../../../learn/floor.ts';
import { datasetSharer } from '../data/datasetSharer.ts';
import { workerFile } from '../files/workers.ts';

/**
 * Room for new objects in each thread. Few of a worker's objects last. By default V8 lets this room grow to 48 MB over
 * thousands of steps. With 6 MB memory stays level from the first steps, and training is no slower.
 */
const maxYoungGenerationSizeMb = 6;

/** What a thread is started with. */
export interface ThreadData {
  readonly setup: TrainingSetup;
  readonly index: number;
  readonly count: number;
  readonly threads: number;
  readonly memory: TrainingMemory['memory'];
  readonly barrier: SharedArrayBuffer;
}

/** A request to a thread. */
export type ThreadRequest =
  | { readonly type: 'run'; readonly plan: StepPlan }
  | { readonly type: 'validate' }
  | { readonly type: 'dispose' };

/** Its answer. */
export type ThreadReply = { readonly result: unknown } | { readonly error: unknown };

/**
 * A team for a training: one thread per allowed core, but at most one per shard.
 *
 * @param threads cores to use; default: all.
 *
 * @example
 * ```ts no-run
 * import { train, type TrainOptions } from 'ductus/learn';
 * import { threadTeam } from 'ductus/node';
 *
 * // Trains on two cores; see `train` for the options.
 * export const trainOnTwo = (options: TrainOptions) => train({ ...options, team: (setup) => threadTeam(setup, 2) });
 * ```
 */
export async function threadTeam(
  setup: TrainingSetup,
  threads: number = availableParallelism(),
): Promise<TrainingTeam> {
  const shards = shardsOf(setup.recipe);
  const count = Math.min(threads, shards);
  const memory = new TrainingMemory(stateOptions(setup.recipe), batchLayout(setup.recipe));
  const { train, validation } = setup;
  const shareDataset = datasetSharer();
  const shared: TrainingSetup = {
    ...setup,
    train: shareDataset(train),
    ...(validation && { validation: shareDataset(validation) }),
  };
  const common = { setup: shared, count, threads: Math.floor(threads / count), memory: memory.memory };
  const barrier = barrierMemory();
  const workers = Array.from({ length: count }, (_, index) => new Thread({ ...common, index, barrier }));
  const askAll = async (request: ThreadRequest): Promise<unknown[]> => {
    const answers = await Promise.allSettled(workers.map((worker) => worker.ask(request)));
    // The first to fail breaks the barrier, so the others fail too; their errors say less.
    const errors = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Error] : []));
    const cause = errors.find(({ message }) => !message.startsWith('another thread')) ?? errors[0];
    if (cause !== undefined) throw cause;
    return answers.map((answer) => (answer as PromiseFulfilledResult<unknown>).value);
  };
  return {
    memory,
    distant: true,
    async run(plan) {
      const results = (await askAll({ type: 'run', plan })) as ShardResult[][][];
      return results[0]!.map((_, step) => shardOrder(results.map((worker) => worker[step]!)));
    },
    async validate() {
      return ((await askAll({ type: 'validate' })) as BatchScore[][]).flat();
    },
    async dispose() {
      await Promise.allSettled(workers.map((worker) => worker.end()));
    },
  };
}

/**
 * Worker w has shards w, w + count, ...; this restores the order of the shards, so that sums do not depend on the
 * count.
 */
function shardOrder(workers: readonly (readonly ShardResult[])[]): ShardResult[] {
  const longest = Math.max(...workers.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => workers.flatMap((worker) => worker[turn] ?? [])).flat();
}

/** A worker thread that answers one request at a time. */
class Thread {
  readonly #worker: Worker;
  #settle: { resolve: (result: unknown) => void; reject: (error: unknown) => void } | undefined;
  #failed: Error | undefined;

  constructor(data: ThreadData) {
    const { url, options } = workerFile('./trainingThread', import.meta.url);
    this.#worker = new Worker(url, { ...options, workerData: data, resourceLimits: { maxYoungGenerationSizeMb } });
    this.#worker.on('message', (reply: ThreadReply) => {
      if ('error' in reply) this.#settle?.reject(reply.error);
      else this.#settle?.resolve(reply.result);
    });
    this.#worker.on('error', (error: Error) => {
      this.#failed = error;
      this.#settle?.reject(error);
    });
    this.#worker.on('exit', (code) => {
      this.#failed ??= new Error(`a training thread ended with code ${code}`);
      this.#settle?.reject(this.#failed);
    });
  }

  ask(request: ThreadRequest): Promise<unknown> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#worker.postMessage(request);
    });
  }

  /** Lets the thread free its resources, then ends it. */
  async end(): Promise<void> {
    if (this.#failed === undefined) await this.ask({ type: 'dispose' });
    await this.#worker.terminate();
  }
}
