// What the recogniser's two halves say to each other over a port, and how errors cross it: by class name and text, as
// structured cloning keeps neither the class nor its name.
import { DuctusError, FormatError, MissingError, ShapeError, UnsupportedError, UsageError } from '../../core/floor.ts';
import type { Picture } from '../../picture/floor.ts';
import type { RecognizeOptions } from './allowedClasses.ts';
import type { RecognizerOptions } from './modelReading.ts';
import type { Recognised, Recognition, RecognizerInput } from './recognition.ts';

/** Marks the messages, so that a worker may use its port for other things too. */
export const protocol = 'ductus.recognizer/1';

/** What the remote half asks; `open` comes first and once. */
export type Request =
  | { readonly method: 'open'; readonly models: readonly Uint8Array[]; readonly options: RecognizerOptions }
  | {
      readonly method: 'recognizeAll';
      readonly inputs: readonly RecognizerInput[];
      readonly choice: RecognizeOptions | undefined;
    }
  | {
      readonly method: 'recognizeFramed';
      readonly pictures: readonly Picture[];
      readonly choice: RecognizeOptions | undefined;
    }
  | { readonly method: 'dispose' };

/** What the serving half answers: labels to `open`, answers to the others. */
export type Answer = readonly string[] | readonly Recognition[] | readonly Recognised[] | null;

/** A request with the number that its answer will bear. */
export interface RequestMessage {
  readonly protocol: typeof protocol;
  readonly id: number;
  readonly request: Request;
}

/** An answer, or the error that came instead. */
export interface AnswerMessage {
  readonly protocol: typeof protocol;
  readonly id: number;
  readonly answer?: Answer;
  readonly error?: { readonly name: string; readonly message: string };
}

/** The message, if it is one of this protocol. */
export function messageOf<Message extends RequestMessage | AnswerMessage>(data: unknown): Message | undefined {
  const known = typeof data === 'object' && data !== null && (data as { protocol?: unknown }).protocol === protocol;
  return known ? (data as Message) : undefined;
}

/** An error as it crosses. */
export function packError(error: unknown): { readonly name: string; readonly message: string } {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

/** The error of the same class on this side; one that Ductus did not throw on purpose stays a plain Error. */
export function unpackError({ name, message }: { readonly name: string; readonly message: string }): Error {
  const classes = { DuctusError, FormatError, MissingError, ShapeError, UnsupportedError, UsageError };
  const known = Object.entries(classes).find(([className]) => className === name)?.[1];
  if (known !== undefined) return new known(message);
  const error = new Error(message);
  error.name = name;
  return error;
}

/** A picture whose pixels are a buffer of their own, which can be handed over without another copy. */
export function ownPicture({ width, height, pixels }: Picture): Picture {
  return { width, height, pixels: Uint8Array.from(pixels) };
}

/** The same of any input; strokes are copied when they are sent. */
export function ownInput(input: RecognizerInput): RecognizerInput {
  if ('strokes' in input) return input;
  if (!('amounts' in input)) return ownPicture(input);
  const { width, height, amounts } = input;
  return { width, height, amounts: Uint8Array.from(amounts) };
}

/** The buffers of inputs that {@link ownInput} or {@link ownPicture} made, to be handed over. */
export function inputBuffers(inputs: readonly RecognizerInput[]): ArrayBuffer[] {
  return inputs.flatMap((input) => {
    if ('strokes' in input) return [];
    return [('amounts' in input ? input.amounts : input.pixels).buffer as ArrayBuffer];
  });
}
