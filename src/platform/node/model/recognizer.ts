// Opens a recogniser from a model's name or file: in this thread or in a worker thread.
import { Worker } from 'node:worker_threads';
import { createRecognizer, type Recognizer, type RecognizerOptions, remoteRecognizer } from '../../../read/floor.ts';
import { workerFile } from '../files/workers.ts';
import { type LoadedModel, loadModel, naming } from './modelFile.ts';

/** Name of a shipped model, path of a model file, or a model already loaded; a list of them is a committee. */
export type ModelSource = string | LoadedModel | readonly (string | LoadedModel)[];

/**
 * Opens a recogniser that runs in this thread.
 *
 * @param source one model, or several that decide together; default: the shipped `digits`.
 * @param options what a model without a card needs, or what overrides a card.
 * @throws {UsageError} when there is no such model, or an option is missing or does not fit.
 * @throws {FormatError} naming the file, when it is damaged.
 * @throws {UnsupportedError} naming the operator that the runtime cannot run.
 *
 * @example
 * ```ts
 * import { openRecognizer, readPicture } from 'ductus/node';
 *
 * const recognizer = await openRecognizer('digits');
 * const answer = await recognizer.recognize(await readPicture('examples/pictures/three.png'));
 * if (!answer.empty) console.log(answer.label, answer.alternatives.length); // 3 10
 * recognizer.dispose();
 * ```
 */
export async function openRecognizer(source?: ModelSource, options: RecognizerOptions = {}): Promise<Recognizer> {
  const models = await loadModels(source);
  const [only] = models;
  // An error in one of several models names the member; the paths would not say which.
  if (models.length === 1) return naming(only!.path, () => createRecognizer(only!.model, options));
  return createRecognizer(
    models.map(({ model }) => model),
    options,
  );
}

/**
 * Opens the same recogniser in a worker thread, so that this thread stays free; `dispose` ends the thread.
 *
 * The thread keeps the process alive only while an answer is awaited, so that a forgotten `dispose` does not hang it.
 *
 * @throws as {@link openRecognizer}.
 *
 * @example
 * ```ts
 * import { openWorkerRecognizer, readPicture } from 'ductus/node';
 *
 * // Reads in a thread of its own; the caller's stays free.
 * const recognizer = await openWorkerRecognizer('digits');
 * const answer = await recognizer.recognize(await readPicture('examples/pictures/five.png'));
 * if (!answer.empty) console.log(answer.label); // 5
 * recognizer.dispose();
 * ```
 */
export async function openWorkerRecognizer(source?: ModelSource, options: RecognizerOptions = {}): Promise<Recognizer> {
  const models = await loadModels(source);
  const { url, options: workerOptions } = workerFile('./recognizerWorker', import.meta.url);
  const worker = new Worker(url, workerOptions);
  try {
    const remote = await remoteRecognizer(
      worker,
      models.map(({ bytes }) => bytes),
      options,
    );
    let waiting = 0;
    /** Keeps the process alive while an answer is awaited, and only then. */
    const held = async <T>(ask: () => Promise<T>): Promise<T> => {
      if (waiting++ === 0) worker.ref();
      try {
        return await ask();
      } finally {
        if (--waiting === 0) worker.unref();
      }
    };
    worker.unref();
    return {
      labels: remote.labels,
      recognize: (input, choice) => held(() => remote.recognize(input, choice)),
      recognizeAll: (inputs, choice) => held(() => remote.recognizeAll(inputs, choice)),
      recognizeFramed: (pictures, choice) => held(() => remote.recognizeFramed(pictures, choice)),
      dispose() {
        remote.dispose();
        void worker.terminate();
      },
    };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

/** Reads the models of a source; one that is loaded already is taken as it is. */
export function loadModels(source?: ModelSource): Promise<LoadedModel[]> {
  const sources: readonly (string | LoadedModel | undefined)[] = isList(source) ? source : [source];
  return Promise.all(sources.map((each) => (typeof each === 'object' ? each : loadModel(each))));
}

function isList(source: ModelSource | undefined): source is readonly (string | LoadedModel)[] {
  return Array.isArray(source);
}
