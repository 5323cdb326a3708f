// `ductus train` on real digits, in processes where Ctrl-C is pressed: its files, its output, Ctrl-C and --resume,
// wrong recipes.
// @module-tag slow
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, runDuctus, startDuctus } from '../../../test/runDuctus.ts';
import { parseRecipe } from '../../learn/floor.ts';
import { modelCardOf, readOnnx } from '../../onnx/floor.ts';
import { openAnyRecipe, openDataset, openRecipe, recipeNames } from '../../platform/node/floor.ts';
import { formatIdx, limitSamples, materialize } from '../../samples/floor.ts';

let folder: string;
let recipeFile: string;

const recipe = {
  name: 'tiny',
  description: 'For tests.',
  network: 'small',
  data: { train: 'mnist:train', validation: 100 },
  epochs: 2,
  batch: 20,
  optimizer: { type: 'adam' },
  schedule: { type: 'constant', rate: 0.002 },
  average: { decay: 0.9 },
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-train-'));
  const { images, targets, count } = materialize(limitSamples(await openDataset('mnist:train'), 900, 1));
  writeFileSync(join(folder, 'some-images.idx3'), formatIdx({ type: 'uint8', shape: [count, 28, 28], data: images }));
  writeFileSync(
    join(folder, 'some-labels.idx1'),
    formatIdx({ type: 'uint8', shape: [count], data: Uint8Array.from(targets) }),
  );
  recipeFile = join(folder, 'tiny.json');
  writeFileSync(recipeFile, JSON.stringify(recipe));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Arguments of the command on few samples, by the recipe for tests. */
const tiny = (args: readonly string[]): string[] => {
  const data = ['--data', join(folder, 'some-images.idx3'), '--test', join(folder, 'some-images.idx3')];
  return ['train', '--recipe', recipeFile, '--threads', '1', ...data, ...args];
};
const train = (args: readonly string[]): Promise<Ended> => runDuctus(tiny(args));

/** Runs the command in a process and presses Ctrl-C once standard error has some text. */
const interrupted = (args: readonly string[], interruptAt: RegExp): Promise<Ended> =>
  startDuctus(tiny(args), { interruptAt }).ended;

function weights(run: string): Map<string, string> {
  const { graph } = readOnnx(readFileSync(join(run, 'model.onnx')));
  return new Map(graph.initializers.map(({ name, data }) => [name, Buffer.from(data.slice().buffer).toString('hex')]));
}

describe('ductus train', () => {
  it('leaves model, card, log and curve, and tells each epoch', async () => {
    const out = join(folder, 'whole');
    const { code, stdout: output, stderr: errors } = await train(['--out', out, '--seed', '3']);
    expect(code).toBe(0);
    expect(errors).toMatch(/800 samples, 100 for validation; \d+ parameters; 2 epochs of 40 steps/);
    expect(errors).toMatch(/epoch 2\/2: loss 0\.\d+, accuracy \d+\.\d\d %, validation loss \d\.\d+, accuracy \d+/);
    expect(output).toMatch(/test .*some-images\.idx3: \d+\.\d\d % of 900 right/);
    const card = modelCardOf(readOnnx(readFileSync(join(out, 'model.onnx'))))!;
    expect(card.training).toMatchObject({ seed: 3, recipe: { name: 'tiny', epochs: 2 } });
    expect(card.training?.command).toContain('--seed 3');
    expect(card.temperature).toBeGreaterThan(0);
    const log = readFileSync(join(out, 'log.ndjson'), 'utf8').trimEnd().split('\n');
    expect(log.map((line) => (JSON.parse(line) as { epoch: number }).epoch)).toEqual([1, 2]);
    expect(readFileSync(join(out, 'curve.svg'), 'utf8')).toMatch(/^<svg/);
  });

  it('saves on Ctrl-C, exits with 0, and goes on to the same weights', async () => {
    const out = join(folder, 'broken');
    const first = await interrupted(['--out', out, '--seed', '3', '--epochs', '40'], /epoch 1\/40/);
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/go on with: ductus train .*--resume/);
    const refused = await train(['--out', out, '--seed', '3', '--epochs', '40']);
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/holds a run already; go on with --resume/),
    });
    const other = await train(['--out', out, '--seed', '4', '--epochs', '40', '--resume']);
    expect(other).toMatchObject({ code: 2, stderr: expect.stringMatching(/another run: seed 3, not 4/) });
  });

  it('resumed after an interruption within the last epoch, ends as if never interrupted', async () => {
    const out = join(folder, 'resumed');
    await interrupted(['--out', out, '--seed', '3'], /epoch 1\/2/);
    const { code, stdout: output } = await train(['--out', out, '--seed', '3', '--resume', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(output.trimEnd().split('\n').at(-1)!)).toMatchObject({
      type: 'finished',
      recipe: 'tiny',
      seed: 3,
    });
    expect(weights(out)).toEqual(weights(join(folder, 'whole')));
  });

  it('takes another batch size than the recipe says', async () => {
    const out = join(folder, 'batch');
    const { code, stderr } = await train(['--out', out, '--batch', '200', '--epochs', '1']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/800 samples, .*; 1 epochs of 4 steps/);
    const { training } = modelCardOf(readOnnx(readFileSync(join(out, 'model.onnx'))))!;
    expect(training).toMatchObject({ recipe: { batch: 200 }, command: expect.stringContaining('--batch 200') });
  });

  it('stops when the loss is no number, naming the step and the last good checkpoint', async () => {
    const file = join(folder, 'wild.json');
    const out = join(folder, 'wild');
    // One step an epoch: the first, at a rate of 0.001, is good and saved; no network survives those that follow.
    const schedule = { type: 'oneCycle', rate: 1e9, divisor: 1e12 };
    writeFileSync(file, JSON.stringify({ ...recipe, epochs: 20, batch: 800, optimizer: { type: 'sgd' }, schedule }));
    const { code, stderr: errors } = await train(['--recipe', file, '--out', out]);
    expect(code).toBe(1);
    expect(errors).toMatch(
      /error: training "tiny": the loss became \S+ at epoch \d+, step 1 of 1; try a lower learning rate/,
    );
    expect(errors).toMatch(/the last good checkpoint is .*wild.checkpoint\.onnx, of epoch \d+, step 0/);
  });

  it('refuses an unknown recipe, listing those that exist, and a wrong field by its path', async () => {
    const unknown = await train(['--recipe', 'quik']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/unknown recipe "quik".*quick.*did you mean quick/);
    const file = join(folder, 'wrong.json');
    writeFileSync(file, JSON.stringify({ ...recipe, optimizer: { type: 'adam', beta1: 2 } }));
    const wrong = await train(['--recipe', file]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/wrong\.json: recipe, field optimizer\.beta1/);
  });
});

describe('recipes that come with Ductus', () => {
  it('are all valid', async () => {
    const names = await recipeNames();
    expect(names).toEqual(expect.arrayContaining(['digits', 'quick', 'report']));
    for (const name of names) expect((await openAnyRecipe(name)).name).toBe(name);
    const committee = await openAnyRecipe('committee');
    if (!('members' in committee)) throw new Error('expected a committee');
    for (const name of committee.members) expect((await openRecipe(name)).name).toBe(name);
    await expect(openRecipe('committee')).rejects.toThrow(/expected that of one network/);
  });
  it('cannot ask for the best epoch without a validation split', () => {
    const bad = { ...recipe, data: { train: 'mnist:train', validation: 0 }, keep: 'best' };
    expect(() => parseRecipe(bad, 'x.json')).toThrow(/x\.json: recipe, field data\.validation/);
  });
});
