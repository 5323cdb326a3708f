// A training on several stored sets of real digits: classes united and restricted, writers held back, balanced, each
// test set measured; and the held back part reproduced from the model's card.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeStoredSet } from '../../../../test/storedLike.ts';
import { judge, metrics, parseRecipe } from '../../../learn/floor.ts';
import { modelCardOf, readOnnx } from '../../../onnx/floor.ts';
import { materialize, picturesOf, relabel, subset } from '../../../samples/floor.ts';
import { openDataset } from '../data/data.ts';
import { loadModel } from '../model/modelFile.ts';
import { openRecognizer } from '../model/recognizer.ts';
import { checkHeldBack, openCalibrationPictures } from './data/calibrationPictures.ts';
import { type FinishedEvent, runTraining } from './trainingRun.ts';

let folder = '';
const of = (name: string, part: string) => `${join(folder, `${name}.json`)}:${part}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-run-sets-'));
  const digits = await openDataset('mnist:train');
  const chosen = (from: number, to: number, classes: string) =>
    materialize(
      relabel(
        subset(
          digits,
          [...Array(to - from).keys()].map((i) => from + i),
        ),
        (label) => (classes.includes(label) ? label : undefined),
      ),
    );
  const part = (from: number, to: number, classes: string, hands: number) => {
    const samples = chosen(from, to, classes);
    return { samples, writers: Array.from(samples.targets, (_, i) => 1 + (i % hands)) };
  };
  writeStoredSet(
    folder,
    'low',
    { train: part(0, 900, '0123', 10), test: part(1500, 1700, '0123', 3) },
    { framed: true },
  );
  writeStoredSet(
    folder,
    'high',
    { train: part(900, 1500, '4567', 6), test: part(1700, 1900, '4567', 3) },
    { framed: true },
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('runTraining on several sets', () => {
  it('learns the classes of all, holds whole writers back, and measures each test set', {
    tags: ['slow'],
  }, async () => {
    const recipe = parseRecipe(
      {
        name: 'sets',
        description: 'For tests.',
        network: 'small',
        data: {
          train: [of('high', 'train'), of('low', 'train')],
          validation: 60,
          test: [of('low', 'test'), of('high', 'test')],
          classes: ['0', '1', '4', '6', '7'],
        },
        balance: true,
        epochs: 5,
        batch: 20,
        optimizer: { type: 'adam' },
        schedule: { type: 'constant', rate: 0.002 },
      },
      'sets',
    );
    let finished: FinishedEvent | undefined;
    const options = { recipe, seed: 2, folder: join(folder, 'run'), resume: false, threads: 1, command: 'none' };
    for await (const event of runTraining(options)) if (event.type === 'finished') finished = event;
    const card = modelCardOf(readOnnx(readFileSync(finished!.model!)))!;
    expect(card.labels).toEqual(['0', '1', '4', '6', '7']);
    expect(card.training?.recipe).toEqual(recipe);
    expect(card.training?.data.map(({ name, terms }) => [name, terms])).toEqual([
      [of('high', 'train'), 'CC BY-SA 3.0'],
      [of('low', 'train'), 'CC BY-SA 3.0'],
    ]);
    // Chance is a fifth.
    expect(card.validation?.accuracy).toBeGreaterThan(0.75);
    expect(card.test?.map(({ data }) => data)).toEqual(recipe.data.test);
    for (const { accuracy } of card.test!) expect(accuracy).toBeGreaterThan(0.75);
    const [low, high] = finished!.tests!;
    expect(finished!.test!.correct).toBe(low!.result.correct + high!.result.correct);

    // The card alone tells which samples were held back.
    const model = await loadModel(finished!.model!);
    const measured = picturesOf(await openDataset(of('low', 'test')));
    const held = await openCalibrationPictures({ source: 'validation', model, measured, framing: 'framed' });
    expect(held.pictures).toHaveLength(card.validation!.count);
    const recognizer = await openRecognizer(model);
    const { correct } = metrics((await judge(recognizer, held, { framing: 'framed' })).predictions);
    recognizer.dispose();
    checkHeldBack(model, correct);
    expect(correct).toBe(Math.round(card.validation!.accuracy * card.validation!.count));
    const again = { source: of('low', 'train'), model, measured, framing: 'framed' } as const;
    await expect(openCalibrationPictures(again)).rejects.toThrow('was not trained on');
  });

  it('finds a wrong test set before it trains', async () => {
    const recipe = parseRecipe(
      {
        ...{ name: 'wrong', description: 'For tests.', network: 'small', epochs: 1000, batch: 20 },
        data: { train: of('low', 'train'), validation: 0, test: of('high', 'test') },
        ...{ optimizer: { type: 'adam' }, schedule: { type: 'constant', rate: 0.002 } },
      },
      'wrong',
    );
    const run = runTraining({ recipe, seed: 1, folder: join(folder, 'wrong'), resume: false, command: 'none' });
    await expect(run.next()).rejects.toThrow('expected samples of the classes 0 1 2 3, received also 4 5 6 7');
  });
});
