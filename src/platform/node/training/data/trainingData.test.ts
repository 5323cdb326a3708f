// What a recipe's data means, on small sets of real digits: one set or several, classes, writers, test sets.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeStoredSet } from '../../../../../test/storedLike.ts';
import { MissingError, UsageError } from '../../../../core/floor.ts';
import type { RecipeData } from '../../../../learn/floor.ts';
import {
  classCounts,
  countOf,
  type Dataset,
  materialize,
  relabel,
  type Samples,
  splitSamples,
  subset,
  targetsOf,
  viewOf,
  writersOf,
} from '../../../../samples/floor.ts';
import { openDataset } from '../../data/data.ts';
import { datasetHash } from '../../data/datasetHash.ts';
import { holdBack } from './holdBack.ts';
import { openTestSets } from './testSets.ts';
import { countsBySet, openTrainingData } from './trainingData.ts';

let folder = '';
let digits: Dataset;
const of = (name: string, part: string) => `${join(folder, `${name}.json`)}:${part}`;
const open = (data: Partial<RecipeData> & Pick<RecipeData, 'train'>) => openTrainingData({ validation: 0, ...data });
const labelsOf = (samples: Samples) => viewOf(samples).dataset.labels;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-training-data-'));
  digits = await openDataset('mnist:train');
  const first = (count: number, classes: string) =>
    materialize(
      relabel(subset(digits, [...Array(count).keys()]), (label) => (classes.includes(label) ? label : undefined)),
    );
  const hands = (samples: Dataset, many: number) => Array.from(samples.targets, (_, i) => 1 + (i % many));
  const low = first(200, '01234');
  const mixed = first(150, '3456789');
  // Digits in place of letters: only their names matter here.
  const letters = materialize(relabel(subset(digits, [...Array(100).keys()]), (label) => 'OLZEASGTBg'[Number(label)]));
  writeStoredSet(folder, 'low', { train: { samples: low, writers: hands(low, 8), by: 'both' } }, { framed: true });
  writeStoredSet(
    folder,
    'mixed',
    { train: { samples: mixed, writers: hands(mixed, 5) }, test: { samples: mixed } },
    { framed: true, terms: 'for tests' },
  );
  writeStoredSet(folder, 'letters', { train: { samples: letters } }, { framed: true });
  const cases = materialize(relabel(subset(digits, [...Array(100).keys()]), (label) => 'OoCcAa7'[Number(label)]));
  writeStoredSet(folder, 'cases', { train: { samples: cases }, test: { samples: cases } }, { framed: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('openTrainingData', () => {
  it('gives one set as it is, in shared memory and with the hash that it always had', async () => {
    const opened = await open({ train: 'mnist:test' });
    const { samples, sets } = opened;
    expect('indices' in samples).toBe(false);
    expect(viewOf(samples).dataset.images.buffer).toBeInstanceOf(SharedArrayBuffer);
    const sha256 = datasetHash(await openDataset('mnist:test'));
    expect(sets).toEqual([{ name: 'mnist:test', count: 10_000, sha256, terms: 'CC BY-SA 3.0 is commonly given' }]);
    const split = holdBack(opened, { train: 'mnist:test', validation: 500 }, 3);
    const expected = splitSamples(await openDataset('mnist:test'), { validation: 0.05, seed: 3 });
    expect(split.validation).toMatchObject({ indices: expected.validation.indices });
  });

  it('unites the classes of several sets: digits, capitals, small letters', async () => {
    const opened = await open({ train: [of('letters', 'train'), of('low', 'train'), of('mixed', 'train')] });
    const { samples, sets } = opened;
    expect(labelsOf(samples)).toEqual([...'0123456789ABEGLOSTZg']);
    expect(countOf(samples)).toBe(sets.reduce((sum, { count }) => sum + count, 0));
    expect(viewOf(samples).dataset.images.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(sets.map(({ terms }) => terms)).toEqual(['CC BY-SA 3.0', 'CC BY-SA 3.0', 'for tests']);
    // Threes are in two of the sets, and one class.
    const counts = classCounts(samples);
    const threes = await Promise.all(
      ['low', 'mixed'].map(async (name) => classCounts(await openDataset(of(name, 'train')))[name === 'low' ? 3 : 0]!),
    );
    expect(counts[3]).toBe(threes[0]! + threes[1]!);
    const { train } = holdBack(opened, { train: '', validation: 60 }, 1);
    const bySet = countsBySet(opened, train);
    expect(bySet.reduce((sum, count) => sum + count, 0)).toBe(countOf(train));
    expect(bySet.every((count, set) => count > 0 && count < sets[set]!.count)).toBe(true);
  });

  it('restricts to an alphabet, or to classes spelled out, without copying a pixel of one set', async () => {
    const { samples } = await open({ train: of('letters', 'train'), classes: 'lower' });
    expect(labelsOf(samples)).toEqual(['g']);
    expect([...targetsOf(samples)].every((target) => target === 0)).toBe(true);
    expect(countOf(samples)).toBe([...digits.targets.subarray(0, 100)].filter((target) => target === 9).length);
    const both = await open({ train: [of('letters', 'train'), of('low', 'train')], classes: ['digits', 'S'] });
    expect(labelsOf(both.samples)).toEqual(['0', '1', '2', '3', '4', 'S']);
    await expect(open({ train: of('low', 'train'), classes: ['0', 'x'] })).rejects.toThrow(UsageError);
    await expect(open({ train: of('low', 'train'), classes: ['0', 'x'] })).rejects.toThrow('received also x');
    await expect(open({ train: of('low', 'train'), classes: 'upper' })).rejects.toThrow(
      'at least one class to be kept',
    );
  });

  it('merges cases as EMNIST does, in the test sets too', async () => {
    const data: RecipeData = { train: of('cases', 'train'), test: of('cases', 'test'), validation: 0, merged: true };
    const { samples } = await openTrainingData(data);
    expect(labelsOf(samples)).toEqual([...'7ACOa']);
    const counts = classCounts(subset(digits, [...Array(100).keys()]));
    const sum = (...numbers: number[]) => numbers.reduce((all, number) => all + counts[number]!, 0);
    expect(classCounts(samples)).toEqual([sum(6), sum(4), sum(2, 3), sum(0, 1), sum(5)]);
    for await (const { samples: tested } of openTestSets(data, labelsOf(samples))) {
      expect(classCounts(tested)).toEqual(classCounts(samples));
    }
    const some = await openTrainingData({ ...data, classes: ['o', 'A', 'a'] });
    expect(labelsOf(some.samples)).toEqual([...'AOa']);
    expect(classCounts(some.samples)).toEqual([sum(4), sum(1), sum(5)]);
  });

  it('refuses the same samples twice where some are held back, by whatever name', { tags: ['slow'] }, async () => {
    const twice = [of('letters', 'train'), join(folder, '.', 'letters.json:train')];
    await expect(open({ train: twice, validation: 10 })).rejects.toThrow('which are the same; split them by writer');
    expect(countOf((await open({ train: twice })).samples)).toBe(200);
    // Pictures and strokes of the same people: by writer, no sample is on both sides.
    const data = { train: [of('low', 'train'), of('low', 'train:ink')], validation: 40 };
    await expect(open({ ...data, splitBy: 'sample' })).rejects.toThrow('which are the same');
    const { train, validation } = holdBack(await open(data), data, 1);
    const held = new Set(writersOf(validation!));
    expect(held.size).toBeGreaterThan(0);
    expect([...writersOf(train)!].some((writer) => held.has(writer))).toBe(false);
  });
});

describe('holdBack', () => {
  it('divides by writer where all are known, by sample where any is not, or as it is told', async () => {
    const sides = async (data: RecipeData) => {
      const { train, validation } = holdBack(await open(data), data, 5);
      const held = new Set(writersOf(validation!));
      return [...(writersOf(train) ?? [])].filter((writer) => writer !== 0 && held.has(writer)).length;
    };
    const known = { train: [of('low', 'train'), of('mixed', 'train')], validation: 50 };
    expect(await sides(known)).toBe(0);
    expect(await sides({ ...known, splitBy: 'sample' })).toBeGreaterThan(0);
    const some = { train: [of('low', 'train'), of('letters', 'train')], validation: 50 };
    expect(await sides(some)).toBeGreaterThan(0);
    // Those who are not known stay in training.
    expect(await sides({ ...some, splitBy: 'writer' })).toBe(0);
    const unknown = { train: of('letters', 'train'), validation: 20, splitBy: 'writer' } as const;
    const opened = await open(unknown);
    expect(() => holdBack(opened, unknown, 1)).toThrow('expected data that says who wrote it');
    expect(() => holdBack(opened, { ...unknown, validation: 100 }, 1)).toThrow('leave nothing to train on');
    expect(holdBack(opened, { ...unknown, validation: 0 }, 1).validation).toBeUndefined();
  });
});

describe('extra sets', () => {
  it('are trained on and never held back: what is held back is the same without them', { tags: ['slow'] }, async () => {
    const known = { train: [of('low', 'train'), of('mixed', 'train')], validation: 60 };
    for (const splitBy of ['writer', 'sample'] as const) {
      const plain = holdBack(await open(known), { ...known, splitBy }, 3);
      const opened = await open({ ...known, extra: of('letters', 'train') });
      const more = holdBack(opened, { ...known, splitBy }, 3);
      expect(opened.sets.map(({ name }) => name)).toEqual([...known.train, of('letters', 'train')]);
      expect(opened.ordinary).toBe(countOf(opened.samples) - 100);
      const textsOf = (samples: Samples) => Array.from(targetsOf(samples), (target) => labelsOf(samples)[target]);
      expect(textsOf(more.validation!)).toEqual(textsOf(plain.validation!));
      expect(countOf(more.train)).toBe(countOf(plain.train) + 100);
      expect(countsBySet(opened, more.train)[2]).toBe(100);
      expect(textsOf(more.train)).toContain('O');
    }
    const twice = { ...known, extra: [of('low', 'train:ink')] };
    await expect(open(twice)).rejects.toThrow(/recipe, data\.extra: expected other samples than those of data\.train/);
  });

  it('and others are told how to be had, and why their terms are taken as clear', async () => {
    const obtain = 'make it with npx tsx scripts/fontSet.ts';
    const missing = { train: of('low', 'train'), extra: join(folder, 'fonts.json:train'), obtain };
    await expect(open(missing)).rejects.toThrow(/fonts\.json, received no such file; make it with npx tsx/);
    await expect(open(missing)).rejects.toThrow(MissingError);
    await expect(open({ train: 'nowhere:train', obtain })).rejects.toThrow(
      /received "nowhere".*; make it with npx tsx/,
    );
    const cleared = { [of('low', 'train')]: 'for a reason' };
    expect((await open({ train: of('low', 'train'), cleared })).sets[0]).toMatchObject({ cleared: 'for a reason' });
    await expect(open({ train: of('mixed', 'train'), cleared })).rejects.toThrow('recipe, data.cleared: expected sets');
  });

  it('keep their strokes apart, sample by sample, where they are asked for', { tags: ['slow'] }, async () => {
    const mixed = { validation: 0, train: [of('mixed', 'train'), of('low', 'train:ink')], classes: ['3', '4', '5'] };
    const { samples, sets, inks } = await openTrainingData(mixed, true);
    expect(inks!.map((ink) => ink !== undefined)).toEqual(
      sets.flatMap(({ count }, set) => Array(count).fill(set === 1)),
    );
    expect(inks).toHaveLength(countOf(samples));
    // One set is not copied: its strokes stand where its samples do, those that are left out among them.
    const alone = await openTrainingData({ validation: 0, train: of('low', 'train:ink'), classes: ['4'] }, true);
    expect(alone.inks).toHaveLength(viewOf(alone.samples).dataset.count);
    expect(countOf(alone.samples)).toBeLessThan(alone.inks!.length);
    expect(viewOf(samples).dataset).not.toHaveProperty('inks');
  });
});

describe('openTestSets', () => {
  it('gives each with the class numbers of the training data, and refuses classes that it lacks', async () => {
    const data: RecipeData = { train: '', validation: 0, test: [of('mixed', 'test'), of('mixed', 'train')] };
    const labels = [...'9876543210'];
    const names: string[] = [];
    for await (const { name, samples } of openTestSets(data, labels)) {
      names.push(name);
      const own = await openDataset(name);
      expect([...targetsOf(samples)]).toEqual(Array.from(own.targets, (target) => 9 - Number(own.labels[target])));
    }
    expect(names).toEqual(data.test);
    const lacking = async (more: Partial<RecipeData>) => {
      for await (const { samples } of openTestSets({ ...data, ...more }, ['8', '9'])) return classCounts(samples);
      return undefined;
    };
    await expect(lacking({})).rejects.toThrow('expected samples of the classes 8 9, received also 3 4 5 6 7');
    expect((await lacking({ classes: ['8', '9'] }))!.every((count) => count > 0)).toBe(true);
    await expect(lacking({ test: of('low', 'train'), classes: ['8', '9', '0'] })).rejects.toThrow('received also 0');
  });
});
