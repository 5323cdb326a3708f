// Test sets with pictures in which no ink is found: what they do to the figures of one set and of several.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecipeData } from '../../../../learn/floor.ts';
import { countOf, type Dataset, pictureAt } from '../../../../samples/floor.ts';
import { openDataset } from '../../data/data.ts';
import { openTestSets, together, withEmpty } from './testSets.ts';

let folder = '';
let digits: Dataset;

/** Writes three pictures of a digit and some blank sheets into its folder. */
async function put(digit: number, blank: number): Promise<void> {
  mkdirSync(join(folder, String(digit)));
  const found = [...digits.targets.keys()].filter((index) => digits.targets[index] === digit).slice(0, 3);
  const paper = new Uint8Array(784).fill(255);
  const sheets = [...found.map((index) => pictureAt(digits, index).pixels), ...Array(blank).fill(paper)];
  for (const [index, pixels] of sheets.entries()) {
    const file = join(folder, String(digit), `${index}.png`);
    await sharp(pixels, { raw: { width: 28, height: 28, channels: 1 } }).toFile(file);
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-test-sets-'));
  digits = await openDataset('mnist:train');
  await put(1, 0);
  await put(3, 2);
  await put(7, 4);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('openTestSets', () => {
  it('counts pictures without ink, of the classes alone that the recipe keeps', async () => {
    const counts = async (more: Partial<RecipeData>) => {
      const sets: [number, number][] = [];
      const data = { train: '', validation: 0, test: folder, ...more };
      for await (const { samples, empty } of openTestSets(data, ['1', '3', '7'])) sets.push([countOf(samples), empty]);
      return sets;
    };
    expect(await counts({})).toEqual([[9, 6]]);
    expect(await counts({ classes: ['1', '3'] })).toEqual([[6, 2]]);
    expect(await counts({ classes: ['1'] })).toEqual([[3, 0]]);
    expect(await counts({ merged: true })).toEqual([[9, 6]]);
  });
});

describe('the figures of test sets', () => {
  const result = { count: 8, correct: 6, accuracy: 0.75, loss: 0.5 };

  it('count pictures without ink as wrong, and leave the loss to those that were answered', () => {
    expect(withEmpty(result, 2)).toEqual({ count: 10, correct: 6, accuracy: 0.6, loss: 0.5, empty: 2 });
    expect(withEmpty(result, 0)).toEqual(result);
  });

  it('are added up sample by sample: those without an answer have no share in the loss', () => {
    const other = { count: 2, correct: 2, accuracy: 1, loss: 0 };
    expect(together([result, other])).toEqual({ count: 10, correct: 8, accuracy: 0.8, loss: 0.4 });
    // 8 answered with 0.5 each and 2 with 0: 0.4, however many blank sheets are among the first or the second.
    expect(together([withEmpty(result, 90), other])).toEqual({
      ...{ count: 100, correct: 8, accuracy: 0.08, loss: 0.4, empty: 90 },
    });
    const both = together([withEmpty(result, 2), withEmpty(other, 18)]);
    expect(both.loss).toBeCloseTo(0.4, 12);
    expect(both).toMatchObject({ count: 30, correct: 8, empty: 20 });
    expect(together([both, other]).loss).toBeCloseTo((8 * 0.5) / 12, 12);
  });
});
