import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FormatError, MissingError } from '../../core/floor.ts';
import { type OnnxModel, withModelCard, writeOnnx } from '../../onnx/floor.ts';
import { fetchRecognizer } from './fetchRecognizer.ts';

/** Compares ink in the left and right halves of the frame: two classes, no training. */
function halves(): OnnxModel {
  const kernel = new Float32Array(784 * 2);
  for (let pixel = 0; pixel < 784; pixel++) kernel[2 * pixel + (pixel % 28 < 14 ? 0 : 1)] = 1;
  const node = (opType: string, inputs: string[], outputs: string[]) => ({
    opType,
    domain: '',
    name: opType,
    inputs,
    outputs,
    attributes: {},
  });
  const scores = (name: string) => ({ name, type: 'float32' as const, shape: ['batch', 2] });
  const model: OnnxModel = {
    irVersion: 10,
    producerName: 'test',
    producerVersion: '1',
    opsets: { '': 21 },
    metadata: {},
    graph: {
      name: 'halves',
      nodes: [
        node('Flatten', ['input'], ['flat']),
        node('MatMul', ['flat', 'kernel'], ['logits']),
        node('Softmax', ['logits'], ['probabilities']),
      ],
      initializers: [{ name: 'kernel', type: 'float32', shape: [784, 2], data: kernel }],
      inputs: [{ name: 'input', type: 'float32', shape: ['batch', 1, 28, 28] }],
      outputs: [scores('probabilities'), scores('logits')],
    },
  };
  return withModelCard(model, {
    format: 1,
    name: 'halves',
    description: 'left or right',
    labels: ['left', 'right'],
    // Centred by the bounding box, so that the heavier side stays where it is.
    framing: { size: 28, box: 20, centre: 'box' },
    temperature: 1,
  });
}

let server: Server;
let base: string;

beforeAll(async () => {
  const bytes = writeOnnx(halves());
  server = createServer((request, response) => {
    if (request.url === '/halves.onnx') response.end(bytes);
    else if (request.url === '/cut.onnx') response.end(bytes.subarray(0, bytes.length >> 1));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('reads strokes with a fetched model', async () => {
  const recognizer = await fetchRecognizer(`${base}/halves.onnx`);
  const upright = [
    { x: 0, y: 0 },
    { x: 0, y: 10 },
  ];
  const foot = [
    { x: 0, y: 10 },
    { x: 8, y: 10 },
  ];
  const left = await recognizer.recognize({ strokes: [upright, foot] });
  expect(left).toMatchObject({ empty: false, label: 'left' });
  const mirrored = [upright, foot].map((stroke) => stroke.map(({ x, y }) => ({ x: -x, y })));
  expect(await recognizer.recognize({ strokes: mirrored })).toMatchObject({ empty: false, label: 'right' });
  expect(await recognizer.recognize({ strokes: [] })).toEqual({ empty: true });
  recognizer.dispose();
});

it('restricts its answers to the classes that it is told', async () => {
  const recognizer = await fetchRecognizer(`${base}/halves.onnx`, { alphabet: ['right'] });
  const upright = {
    strokes: [
      [
        { x: 0, y: 0 },
        { x: 0, y: 10 },
        { x: 8, y: 10 },
      ],
    ],
  };
  expect(await recognizer.recognize(upright)).toMatchObject({ label: 'right', confidence: 1 });
  expect(await recognizer.recognize(upright, { alphabet: ['left', 'right'] })).toMatchObject({ label: 'left' });
  recognizer.dispose();
});

it('names the URL of a missing model and refuses a cut-off one', async () => {
  await expect(fetchRecognizer(`${base}/none.onnx`)).rejects.toThrow(MissingError);
  await expect(fetchRecognizer(`${base}/none.onnx`)).rejects.toThrow(`${base}/none.onnx`);
  await expect(fetchRecognizer(`${base}/cut.onnx`)).rejects.toThrow(FormatError);
});
