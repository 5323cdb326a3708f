// Node's Worker and MessagePort as the port that the reading wing knows.
import type { MessagePort, Worker } from 'node:worker_threads';
import type { RecognizerPort } from '../../read/index.ts';

/**
 * The same object under the type that `remoteRecognizer` and `serveRecognizer` take. Only the types differ: Node declares
 * `on` as a list of overloads by event name, which TypeScript does not match with one signature for all names.
 */
export function nodePort(port: Worker | MessagePort): RecognizerPort {
  return port as unknown as RecognizerPort;
}
