// Every recogniser takes ink that was found already, as it is: the direct one, a committee, and either behind a port.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { perturbedCopy } from '../../../test/parity/perturbedCopy.ts';
import { digitModel } from '../../../test/parity/runtimeModels.ts';
import { UsageError } from '../../core/floor.ts';
import { withModelCard, writeOnnx } from '../../onnx/floor.ts';
import { type FoundInk, frameInk, mnistFraming, type Picture } from '../../picture/floor.ts';
import { createRecognizer } from './createRecognizer.ts';
import type { Recognised, Recognizer, RecognizerInput } from './recognition.ts';
import { remoteRecognizer } from './remoteRecognizer.ts';
import { serveRecognizer } from './serveRecognizer.ts';

const labels = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const models = [1, 2, 3].map((seed) => {
  const card = { format: 1, name: 'random', description: '', labels, framing: mnistFraming, temperature: 2 } as const;
  return writeOnnx(withModelCard(perturbedCopy(digitModel(), seed, 0.5), card));
});

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function remote(sources: readonly Uint8Array[]): Promise<Recognizer> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveRecognizer(port2);
  return remoteRecognizer(port1, sources);
}

const openers: Readonly<Record<string, () => Promise<Recognizer>>> = {
  direct: async () => createRecognizer(models[0]!),
  'behind a port': () => remote([models[0]!]),
  'a committee': async () => createRecognizer(models),
  'a committee behind a port': () => remote(models),
};

/** A leaning stroke that reaches the edges. */
function stroke(lean: number): FoundInk {
  const [width, height] = [5 + lean, 50];
  const amounts = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const left = Math.round((row / (height - 1)) * lean);
    amounts.fill(210, row * width + left, row * width + left + 5);
  }
  return { width, height, amounts };
}

/** A bar that leaves no paper. */
const bar: FoundInk = { width: 6, height: 30, amounts: new Uint8Array(180).fill(80) };

describe.each(Object.entries(openers))('found ink: %s', (_name, open) => {
  it('is read as it stands, beside other inputs, and left alone', async () => {
    const recognizer = await open();
    const inks = [stroke(0), stroke(9), bar, stroke(30)];
    const before = inks.map(({ amounts }) => amounts.slice());
    const blank: FoundInk = { width: 20, height: 10, amounts: new Uint8Array(200) };
    const answers = await recognizer.recognizeAll([...inks, blank, { strokes: [[{ x: 0, y: 0 }]] }]);
    const framed = inks.map((ink) => frameInk(ink, mnistFraming)!);
    const byFramed: Recognised[] = await recognizer.recognizeFramed(framed);
    expect(answers.slice(0, 4)).toEqual(byFramed);
    expect(answers[4]).toEqual({ empty: true });
    expect(answers[5]!.empty).toBe(false);
    expect(inks.map(({ amounts }) => amounts)).toEqual(before);
  });

  it('is not taken for a picture, in which a bar that leaves no paper is nothing', async () => {
    const recognizer = await open();
    const { width, height, amounts } = bar;
    expect(await recognizer.recognize({ width, height, pixels: amounts })).toEqual({ empty: true });
    expect((await recognizer.recognize(bar)).empty).toBe(false);
  });

  it('is refused when it is a picture as well: which of the two was meant?', async () => {
    const recognizer = await open();
    const both = { width: 28, height: 28, amounts: new Uint8Array(784).fill(9), pixels: new Uint8Array(784) };
    for (const input of [both, { ...both, pixels: undefined }] as unknown as RecognizerInput[]) {
      await expect(recognizer.recognize(input)).rejects.toThrow(/received amounts and pixels/);
    }
    recognizer.dispose();
  });

  it('is refused, as pictures are, when its size is wrong or its buffer was handed over', async () => {
    const recognizer = await open();
    const hostile = fc.record({
      width: fc.oneof(fc.integer({ min: -2, max: 12 }), fc.constantFrom(Number.NaN, 0.5, 2 ** 40)),
      height: fc.oneof(fc.integer({ min: -2, max: 12 }), fc.constantFrom(Number.NaN, 0.5, 2 ** 40)),
      length: fc.nat(60),
      field: fc.constantFrom('amounts', 'pixels'),
      detached: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(hostile, async ({ width, height, length, field, detached }) => {
        fc.pre(detached || !(width > 0 && height > 0 && width * height === length));
        const bytes = new Uint8Array(length);
        if (detached) structuredClone(bytes, { transfer: [bytes.buffer] });
        const input = { width, height, [field]: bytes } as unknown as RecognizerInput;
        const refused = recognizer.recognizeAll([stroke(3), input]);
        await expect(refused).rejects.toThrow(UsageError);
        await expect(refused).rejects.toThrow(new RegExp(`^picture 1: .* ${field}`));
        await expect(recognizer.recognizeFramed([input as Picture])).rejects.toThrow(UsageError);
      }),
      { numRuns: 100, seed: 1 },
    );
    for (const none of [null, undefined, 7, {}, { width: 1, height: 1, amounts: [1] }]) {
      await expect(recognizer.recognize(none as unknown as RecognizerInput)).rejects.toThrow(UsageError);
    }
    expect((await recognizer.recognize(stroke(3))).empty).toBe(false);
  });
});
