// The half of the worker twin that runs inside the worker: holds a recogniser and answers requests in their order.
import { UsageError } from '../../core/floor.ts';
import { createRecognizer } from './createRecognizer.ts';
import {
  type Answer,
  type AnswerMessage,
  messageOf,
  packError,
  protocol,
  type Request,
  type RequestMessage,
} from './messages.ts';
import { listenTo, type RecognizerPort } from './port.ts';
import type { Recognition, Recognizer } from './recognition.ts';

/**
 * Serves one recogniser over a port; call it once in the worker, with the worker's scope or its parent port.
 *
 * The model comes with the first message of `remoteRecognizer`; after its `dispose` the port is let go.
 */
export function serveRecognizer(port: RecognizerPort): void {
  let recognizer: Recognizer | undefined;

  async function answer(request: Request): Promise<Answer> {
    if (request.method === 'open') {
      recognizer?.dispose();
      recognizer = createRecognizer(request.models, request.options);
      return recognizer.labels;
    }
    if (request.method === 'dispose') {
      recognizer?.dispose();
      stop();
      return null;
    }
    if (recognizer === undefined) throw new UsageError('recognizer worker: expected a model first, received a picture');
    return request.method === 'recognizeAll'
      ? recognizer.recognizeAll(request.inputs, request.choice)
      : recognizer.recognizeFramed(request.pictures, request.choice);
  }

  const stop = listenTo(port, {
    message(data) {
      const message = messageOf<RequestMessage>(data);
      if (message === undefined) return;
      const { id, request } = message;
      answer(request).then(
        (value) => send({ protocol, id, answer: value }, buffersOf(value)),
        (error: unknown) => send({ protocol, id, error: packError(error) }, []),
      );
    },
    failure() {
      recognizer?.dispose();
    },
  });

  function send(message: AnswerMessage, transfer: ArrayBuffer[]): void {
    port.postMessage(message, transfer);
  }
}

/** The buffers of answers, each of its own, so that they are handed over instead of copied. */
function buffersOf(answer: Answer): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const item of answer ?? []) {
    if (typeof item === 'string' || (item as Recognition).empty) continue;
    const { probabilities, framed } = item as Exclude<Recognition, { empty: true }>;
    for (const { buffer } of [probabilities, framed.pixels]) if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  }
  return [...buffers];
}
