// Loads a model of the page: fetched once, its card read here, its network run by a worker.
import { type ModelCard, modelCardOf, readOnnx } from '../../../../src/onnx/index.ts';
import { fetchModel, workerRecognizer } from '../../../../src/platform/browser/index.ts';
import type { Recognizer } from '../../../../src/read/index.ts';

/** A model that is ready to read. */
export interface LoadedModel {
  readonly recognizer: Recognizer;
  readonly card: ModelCard | undefined;
  /** Size of the model file in bytes. */
  readonly bytes: number;
}

/**
 * Fetches the model and starts its worker; throws what the fetch, the card or the recogniser throws.
 *
 * @param onProgress told how many bytes have come.
 */
export async function loadModel(
  url: string,
  signal: AbortSignal,
  onProgress?: (received: number) => void,
): Promise<LoadedModel> {
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
  return { recognizer, card, bytes: bytes.length };
}
