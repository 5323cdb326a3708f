// A recogniser in a Web Worker: the page's own thread stays free for the pen. `fetchRecognizer` uses the page's thread.
import { type Recognizer, type RecognizerOptions, type RecognizerPort, remoteRecognizer } from '../../read/floor.ts';
import { fetchModel } from './fetchModel.ts';

/** How the worker is started and the model is read. */
export interface WorkerRecognizerOptions extends RecognizerOptions {
  /**
   * Starts the worker, for a page whose bundler or security policy must do so; the script must call
   * `serveRecognizer(self)`. Default: the worker file of this package, which bundlers find by its URL.
   */
  readonly startWorker?: () => Worker;
}

/** Address of an `.onnx` file, or its bytes. */
type ModelAddress = string | URL | Uint8Array;

/**
 * A recogniser that runs in a worker of its own; `dispose` ends the worker.
 *
 * @param model address of an `.onnx` file, or its bytes, which are copied; a list of them is a committee, in one
 * worker.
 * @throws {MissingError} naming the URL, when it cannot be fetched; otherwise (rejects) as `createRecognizer` does.
 */
export async function workerRecognizer(
  model: ModelAddress | readonly ModelAddress[],
  options: WorkerRecognizerOptions = {},
): Promise<Recognizer> {
  const { startWorker = startOwnWorker, ...rest } = options;
  const models = isList(model) ? model : [model];
  const bytes = await Promise.all(models.map((each) => (each instanceof Uint8Array ? each : fetchModel(each))));
  const worker = startWorker();
  try {
    // The DOM's overloaded declaration of `addEventListener` does not show that a Worker is such a port; it is.
    const remote = await remoteRecognizer(worker as unknown as RecognizerPort, bytes, rest);
    return {
      labels: remote.labels,
      recognize: (input, choice) => remote.recognize(input, choice),
      recognizeAll: (inputs, choice) => remote.recognizeAll(inputs, choice),
      recognizeFramed: (pictures, choice) => remote.recognizeFramed(pictures, choice),
      dispose() {
        remote.dispose();
        worker.terminate();
      },
    };
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

function isList(model: ModelAddress | readonly ModelAddress[]): model is readonly ModelAddress[] {
  return Array.isArray(model);
}

function startOwnWorker(): Worker {
  // The ending is that of the built file, since compiling does not touch URLs; Vite finds the source under this name
  // too.
  return new Worker(new URL('./recognizerWorker.js', import.meta.url), { type: 'module', name: 'ductus' });
}
