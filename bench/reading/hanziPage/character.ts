// The page of benchmark `hanzi-page`: one model reads strokes, on the page's own thread.
import type { Ink } from '../../../src/picture/floor.ts';
import { fetchRecognizer } from '../../../src/platform/browser/floor.ts';
import type { Recognizer } from '../../../src/read/floor.ts';

/** What the benchmark calls. */
export interface CharacterPage {
  /** Loads a model, in place of the one before. */
  open(url: string): Promise<void>;
  /** From strokes to the answer. @returns its label and the milliseconds that it took. */
  read(ink: Ink): Promise<{ label: string; milliseconds: number }>;
}

let recognizer: Recognizer | undefined;

const page: CharacterPage = {
  async open(url) {
    recognizer?.dispose();
    recognizer = await fetchRecognizer(url);
  },
  async read(ink) {
    const start = performance.now();
    const answer = await recognizer!.recognize(ink);
    if (answer.empty) throw new Error('expected strokes, received an empty drawing');
    return { label: answer.label, milliseconds: performance.now() - start };
  },
};

(globalThis as unknown as { characterPage: CharacterPage }).characterPage = page;
