// The recogniser that runs where it is called: picture, ink or strokes in, ranked answer out. Joins the picture floor's
// framing to the runtime; its twin behind a worker's port is `remoteRecognizer.ts`.
import { UsageError } from '../../core/floor.ts';
import type { Picture } from '../../picture/floor.ts';
import type { NetworkOptions } from '../runtime/network.ts';
import type { RecognizeOptions } from './allowedClasses.ts';
import { answerOf } from './answer.ts';
import { checkFramed, checkInputs } from './checkInputs.ts';
import { type Choice, choiceOf, withDefaults } from './choice.ts';
import { frameInput } from './frameInput.ts';
import type { RecognizerOptions } from './modelReading.ts';
import { openPanel, type RecognizerSource } from './panel.ts';
import type { Recognised, Recognition, Recognizer, RecognizerInput } from './recognition.ts';

/** Pictures that go through the network at once: beyond it plain loops gain nothing and memory only grows. */
const largestBatch = 32;

/**
 * A recogniser from a model, or from several that decide together.
 *
 * Labels, framing and temperature come from the model's card; for a model without one they are passed as options. A
 * file that holds a committee (`mergeModels`) and a list of two or more models give the same recogniser: each answer
 * tells how the members voted. The list has no card of its own: its rule and the temperature after the vote are
 * options, votes and 1.
 *
 * @param source bytes of an `.onnx` file, or a model already read; or a list of them.
 * @throws {FormatError} when a model or its card is damaged, or they do not fit each other.
 * @throws {UnsupportedError} when the runtime cannot run a model.
 * @throws {UsageError} when an option is missing or does not fit the model, or members do not have equal labels and
 * framing.
 *
 * @example
 * ```ts
 * import { createRecognizer } from 'ductus';
 * import { loadModel } from 'ductus/node';
 *
 * const { bytes } = await loadModel('digits'); // in a page: fetchModel of ductus/browser
 * const recognizer = createRecognizer(bytes);
 * const stroke = [{ x: 50, y: 10 }, { x: 48, y: 50 }, { x: 47, y: 90 }];
 * const answer = await recognizer.recognize({ strokes: [stroke] });
 * if (!answer.empty) console.log(answer.label); // 1
 * recognizer.dispose();
 * ```
 */
export function createRecognizer(
  source: RecognizerSource,
  options: RecognizerOptions & NetworkOptions = {},
): Recognizer {
  const panel = openPanel(source, options);
  const { labels, framing, fullInk, members, committee, fixedBatch } = panel;
  const pixels = framing.size ** 2;
  const batchSize = fixedBatch ?? largestBatch;
  const scale = fullInk / 255;
  const batchInput = new Float32Array(batchSize * pixels);
  let disposed = false;

  function refuseDisposed(): void {
    if (disposed) throw new UsageError('recognizer: expected a call before dispose, received one after it');
  }

  /** What a call says of the answers, else what the recogniser was made with. */
  function choiceBy(call: RecognizeOptions): Choice {
    const silent = call.alphabet === undefined && call.frequencies === undefined;
    return silent ? panel.choice : choiceOf(labels, withDefaults(call, options));
  }

  /** Runs framed pictures, as many at once as the batch size allows. */
  function runFramed(pictures: readonly Picture[], choice: Choice): Recognised[] {
    const answers: Recognised[] = [];
    for (let start = 0; start < pictures.length; start += batchSize) {
      const some = pictures.slice(start, start + batchSize);
      // A model of a fixed batch size gets blank pictures to fill up; their answers are dropped.
      const count = fixedBatch ?? some.length;
      const input = batchInput.subarray(0, count * pixels);
      for (const [index, picture] of some.entries()) {
        for (let at = 0; at < pixels; at++) input[index * pixels + at] = picture.pixels[at]! * scale;
      }
      input.fill(0, some.length * pixels);
      const results = panel.run(input, count);
      for (const [index, framed] of some.entries()) {
        const scores = results.map((data) => data.subarray(index * labels.length, (index + 1) * labels.length));
        answers.push(answerOf(labels, members, scores, committee, framed, choice));
      }
    }
    return answers;
  }

  async function recognizeAll(inputs: readonly RecognizerInput[], call: RecognizeOptions = {}): Promise<Recognition[]> {
    refuseDisposed();
    const choice = choiceBy(call);
    checkInputs(inputs);
    const framed = inputs.map((input) => frameInput(input, framing));
    const answers = runFramed(
      framed.filter((picture) => picture !== undefined),
      choice,
    );
    let next = 0;
    return framed.map((picture) => (picture === undefined ? { empty: true } : answers[next++]!));
  }

  return {
    labels,
    async recognize(input, choice) {
      const [answer] = await recognizeAll([input], choice);
      return answer!;
    },
    recognizeAll,
    async recognizeFramed(pictures, call = {}) {
      refuseDisposed();
      const choice = choiceBy(call);
      checkFramed(pictures);
      for (const [index, picture] of pictures.entries()) {
        if (picture.width !== framing.size || picture.height !== framing.size) {
          throw new UsageError(
            `framed picture ${index}: expected ${framing.size} x ${framing.size} pixels, received ${picture.width} x ${picture.height}`,
          );
        }
      }
      return runFramed(pictures, choice);
    },
    dispose() {
      disposed = true;
      panel.dispose();
    },
  };
}
