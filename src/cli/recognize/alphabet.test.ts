// `--alphabet` of the commands that read: answers of the shipped model on real digits, as if it knew only some of them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printedBy } from '../../../test/runDuctus.ts';
import { encodePng, openDataset } from '../../platform/node/floor.ts';
import { pictureAt } from '../../samples/floor.ts';
import { alphabetOf } from '../options.ts';

/** The first pictures of MNIST's training set, and what they are. */
const digits = ['5', '0', '4', '1', '9', '2', '1', '3', '1', '4'];
let folder: string;
let files: readonly string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-alphabet-'));
  const data = await openDataset('mnist:train');
  files = await Promise.all(
    digits.map(async (_, index) => {
      const file = join(folder, `${index}.png`);
      writeFileSync(file, await encodePng(pictureAt(data, index)));
      return file;
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const recognize = (...args: string[]): Promise<string> => printedBy(['recognize', ...args]);
const evaluate = (...args: string[]): Promise<string> => printedBy(['evaluate', ...args]);

describe('--alphabet', () => {
  it('takes a name, or texts and names with commas between', () => {
    expect(alphabetOf('digits')).toBe('digits');
    expect(alphabetOf('A')).toEqual(['A']);
    expect(alphabetOf('A,B,digits')).toEqual(['A', 'B', 'digits']);
    expect(() => alphabetOf('A,,B')).toThrow(/Expected class texts with commas between/);
  });

  it('restricts the answers of recognize, right digits and wrong ones', async () => {
    const answers = (await recognize(...files, '--alphabet', '1,4,9', '--top', '10', '--json'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string; alternatives: { text: string; confidence: number }[] });
    for (const [index, { text, alternatives }] of answers.entries()) {
      expect(alternatives.map((alternative) => alternative.text).sort()).toEqual(['1', '4', '9']);
      expect(alternatives.reduce((sum, { confidence }) => sum + confidence, 0)).toBeCloseTo(1, 5);
      if (['1', '4', '9'].includes(digits[index]!)) expect(text).toBe(digits[index]);
    }
    expect(await recognize(files[0]!, '--alphabet', '3')).toMatch(/0\.png: 3 \(100\.00 %\)\n$/);
  });

  it('restricts what evaluate measures, and says so', { tags: ['slow'] }, async () => {
    const some = ['--data', 'mnist:train', '--limit', '60', '--seed', '1', '--json'];
    const free = JSON.parse(await evaluate(...some));
    const half = JSON.parse(await evaluate(...some, '--alphabet', '0,1,2,3,4', '--against', 'digits'));
    expect(free).not.toHaveProperty('alphabet');
    expect(free).not.toHaveProperty('leftOut');
    expect(half.alphabet).toEqual(['0', '1', '2', '3', '4']);
    // Pictures of 5 to 9 are left out: they have no right answer.
    const inHalf = (await openDataset('mnist:train')).targets.filter((target) => target < 5).length;
    expect(half.leftOut).toBe(60000 - inHalf);
    expect(half.count).toBe(60);
    expect(half.perClass.slice(5).map((row: { count: number }) => row.count)).toEqual([0, 0, 0, 0, 0]);
    expect(half.accuracy).toBeGreaterThan(0.9);
    expect(half.confusion.flatMap((row: number[]) => row.slice(5))).toEqual(new Array(50).fill(0));
    // The other model reads with the same alphabet: it is the same model, and agrees everywhere.
    expect(half.comparison).toMatchObject({ onlyFirst: 0, onlySecond: 0 });
  });

  it('is refused where the model has none of it, with the classes that it has', async () => {
    const text = /alphabet: expected classes of the model \(0 1 2 3 4 5 6 7 8 9\).*received/;
    await expect(recognize(files[0]!, '--alphabet', 'letters')).rejects.toThrow(text);
    await expect(recognize(files[0]!, '--alphabet', '1,l')).rejects.toThrow(/received "l"$/);
    await expect(evaluate('--data', 'mnist:train', '--limit', '9', '--alphabet', 'upper')).rejects.toMatchObject({
      code: 2,
    });
    const validation = ['--data', 'mnist:train', '--limit', '9', '--calibrate-on', 'validation'];
    await expect(evaluate(...validation, '--alphabet', 'digits')).rejects.toThrow(/--alphabet: expected pictures of/);
  });
});
