// Loads a model of the page: fetched once, its card read here, its network run by a worker.
import { type ModelCard, modelCardOf, readOnnx } from '../../../../src/onnx/floor.ts';
import { fetchModel, workerRecognizer } from '../../../../src/platform/browser/floor.ts';
import type { Recognizer } from '../../../../src/read/floor.ts';
import type { Glosses } from './glosses.ts';
import type { Kind } from './kind.ts';

/** A model that is ready to read. */
export interface LoadedModel {
  readonly recognizer: Recognizer;
  readonly card: ModelCard | undefined;
  /** Size of the model file in bytes. */
  readonly bytes: number;
  /** What is told of its classes; undefined where nothing is, or where it did not come. */
  readonly glosses: Glosses | undefined;
}

/** How a model is loaded. */
export interface LoadOptions {
  /** Fetches what is told of the classes. */
  readonly glosses: Kind['glosses'];
  readonly signal: AbortSignal;
  /** Told how many bytes have come. */
  readonly onProgress?: (received: number) => void;
}

/** Fetches the model and starts its worker; throws what the fetch, the card or the recogniser throws. */
export async function loadModel(url: string, options: LoadOptions): Promise<LoadedModel> {
  const { signal, onProgress } = options;
  // An extra, which a visitor can read without: if it does not come, that is no reason to refuse the model.
  const extra = options.glosses?.().then(
    ({ glosses }) => glosses,
    () => undefined,
  );
  const bytes = await fetchModel(url, signal, onProgress);
  const card = modelCardOf(readOnnx(bytes));
  const recognizer = await workerRecognizer(bytes);
  if (signal.aborted) {
    recognizer.dispose();
    throw signal.reason;
  }
  // One question answered before the first stroke: the compiler's warm-up is not the visitor's to wait for.
  await recognizer.recognize({
    strokes: [
      [
        { x: 0, y: 0 },
        { x: 0, y: 1 },
      ],
    ],
  });
  return { recognizer, card, bytes: bytes.length, glosses: await extra };
}
