// A recogniser on the page's own thread, from a model's address: the simplest way in. `workerRecognizer` keeps the
// thread free.
import { createRecognizer, type Recognizer, type RecognizerOptions } from '../../read/floor.ts';
import { fetchModel } from './fetchModel.ts';

/**
 * Fetches a model and reads with it on the calling thread.
 *
 * @param url address of an `.onnx` file.
 * @throws {MissingError} naming the URL, when it cannot be fetched; otherwise as `createRecognizer` does.
 *
 * @example
 * ```ts no-run
 * import { fetchRecognizer, paintPicture, readPictureFile } from 'ductus/browser';
 *
 * const recognizer = await fetchRecognizer('digits.onnx');
 * document.querySelector<HTMLInputElement>('input[type=file]')!.addEventListener('change', async (event) => {
 *   const [file] = (event.target as HTMLInputElement).files!;
 *   const answer = await recognizer.recognize(await readPictureFile(file!));
 *   if (!answer.empty) paintPicture(document.querySelector('canvas')!, answer.framed);
 * });
 * ```
 */
export async function fetchRecognizer(url: string | URL, options: RecognizerOptions = {}): Promise<Recognizer> {
  return createRecognizer(await fetchModel(url), options);
}
