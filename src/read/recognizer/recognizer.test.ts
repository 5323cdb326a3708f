// One set of expectations for both recognisers: the direct one and its twin behind a port. Recognition by a trained
// model is tested where there is one; here the weights are random, and what counts is the path.
import { MessageChannel, type MessagePort, type Worker as NodeWorker } from 'node:worker_threads';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { digitModel, modelOf, node, weight } from '../../../test/parity/runtimeModels.ts';
import { DuctusError, FormatError, UnsupportedError, UsageError } from '../../core/floor.ts';
import { type ModelCard, type OnnxModel, withModelCard, writeOnnx } from '../../onnx/floor.ts';
import { type FoundInk, frameCharacter, mnistFraming, type Picture } from '../../picture/floor.ts';
import { loadNetwork } from '../runtime/network.ts';
import { createRecognizer } from './createRecognizer.ts';
import type { RecognizerOptions } from './modelReading.ts';
import type { RecognizerPort } from './port.ts';
import type { Recognizer } from './recognition.ts';
import { remoteRecognizer } from './remoteRecognizer.ts';
import { serveRecognizer } from './serveRecognizer.ts';

const labels = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const card: ModelCard = {
  format: 1,
  name: 'random',
  description: 'Random weights.',
  labels,
  framing: mnistFraming,
  temperature: 2,
};
const carded = writeOnnx(withModelCard(digitModel(), card));
const bare = writeOnnx(digitModel());

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** A Node port as a browser shows it: events, and only those. */
function browserSide(port: MessagePort): RecognizerPort {
  return {
    postMessage: (message, transfer) => port.postMessage(message, transfer),
    addEventListener: (type, listener) => port.addEventListener(type, listener as (event: Event) => void),
    removeEventListener: (type, listener) => port.removeEventListener(type, listener as (event: Event) => void),
    start: () => port.start(),
  };
}

type Opener = (model: Uint8Array, options?: RecognizerOptions) => Promise<Recognizer>;
const openers: Readonly<Record<string, Opener>> = {
  direct: async (model, options) => createRecognizer(model, options),
  'behind a Node port': (model, options) => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    serveRecognizer(port2);
    return remoteRecognizer(port1, model, options);
  },
  'behind a browser port': (model, options) => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    serveRecognizer(browserSide(port2));
    return remoteRecognizer(browserSide(port1), model, options);
  },
};

/** A dark stroke on light paper, `lean` pixels across. */
function photograph(lean: number): Picture {
  const [width, height] = [60, 80];
  const pixels = new Uint8Array(width * height).fill(230);
  for (let row = 15; row < 65; row++) {
    const middle = 20 + Math.round(((row - 15) / 50) * lean);
    for (let column = middle - 2; column <= middle + 2; column++) pixels[row * width + column] = 20;
  }
  return { width, height, pixels };
}

/** The stroke of `photograph` as ink, without any paper about it. */
function foundInk(lean: number): FoundInk {
  const { width, pixels } = photograph(lean);
  return { width, height: 50, amounts: pixels.slice(15 * width, 65 * width).map((value) => 230 - value) };
}

const strokes = [
  [
    { x: 0, y: 0 },
    { x: 30, y: 5 },
    { x: 10, y: 60 },
  ],
];

describe.each(Object.entries(openers))('the recogniser, %s', (_name, open) => {
  it('reads pictures, found ink and strokes, and ranks all classes', async () => {
    const recognizer = await open(carded);
    expect(recognizer.labels).toEqual(labels);
    for (const input of [photograph(10), foundInk(10), { strokes }]) {
      const answer = await recognizer.recognize(input);
      if (answer.empty) throw new Error('expected ink');
      expect(answer.framed).toMatchObject({ width: 28, height: 28 });
      expect(answer.alternatives.length).toBe(10);
      expect(answer.alternatives[0]).toEqual({ label: answer.label, confidence: answer.confidence });
      expect(answer.probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      const confidences = answer.alternatives.map(({ confidence }) => confidence);
      expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
      for (const { label, confidence } of answer.alternatives) {
        expect(answer.probabilities[labels.indexOf(label)]).toBe(confidence);
      }
    }
  });

  it('applies the temperature of the card to the logits of what the network saw', async () => {
    const recognizer = await open(carded);
    const picture = photograph(12);
    const answer = await recognizer.recognize(picture);
    if (answer.empty) throw new Error('expected ink');
    const framed = frameCharacter(picture, mnistFraming)!;
    expect(answer.framed.pixels).toEqual(framed.pixels);
    const input = Float32Array.from(framed.pixels, (value) => value / 255);
    const logits = loadNetwork(bare).run(input, 1, ['logits']).logits!.data;
    const powers = Array.from(logits, (value) => Math.exp(value / 2));
    const sum = powers.reduce((total, value) => total + value, 0);
    for (const [index, power] of powers.entries()) expect(answer.probabilities[index]).toBeCloseTo(power / sum, 5);
  });

  it('says empty for blank paper and for no strokes', async () => {
    const recognizer = await open(carded);
    const blank = { width: 40, height: 30, pixels: new Uint8Array(1200).fill(255) };
    expect(await recognizer.recognize(blank)).toEqual({ empty: true });
    expect(await recognizer.recognize({ strokes: [] })).toEqual({ empty: true });
    const noInk = { width: 40, height: 30, amounts: new Uint8Array(1200) };
    expect(await recognizer.recognize(noInk)).toEqual({ empty: true });
  });

  it('answers many in order, as it answers each', async () => {
    const recognizer = await open(carded);
    const blank = { width: 9, height: 9, pixels: new Uint8Array(81) };
    const inputs = Array.from({ length: 70 }, (_, index) => {
      if (index % 9 === 4) return blank;
      return index % 2 === 0 ? photograph(index % 30) : foundInk(index % 30);
    });
    const together = await recognizer.recognizeAll(inputs);
    expect(together.length).toBe(70);
    for (const index of [0, 4, 31, 32, 33, 69])
      expect(together[index]).toEqual(await recognizer.recognize(inputs[index]!));
    expect(await recognizer.recognizeAll([])).toEqual([]);
  });

  it('reads framed pictures without framing them, and leaves the input alone', async () => {
    const recognizer = await open(carded);
    const framed = frameCharacter(photograph(5), mnistFraming)!;
    const [answer] = await recognizer.recognizeFramed([framed]);
    expect(await recognizer.recognize(photograph(5))).toEqual(answer);
    expect(framed.pixels.length).toBe(784);
    await expect(recognizer.recognizeFramed([photograph(5)])).rejects.toThrow(
      /expected 28 x 28 pixels, received 60 x 80/,
    );
  });

  it('refuses pictures and strokes that are not ones', async () => {
    const recognizer = await open(carded);
    const short = { width: 5, height: 5, pixels: new Uint8Array(24) };
    await expect(recognizer.recognize(short)).rejects.toThrow(UsageError);
    await expect(recognizer.recognize(short)).rejects.toThrow(/5 x 5 with 24 pixels/);
    await expect(recognizer.recognize({ width: 0, height: 0, pixels: new Uint8Array() })).rejects.toThrow(UsageError);
    const nowhere = { strokes: [[{ x: Number.NaN, y: 0 }]] };
    await expect(recognizer.recognize(nowhere)).rejects.toThrow(UsageError);
    await expect(recognizer.recognizeAll([photograph(1), short])).rejects.toThrow(/picture 1/);
  });

  it('refuses calls after dispose', async () => {
    const recognizer = await open(carded);
    recognizer.dispose();
    recognizer.dispose();
    await expect(recognizer.recognize(photograph(1))).rejects.toThrow(DuctusError);
    await expect(recognizer.recognizeFramed([])).rejects.toThrow(/dispose/);
  });

  it('refuses models that it cannot use, by the error of the cause', async () => {
    await expect(open(bare)).rejects.toThrow(UsageError);
    await expect(open(bare, { labels, framing: { ...mnistFraming, size: 32 } })).rejects.toThrow(/32 x 32/);
    await expect(open(bare, { labels: ['a', 'b'], framing: mnistFraming })).rejects.toThrow(
      /expected 10 different texts.*received 2/,
    );
    await expect(open(bare, { labels, framing: mnistFraming, temperature: 0 })).rejects.toThrow(/temperature/);
    const nine = withModelCard(digitModel(), { ...card, labels: labels.slice(1) });
    await expect(open(writeOnnx(nine))).rejects.toThrow(FormatError);
    await expect(open(carded.subarray(0, 3000))).rejects.toThrow(FormatError);
    const odd = modelOf({ nodes: [node('Einsum', ['x'], ['y'])], input: ['n', 784], outputs: { y: ['n', 10] } });
    await expect(open(writeOnnx(odd))).rejects.toThrow(UnsupportedError);
  });
});

describe('models made by others', () => {
  /** One dense layer with softmax, of a fixed batch size. */
  function dense(batch: number | string, tail: string): OnnxModel {
    return modelOf({
      nodes: [node('MatMul', ['x', 'w'], ['scores']), node(tail, ['scores'], ['out'])],
      initializers: [weight('w', [784, 3], 0.02)],
      input: [batch, 784],
      outputs: { out: [batch, 3] },
    });
  }
  const options = { labels: ['a', 'b', 'c'], framing: mnistFraming };

  it('probabilities, logarithms of them and scores mean the same', async () => {
    const answers = await Promise.all(
      ['Softmax', 'LogSoftmax', 'Identity'].map((tail) =>
        createRecognizer(dense('n', tail), options).recognize(photograph(8)),
      ),
    );
    for (const answer of answers) {
      if (answer.empty || answers[0]!.empty) throw new Error('expected ink');
      for (const [index, value] of answers[0]!.probabilities.entries()) {
        expect(answer.probabilities[index]).toBeCloseTo(value, 5);
      }
    }
  });

  it('a fixed batch size is filled up', async () => {
    const inputs = [1, 5, 9, 13, 17].map(photograph);
    const free = await createRecognizer(dense('n', 'Softmax'), options).recognizeAll(inputs);
    for (const batch of [1, 2, 7]) {
      expect(await createRecognizer(dense(batch, 'Softmax'), options).recognizeAll(inputs)).toEqual(free);
    }
  });

  it('full ink may be 255', async () => {
    const one = await createRecognizer(dense('n', 'Identity'), {
      ...options,
      temperature: 255,
      fullInk: 255,
    }).recognize(photograph(8));
    const other = await createRecognizer(dense('n', 'Identity'), options).recognize(photograph(8));
    if (one.empty || other.empty) throw new Error('expected ink');
    for (const [index, value] of one.probabilities.entries()) expect(other.probabilities[index]).toBeCloseTo(value, 5);
  });
});

describe('the worker twin', () => {
  it('takes what the platforms call a port, by type', () => {
    expectTypeOf<Worker>().toExtend<RecognizerPort>();
    expectTypeOf<globalThis.MessagePort>().toExtend<RecognizerPort>();
    expectTypeOf<NodeWorker>().toExtend<RecognizerPort>();
    expectTypeOf<MessagePort>().toExtend<RecognizerPort>();
  });

  it('rejects what is pending on dispose', async () => {
    const recognizer = await openers['behind a Node port']!(carded);
    const pending = recognizer.recognize(photograph(3));
    recognizer.dispose();
    await expect(pending).rejects.toThrow(/dispose/);
  });

  it('rejects what is pending, and all that comes, when the other side ends', async () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    serveRecognizer(port2);
    const recognizer = await remoteRecognizer(port1, carded);
    const pending = recognizer.recognize(photograph(3));
    port2.close();
    await expect(pending).rejects.toThrow(DuctusError);
    await expect(recognizer.recognize(photograph(3))).rejects.toThrow(/closed/);
  });

  it('leaves other messages on the port alone', async () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    serveRecognizer(port2);
    const recognizer = await remoteRecognizer(port1, carded);
    port1.postMessage({ hello: 'worker' });
    port2.postMessage('hello page');
    expect((await recognizer.recognize(photograph(3))).empty).toBe(false);
  });
});
