// Trainings on captures: made once, kept while the run lasts, the same when it is resumed.
// @module-tag slow
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRecipe, type Recipe } from '../../../../learn/floor.ts';
import { modelCardOf, readOnnx } from '../../../../onnx/floor.ts';
import { formatIdx, limitSamples, materialize } from '../../../../samples/floor.ts';
import { openDataset } from '../../data/data.ts';
import { runTraining, type TrainingRunEvent } from '../trainingRun.ts';

let folder: string;
let recipe: Recipe;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-captures-'));
  const { count, images, targets } = materialize(limitSamples(await openDataset('mnist:train'), 120, 1));
  const idx = (name: string, bytes: Uint8Array) => writeFile(join(folder, name), gzipSync(bytes));
  await idx('few-images.idx3.gz', formatIdx({ type: 'uint8', shape: [count, 28, 28], data: images }));
  await idx('few-labels.idx1.gz', formatIdx({ type: 'uint8', shape: [count], data: Uint8Array.from(targets) }));
  recipe = parseRecipe(
    {
      name: 'captured',
      description: 'For tests.',
      network: 'tiny',
      data: { train: join(folder, 'few-images.idx3.gz'), validation: 24 },
      epochs: 2,
      batch: 24,
      optimizer: { type: 'adam' },
      schedule: { type: 'constant', rate: 0.005 },
      // The two that take the least time.
      captures: { presets: ['bitmap', 'formCell'], variants: 2 },
    },
    'test',
  );
});

afterAll(() => rm(folder, { recursive: true }));

/** Runs to its end, or until stopped, and returns all events. */
async function events(out: string, resume: boolean, stop?: (event: TrainingRunEvent) => boolean) {
  const told: TrainingRunEvent[] = [];
  let stopped = false;
  const options = { recipe, seed: 1, folder: out, resume, command: 'test', threads: 1, cancelled: () => stopped };
  for await (const event of runTraining(options)) {
    told.push(event);
    stopped ||= stop?.(event) === true;
  }
  return told;
}

describe('a training on captures', () => {
  it('has every sample and its captures, tells of making them, and judges captures of what was held back', async () => {
    const told = await events(join(folder, 'whole'), false);
    expect(told[0]).toEqual({ type: 'capturing', done: expect.any(Number), total: 192 });
    const start = told.find((event) => event.type === 'start')!;
    // 96 originals with two captures each, 24 with one; some captures are lost because framing finds no ink.
    expect(start.samples).toBeGreaterThan(272);
    expect(start.samples).toBeLessThanOrEqual(288);
    expect(start.validationSamples).toBeGreaterThan(44);
    expect(start.validationSamples).toBeLessThanOrEqual(48);
    const model = modelCardOf(readOnnx(await readFile(join(folder, 'whole/model.onnx'))))!;
    expect(model.training!.data[0]!.count).toBe(96);
    expect(model.validation!.count).toBe(24);
    expect(existsSync(join(folder, 'whole/train-captures-key'))).toBe(false);
  });

  it('goes on with the captures that it had, to the same weights', async () => {
    const out = join(folder, 'resumed');
    await events(out, false, (event) => event.type === 'epoch');
    expect(existsSync(join(out, 'train-captures-key'))).toBe(true);
    const told = await events(out, true);
    expect(told.some(({ type }) => type === 'capturing')).toBe(false);
    const initializers = async (name: string) =>
      readOnnx(await readFile(join(folder, name, 'model.onnx'))).graph.initializers.map(({ data }) => [...data]);
    expect(await initializers('resumed')).toEqual(await initializers('whole'));
  });

  it('is refused by name where a preset is unknown, and can be stopped while it captures', async () => {
    const wrong = { ...recipe, captures: { presets: ['quill'], variants: 1 } };
    expect(() => parseRecipe(wrong, 'a.json')).toThrow(/a\.json.*captures/);
    const told = await events(join(folder, 'stopped'), false, ({ type }) => type === 'capturing');
    expect(told.at(-1)).toEqual({ type: 'finished', seconds: 0 });
    expect(existsSync(join(folder, 'stopped/model.onnx'))).toBe(false);
  });
});
