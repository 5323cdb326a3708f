// The half of the worker twin that the page holds: the same interface as the direct recogniser, each call a message to
// `serveRecognizer` on the other side of a port.
import { DuctusError, UsageError } from '../../core/floor.ts';
import type { Picture } from '../../picture/floor.ts';
import type { RecognizeOptions } from './allowedClasses.ts';
import { checkFramed, checkInputs } from './checkInputs.ts';
import {
  type Answer,
  type AnswerMessage,
  inputBuffers,
  messageOf,
  ownInput,
  ownPicture,
  protocol,
  type Request,
  unpackError,
} from './messages.ts';
import type { RecognizerOptions } from './modelReading.ts';
import { listenTo, type RecognizerPort } from './port.ts';
import type { Recognised, Recognition, Recognizer, RecognizerInput } from './recognition.ts';

/**
 * A recogniser that runs behind a port.
 *
 * Errors arrive as the classes that they were thrown as. When the other side ends, what is pending is rejected; so it
 * is on `dispose`, which does not end the worker: whoever started it does.
 *
 * @param port a Worker or MessagePort whose other side called `serveRecognizer`.
 * @param model bytes of an `.onnx` file, or of several that decide together; they are copied.
 * @throws {DuctusError} (rejects) as `createRecognizer` does, or when the other side is gone.
 *
 * @example
 * ```ts
 * import { remoteRecognizer, serveRecognizer } from 'ductus';
 * import { loadModel } from 'ductus/node';
 *
 * const { port1, port2 } = new MessageChannel();
 * serveRecognizer(port1); // in a worker: its own port
 * const recognizer = await remoteRecognizer(port2, (await loadModel('digits')).bytes);
 * console.log(recognizer.labels.join('')); // 0123456789
 * recognizer.dispose();
 * port1.close();
 * port2.close();
 * ```
 */
export async function remoteRecognizer(
  port: RecognizerPort,
  model: Uint8Array | readonly Uint8Array[],
  options: RecognizerOptions = {},
): Promise<Recognizer> {
  interface Waiting {
    readonly resolve: (answer: Answer) => void;
    readonly reject: (error: Error) => void;
  }
  const pending = new Map<number, Waiting>();
  let nextId = 1;
  let closed: (() => Error) | undefined;

  function close(reason: () => Error): void {
    closed ??= reason;
    for (const { reject } of pending.values()) reject(closed());
    pending.clear();
  }

  const stop = listenTo(port, {
    message(data) {
      const message = messageOf<AnswerMessage>(data);
      const waiting = message === undefined ? undefined : pending.get(message.id);
      if (message === undefined || waiting === undefined) return;
      pending.delete(message.id);
      if (message.error !== undefined) waiting.reject(unpackError(message.error));
      else waiting.resolve(message.answer ?? null);
    },
    failure(reason) {
      close(() => new DuctusError(`recognizer worker: expected an answer, received none: ${reason}`));
    },
  });

  function ask(request: Request, transfer: ArrayBuffer[]): Promise<Answer> {
    if (closed !== undefined) return Promise.reject(closed());
    return new Promise((resolve, reject) => {
      const id = nextId++;
      pending.set(id, { resolve, reject });
      try {
        port.postMessage({ protocol, id, request }, transfer);
      } catch (error) {
        // An input that cannot be cloned, such as an element of a page passed for a picture.
        pending.delete(id);
        reject(
          new UsageError(
            `recognizer worker: expected pictures, ink or strokes, received what cannot be sent: ${error}`,
          ),
        );
      }
    });
  }

  const models = (model instanceof Uint8Array ? [model] : model).map((bytes) => Uint8Array.from(bytes));
  const buffers = models.map(({ buffer }) => buffer);
  const opened = ask({ method: 'open', models, options }, buffers);
  const labels = (await opened.catch((error: unknown) => {
    stop();
    throw error;
  })) as readonly string[];

  async function recognizeAll(inputs: readonly RecognizerInput[], choice?: RecognizeOptions): Promise<Recognition[]> {
    checkInputs(inputs);
    const own = inputs.map(ownInput);
    return (await ask({ method: 'recognizeAll', inputs: own, choice }, inputBuffers(own))) as Recognition[];
  }

  return {
    labels,
    async recognize(input, choice) {
      const [answer] = await recognizeAll([input], choice);
      return answer!;
    },
    recognizeAll,
    async recognizeFramed(pictures: readonly Picture[], choice?: RecognizeOptions) {
      checkFramed(pictures);
      const own = pictures.map(ownPicture);
      return (await ask({ method: 'recognizeFramed', pictures: own, choice }, inputBuffers(own))) as Recognised[];
    },
    dispose() {
      if (closed !== undefined) return;
      port.postMessage({ protocol, id: nextId++, request: { method: 'dispose' } satisfies Request }, []);
      close(() => new UsageError('recognizer: expected a call before dispose, received one after it'));
      stop();
    },
  };
}
