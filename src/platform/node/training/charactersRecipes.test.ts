// The recipes for 62 classes: their content without the sets, and a training with strokes on a few real digits.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeStoredSet } from '../../../../test/storedLike.ts';
import { alphabets } from '../../../core/floor.ts';
import { classCount, networkParameters } from '../../../engine/floor.ts';
import { fittedRecipe, parseRecipe, type Recipe, recipeNetwork } from '../../../learn/floor.ts';
import { modelCardOf, readOnnx } from '../../../onnx/floor.ts';
import { createDistorter, limitSamples, materialize } from '../../../samples/floor.ts';
import { openDataset } from '../data/data.ts';
import { openAnyRecipe, openRecipe } from './recipes.ts';
import { runTraining, type TrainingRunEvent } from './trainingRun.ts';

const names = ['characters', 'characters-slim', 'characters-open', 'characters-taught'];
const weights = (recipe: Recipe): number =>
  networkParameters(recipeNetwork(fittedRecipe(recipe, { name: 'x', labels: alphabets.alphanumeric })))
    .filter(({ trainable }) => trainable)
    .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);

describe('recipes for 62 classes', () => {
  it.each(names)(
    '%s says what to do where sets are missing, and tests on parts that it is not trained on',
    async (name) => {
      const recipe = await openRecipe(name);
      const { train, extra, test, obtain, classes } = recipe.data;
      expect(classes).toBe('alphanumeric');
      expect(obtain).toContain('npx tsx scripts/fontSet.ts --out runs/data');
      expect(extra).toBe('runs/data/fonts.json:train');
      for (const set of train) expect(set).toMatch(/:train(:ink)?$/);
      for (const set of test ?? []) expect(set).toMatch(/:test(:ink)?$/);
      // Tests of strangers' scans stay what they are.
      expect(JSON.stringify([train, test])).not.toMatch(/optdigits|semeion/);
      expect(classCount(recipeNetwork(fittedRecipe(recipe, { name, labels: alphabets.alphanumeric })))).toBe(62);
      expect(() => createDistorter(recipe.distortion!, 28, 28, alphabets.alphanumeric)).not.toThrow();
    },
  );

  it('are of networks that a page can carry, where they are for one', async () => {
    expect(weights(await openRecipe('characters-slim'))).toBe(103_614);
    expect(weights(await openRecipe('characters'))).toBe(209_822);
  });

  it('share their data where they are to be held against each other, and are of stated terms where they say so', async () => {
    const [single, slim, open, taught] = await Promise.all(names.map(openRecipe));
    expect(slim!.data).toEqual(single!.data);
    expect(await openAnyRecipe('characters-committee')).toMatchObject({ members: ['characters'], count: 5 });
    expect(slim).toMatchObject({ balance: 'sets', network: 'medium' });
    // These two differ in the teacher and in the number of epochs: see docs/letters.md.
    const { name: _, description: __, epochs: ___, teacher, ...same } = taught!;
    expect(slim).toMatchObject(same);
    expect(teacher).toMatchObject({ models: ['runs/characters-committee-1/model.onnx'] });
    expect(open!.data.train).toEqual(['mnist:train', 'bhmsds:train', 'az-kaggle:train']);
    expect(Object.keys(open!.data.cleared!)).toEqual(['az-kaggle:train']);
  });
});

describe('a training with strokes and with sets that are never held back', () => {
  let folder = '';
  const of = (set: string) => `${join(folder, `${set}.json`)}:train`;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ductus-characters-'));
    const samples = materialize(limitSamples(await openDataset('mnist:train'), 120, 1));
    const writers = Array.from(samples.targets, (_, index) => 1 + (index % 6));
    writeStoredSet(folder, 'pads', { train: { samples, writers, by: 'ink' } }, { terms: 'none stated' });
    const others = materialize(limitSamples(await openDataset('mnist:train'), 50, 2));
    writeStoredSet(folder, 'made', { train: { samples: others } }, { framed: true, terms: 'MIT' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const recipe = (change: object) =>
    parseRecipe(
      {
        ...{ name: 'drawn', description: 'For tests.', network: 'tiny', epochs: 1, batch: 50 },
        data: { train: of('pads'), extra: of('made'), validation: 20 },
        ...{ optimizer: { type: 'adam' }, schedule: { type: 'constant', rate: 0.005 } },
        strokes: { variants: 2, rotation: 4, shift: 0.03, pen: 1.4 },
        ...change,
      },
      'drawn',
    );
  const run = async (change: object, out: string) => {
    const told: TrainingRunEvent[] = [];
    const options = { recipe: recipe(change), seed: 1, folder: join(folder, out), resume: false, threads: 1 };
    for await (const event of runTraining({ ...options, command: 'test' })) told.push(event);
    return told;
  };

  it('has each sample with strokes again and again, those held back and those without strokes once', {
    tags: ['slow'],
  }, async () => {
    const told = await run({}, 'plain');
    const start = told.find((event) => event.type === 'start')!;
    const held = start.validationSamples;
    expect(held).toBe(20);
    expect(start.samples).toBe(3 * (120 - held) + 50);
    const drawn = told.filter((event) => event.type === 'redrawing');
    expect(drawn.at(-1)).toEqual({ type: 'redrawing', done: 200, total: 200 });
    const card = modelCardOf(readOnnx(readFileSync(join(folder, 'plain', 'model.onnx'))))!;
    expect(card.training!.data).toMatchObject([
      { name: of('pads'), count: 100, terms: 'none stated' },
      { name: of('made'), count: 50, terms: 'MIT' },
    ]);
    expect(card.training!.notice).toContain(`not for every use: ${of('pads')}. Whether`);

    // A student's card names its teacher's training data.
    const models = [join(folder, 'plain', 'model.onnx')];
    await run(
      { data: { train: of('made'), validation: 10 }, teacher: { models, temperature: 2, weight: 0.5 } },
      'taught',
    );
    const taught = modelCardOf(readOnnx(readFileSync(join(folder, 'taught', 'model.onnx'))))!;
    expect(taught.training!.teachers).toMatchObject([{ name: 'drawn', data: card.training!.data }]);
    expect(taught.training!.notice).toContain(`not for every use: ${of('pads')}. Whether`);
  });

  it.each([
    [{ variants: 0 }, /strokes\.variants/],
    [{ variants: 1, pen: 0.5 }, /strokes\.pen/],
    [{ variants: 1, bend: 2 }, /strokes\.bend/],
    [{ variants: 1, wobble: 2 }, /strokes/],
  ])('refuses strokes of %j', (strokes, message) => {
    expect(() => recipe({ strokes })).toThrow(message);
  });
});
