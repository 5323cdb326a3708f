// The model that ships, on real test digits: our runtime against ONNX Runtime on the same file, and how many it reads
// right.
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelCardOf, type OnnxModel, readOnnx } from '../../src/onnx/floor.ts';
import { openDataset, openRecognizer, resolveModel } from '../../src/platform/node/floor.ts';
import { loadNetwork } from '../../src/read/floor.ts';
import { type Dataset, picturesOf } from '../../src/samples/floor.ts';

const count = 1000;
let bytes: Uint8Array;
let model: OnnxModel;
let digits: Dataset;

beforeAll(async () => {
  bytes = readFileSync((await resolveModel('digits')).path);
  model = readOnnx(bytes);
  digits = await openDataset('mnist:test');
});

describe('models/digits.onnx', () => {
  it('gives the same numbers in our runtime and in ONNX Runtime, to 1e-4 on 1,000 test digits', {
    tags: ['slow'],
  }, async () => {
    const input = Float32Array.from(digits.images.subarray(0, count * 784), (ink) => ink / 255);
    const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1 });
    const theirs = await session.run({ input: new Tensor('float32', input, [count, 1, 28, 28]) });
    const network = loadNetwork(model);
    for (const output of ['probabilities', 'logits']) {
      const ours = network.run(input, count, [output])[output]!;
      expect([...ours.shape]).toEqual([count, 10]);
      const expected = theirs[output]!.data as Float32Array;
      let worst = 0;
      for (let i = 0; i < expected.length; i++) worst = Math.max(worst, Math.abs(ours.data[i]! - expected[i]!));
      // Logits reach 20 and more, so that theirs is a relative tolerance.
      const scale = output === 'logits' ? Math.max(...expected.map(Math.abs)) : 1;
      expect(worst / scale).toBeLessThan(1e-4);
    }
    network.dispose();
    await session.release();
  });

  it('reads at least 990 of the first 1,000 test digits, framed and through its own preprocessing', {
    tags: ['slow'],
  }, async () => {
    const recognizer = await openRecognizer('digits');
    const pictures = picturesOf(digits).pictures.slice(0, count);
    const framed = await recognizer.recognizeFramed(pictures);
    const raw = await recognizer.recognizeAll(pictures);
    const truth = (sample: number): string => digits.labels[digits.targets[sample]!]!;
    expect(framed.filter(({ label }, sample) => label === truth(sample)).length).toBeGreaterThanOrEqual(990);
    const right = raw.filter((answer, sample) => !answer.empty && answer.label === truth(sample));
    expect(right.length).toBeGreaterThanOrEqual(990);
    recognizer.dispose();
  });

  it('says in its card how it was made and how good it was measured to be', () => {
    const card = modelCardOf(model)!;
    expect(card.labels).toEqual(digits.labels);
    expect(card.framing).toEqual({ size: 28, box: 20, centre: 'mass' });
    expect(card.training?.command).toMatch(/^ductus train --recipe digits --seed \d/);
    const trainedOn = card.training!.data.map(({ name, terms }) => [name, terms]);
    expect(trainedOn).toEqual([
      ['mnist:train', 'CC BY-SA 3.0 is commonly given'],
      ['bhmsds:train', 'MIT'],
    ]);
    expect(card.validation?.count).toBe(5000);
    expect(card.test?.[0]).toMatchObject({ data: 'mnist:test', count: 10_000 });
    expect(card.test![0]!.accuracy).toBeGreaterThan(0.994);
  });
});
