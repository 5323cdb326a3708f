// Where the answers of a review come from: keys of a terminal, or lines of a script on standard input.
import { on } from 'node:events';
import { createInterface, emitKeypressEvents } from 'node:readline';
import { UsageError } from '../../core/floor.ts';
import { actionOf, type ReviewAction, type ReviewKey, type ReviewWords, typeKey } from '../../learn/floor.ts';

/** A source of actions, one after another. */
export interface ReviewAnswers {
  /** Waits for the next; undefined when there will be none. @throws {UsageError} for a line that means nothing. */
  next(): Promise<ReviewAction | undefined>;
  /** Restores the terminal. */
  close(): void;
}

/** Lines of standard input, one answer each; they may all be there before the first question. */
export function scriptAnswers(words: ReviewWords): ReviewAnswers {
  const reader = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const lines = reader[Symbol.asyncIterator]();
  let number = 0;
  return {
    async next() {
      const { done, value } = await lines.next();
      if (done) return undefined;
      number++;
      try {
        return actionOf(value, words);
      } catch (error) {
        if (error instanceof UsageError) error.message = `standard input, line ${number}: ${error.message}`;
        throw error;
      }
    },
    close: () => reader.close(),
  };
}

/** Source of keys: standard input, where it is a terminal. */
export type KeyInput = NodeJS.ReadableStream & { setRawMode(raw: boolean): unknown };

/** Keys of the terminal. A prompt shows them while a word is incomplete. Ends with the input. */
export function terminalAnswers(
  words: ReviewWords,
  input: KeyInput = process.stdin,
  output: NodeJS.WritableStream = process.stdout,
): ReviewAnswers {
  emitKeypressEvents(input);
  input.setRawMode(true);
  const keys = on(input, 'keypress', { close: ['end'] }) as AsyncIterableIterator<[string | undefined, ReviewKey]>;
  return {
    async next() {
      let typed = '';
      for (;;) {
        output.write(`\r\u001b[K> ${typed}`);
        const { done, value } = await keys.next();
        if (done) return undefined;
        const result = typeKey(typed, value[1], words);
        typed = result.typed;
        if (result.unknown) output.write('\u0007');
        if (result.action !== undefined) return result.action;
      }
    },
    close() {
      void keys.return?.();
      input.setRawMode(false);
      input.pause();
    },
  };
}
