// Fetches a model file's bytes for the recognisers of a page. It does not look inside.
import { FormatError, MissingError } from '../../core/floor.ts';

/** Largest model that a page fetches, in bytes: ten times the largest network that Ductus ships. */
export const modelByteLimit = 256 * 2 ** 20;

/**
 * Fetches a whole model file.
 *
 * @param url relative to the page, or absolute.
 * @param signal aborts the download.
 * @param onProgress called after each piece with the number of bytes received; uncompressed bytes, as they are in the
 * file.
 * @throws {MissingError} naming the URL when it cannot be fetched. {FormatError} when it is larger than the limit or a
 * web page.
 *
 * @example
 * ```ts no-run
 * import { createRecognizer } from 'ductus';
 * import { fetchModel } from 'ductus/browser';
 *
 * const bytes = await fetchModel('digits.onnx', undefined, (received) => console.log(`${received} bytes`));
 * const recognizer = createRecognizer(bytes);
 * console.log(recognizer.labels);
 * ```
 */
export async function fetchModel(
  url: string | URL,
  signal?: AbortSignal,
  onProgress?: (received: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(url, signal === undefined ? {} : { signal });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new MissingError(`fetching model ${url}: expected a file, received no answer (is the network up?)`, {
      cause,
    });
  }
  if (!response.ok) {
    throw new MissingError(
      `fetching model ${url}: expected status 200, received ${response.status} ${response.statusText}`,
    );
  }
  // A static server that answers every path with its index page would otherwise look like a broken model.
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    throw new FormatError(`fetching model ${url}: expected an ONNX file, received a web page`);
  }
  const declared = Number(response.headers.get('content-length') ?? 0);
  if (declared > modelByteLimit) {
    throw new FormatError(`fetching model ${url}: expected at most ${modelByteLimit} bytes, received ${declared}`);
  }
  try {
    return await readBody(response, url, onProgress);
  } catch (cause) {
    if (cause instanceof FormatError || signal?.aborted) throw cause;
    throw new MissingError(`fetching model ${url}: the connection broke before the file was whole`, { cause });
  }
}

/** Reads piece by piece, so that a server that understates the length cannot fill the memory. */
async function readBody(
  response: Response,
  url: string | URL,
  onProgress?: (received: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array(0);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > modelByteLimit) {
      await reader.cancel();
      throw new FormatError(`fetching model ${url}: expected at most ${modelByteLimit} bytes, received more`);
    }
    pieces.push(value);
    onProgress?.(size);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
