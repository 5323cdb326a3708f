// The README's table of models says what the files in models say, and these what the kept logs of their trainings say.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelsTable, type ShippedModel, shippedModels, withModels } from '../../scripts/documents/modelsMarkdown.ts';
import { readLogs } from '../../scripts/documents/runLog.ts';
import { root } from './project.ts';

let models: ShippedModel[];
beforeAll(async () => {
  models = await shippedModels();
});

describe('README.md', () => {
  it('has the table that the models give (npx tsx scripts/documents/resultsTable.ts)', async () => {
    const text = await readFile(join(root, 'README.md'), 'utf8');
    expect(text).toBe(withModels(text, models));
  });

  it('gives the figures of a training whose log is kept', async () => {
    const logs = await readLogs();
    for (const { name, card } of models) {
      const log = logs.find(({ recipe, seed }) => recipe === name && seed === card!.training!.seed);
      expect(log?.test, name).toEqual(card!.test);
    }
  });
});

describe('modelsTable', () => {
  it('has a row a model, with what its card says', () => {
    const [first, second, ...rows] = modelsTable(models).trimEnd().split('\n');
    expect(first).toBe('| model | for | size | accuracy | terms |');
    expect(second).toBe('| --- | --- | ---: | --- | --- |');
    expect(rows.map((row) => row.split('`')[1]).sort()).toEqual(models.map(({ name }) => name).sort());
    const digits = models.find(({ name }) => name === 'digits')!;
    const test = [{ data: 'mnist:test', count: 100, accuracy: 0.5 }];
    const training = { ...digits.card!.training!, notice: 'Learned from data whose terms are not stated.' };
    const changed = { ...digits, bytes: 1025, card: { ...digits.card!, test, training } };
    expect(modelsTable([changed])).toMatch(/\| 2 KiB \| 50\.00 % of `mnist:test` \| not all stated \|\n$/);
    expect(modelsTable([digits])).toMatch(/ \| clear \|\n$/);
  });

  it('refuses a model that nobody has described, or measured', () => {
    const digits = models.find(({ name }) => name === 'digits')!;
    expect(() => modelsTable([{ ...digits, name: 'unheard-of' }])).toThrow(/unheard-of\.onnx: expected a line/);
    expect(() => modelsTable([{ ...digits, card: undefined }])).toThrow(/digits\.onnx: expected a card/);
  });
});
