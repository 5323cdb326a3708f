// A recogniser on the page's own thread, from a model's address: the simplest way in. `workerRecognizer` keeps the thread free.
import { createRecognizer, type Recognizer, type RecognizerOptions } from '../../read/floor.ts';
import { fetchModel } from './fetchModel.ts';

/**
 * Fetches a model and reads with it on the calling thread.
 *
 * @param url address of an `.onnx` file.
 * @throws {MissingError} naming the URL, when it cannot be fetched; else as `createRecognizer` does.
 */
export async function fetchRecognizer(url: string | URL, options: RecognizerOptions = {}): Promise<Recognizer> {
  return createRecognizer(await fetchModel(url), options);
}
