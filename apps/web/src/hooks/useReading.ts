// What the page knows about the drawing: asks the recogniser, newest question first, and holds its last answer.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Recognised, RecognizeOptions, Recognizer, RecognizerInput } from '../../../../src/read/floor.ts';
import type { Glosses } from '../model/glosses.ts';
import type { LoadedModel } from '../model/loadModel.ts';
import { latestOnly } from '../recognition/latestOnly.ts';
import { afterPaint, answerMeasure, measure, recognizeMeasure } from '../recognition/timing.ts';
import { spokenOf } from '../recognition/wording.ts';

/** The state of the answer. */
export type Reading =
  /** Nothing is drawn, or the opened picture shows no writing. */
  | { readonly status: 'empty'; readonly picture: boolean }
  /** Something is drawn that was not asked about yet: live reading is off. */
  | { readonly status: 'unread' }
  | { readonly status: 'read'; readonly answer: Recognised; readonly milliseconds: number }
  | { readonly status: 'failed'; readonly message: string };

/** A question to the recogniser. */
export interface Question {
  readonly input: RecognizerInput;
  /** When the user acted, in milliseconds on the document's clock. */
  readonly since: number;
  /** Whether a screen reader shall hear the answer: the pen is at rest, or the user asked. */
  readonly final: boolean;
}

/** Sentence for an empty pad or a blank picture. */
export function emptySentence(picture: boolean): string {
  return picture ? 'No writing found in this picture' : 'Nothing drawn yet';
}

/**
 * Reads what it is asked with the model, which may still be loading: the newest question is then kept for it. When
 * another model takes its place, or other answers are allowed, the newest question is put again.
 *
 * @param alphabet what may be answered; undefined: all that the model knows.
 * @param announce tells a screen reader; called for final answers only.
 */
export function useReading(
  model: LoadedModel | undefined,
  alphabet: RecognizeOptions['alphabet'],
  announce: (text: string) => void,
) {
  const [reading, setReading] = useState<Reading>({ status: 'empty', picture: false });
  /** The newest question, until something is left unread. */
  const newest = useRef<Question>(undefined);
  /** Counts the changes that were left unread: an answer to what stood before one of them is out of date. */
  const changes = useRef(0);

  /** Whether a model or an alphabet was there before: what is then asked again was not answered late. */
  const replaced = useRef(false);
  const asker = useRef<(question: Question) => void>(undefined);

  useEffect(() => {
    if (model === undefined) return;
    /** The newest question, put to this model after another one had answered it. */
    let again: Question | undefined;
    const answer = latestOnly<Question>(async (question) => {
      const asked = changes.current;
      const next = await answerTo(model.recognizer, question, alphabet);
      // Out of date: something was left unread meanwhile, or another model reads.
      if (asked !== changes.current || asker.current !== answer) return;
      setReading(next);
      if (next.status === 'read') afterPaint(() => measure(answerMeasure, question.since));
      // That nothing is drawn was told before, and would drown what was said of the new model.
      const told = question === again && next.status === 'empty';
      if (question.final && !told) announce(spokenFor(next, model.glosses));
    });
    asker.current = answer;
    if (newest.current !== undefined) {
      if (replaced.current) again = { ...newest.current, since: performance.now() };
      answer(again ?? newest.current);
    }
    return () => {
      replaced.current = true;
      asker.current = undefined;
    };
  }, [model, alphabet, announce]);

  // The same function for good: whoever waits for a file to be decoded while the model arrives must not hold an old
  // one.
  const ask = useCallback((question: Question) => {
    newest.current = question;
    asker.current?.(question);
  }, []);

  /** Notes a change that nobody asked to read. */
  const leaveUnread = useCallback((empty: boolean) => {
    newest.current = undefined;
    changes.current++;
    setReading(empty ? { status: 'empty', picture: false } : { status: 'unread' });
  }, []);

  return { reading, ask, leaveUnread };
}

async function answerTo(
  recognizer: Recognizer,
  { input }: Question,
  alphabet: RecognizeOptions['alphabet'],
): Promise<Reading> {
  const start = performance.now();
  try {
    const answer = await recognizer.recognize(input, alphabet === undefined ? {} : { alphabet });
    // Neither mark is set for an empty pad: it never reaches the network.
    if (answer.empty) return { status: 'empty', picture: !('strokes' in input) };
    return { status: 'read', answer, milliseconds: measure(recognizeMeasure, start) };
  } catch (error) {
    return { status: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

function spokenFor(reading: Reading, glosses: Glosses | undefined): string {
  if (reading.status === 'read') return spokenOf(reading.answer, glosses);
  if (reading.status === 'failed') return reading.message;
  return emptySentence(reading.status === 'empty' && reading.picture);
}
