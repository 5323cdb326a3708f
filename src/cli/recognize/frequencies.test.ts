// `--frequencies` of the commands that read: the shipped letters model on real digits, which it cannot tell from
// letters without context.
// @module-tag slow
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printedBy, runDuctus } from '../../../test/runDuctus.ts';
import { encodePng, openDataset } from '../../platform/node/floor.ts';
import { pictureAt } from '../../samples/floor.ts';

const count = 60;
let folder: string;
let files: readonly string[];
let truth: readonly string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-frequencies-'));
  const data = await openDataset('mnist:train');
  truth = Array.from({ length: count }, (_, index) => data.labels[data.targets[index]!]!);
  files = await Promise.all(
    truth.map(async (_, index) => {
      const file = join(folder, `${index}.png`);
      writeFileSync(file, await encodePng(pictureAt(data, index)));
      return file;
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const model = ['--model', 'characters-slim'];
const recognize = (...args: string[]): Promise<string> => printedBy(['recognize', ...args]);
const evaluate = async (...args: string[]) =>
  JSON.parse(await printedBy(['evaluate', '--data', 'mnist:train', '--limit', '400', ...model, '--json', ...args])) as {
    accuracy: number;
    frequencies?: { source: string; classes: Record<string, number> };
  };
const right = (printed: string): number => {
  const answers = printed.trim().split('\n');
  return answers.filter((line, index) => (JSON.parse(line) as { text: string }).text === truth[index]).length;
};

describe('--frequencies', () => {
  it('estimate finds in a pile of digits that it is one, and says what it found', async () => {
    const untold = right(await recognize(...files, ...model, '--json'));
    const command = ['recognize', ...files, ...model, '--json', '--frequencies', 'estimate'];
    const { stdout, stderr } = await runDuctus(command);
    expect(right(stdout)).toBeGreaterThan(untold);
    expect(right(stdout)).toBeGreaterThanOrEqual(count - 2);
    expect(stderr).toMatch(/Frequencies estimated from 60 pictures: \d [\d.]+ %, /);
  });

  it('are measured by evaluate, which reports them', async () => {
    const untold = await evaluate();
    const told = await evaluate('--frequencies', 'estimate');
    expect(told.accuracy).toBeGreaterThan(untold.accuracy + 0.02);
    expect(told.accuracy).toBeGreaterThan(0.97);
    const digits = Object.entries(told.frequencies!.classes).filter(([label]) => /\d/.test(label));
    expect(digits.reduce((sum, [, share]) => sum + share, 0)).toBeGreaterThan(0.6);
  });

  it('come from a file of counts or from a labelled set', async () => {
    const file = join(folder, 'counts.json');
    writeFileSync(file, JSON.stringify(Object.fromEntries('0123456789'.split('').map((label) => [label, 1]))));
    const counted = await evaluate('--frequencies', file);
    const digits = await evaluate('--alphabet', 'digits');
    expect(counted.accuracy).toBe(digits.accuracy);
    const set = await evaluate('--frequencies', 'mnist:test');
    expect(set.frequencies!.classes['1']).toBe(1136); // 1,135 ones, and one more
    expect(set.frequencies!.classes.Q).toBe(1);
    expect(set.accuracy).toBeGreaterThan(0.97);
  });

  it('estimate leaves a pile alone in which there is nothing to read', async () => {
    const blank = join(folder, 'blank.png');
    writeFileSync(blank, await encodePng({ width: 28, height: 28, pixels: new Uint8Array(784).fill(255) }));
    expect(await recognize(blank, ...model, '--frequencies', 'estimate')).toBe(`${blank}: nothing found\n`);
  });

  it('are refused where the file is none of them, and for standard input, which cannot be read twice', async () => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, '{"0": "often"}');
    await expect(recognize(files[0]!, ...model, '--frequencies', file)).rejects.toThrow(/wrong\.json, class 0/);
    writeFileSync(file, '0: 3');
    await expect(recognize(files[0]!, ...model, '--frequencies', file)).rejects.toThrow(/wrong\.json.*JSON of counts/);
    await expect(recognize(files[0]!, ...model, '--frequencies', join(folder, 'no.json'))).rejects.toThrow(/no\.json/);
    await expect(recognize('-', ...model, '--frequencies', 'estimate')).rejects.toThrow(/standard input/);
    const nothing = recognize(files[0]!, ...model, '--frequencies', 'nowhere:train');
    await expect(nothing).rejects.toThrow(/nowhere/);
  });
});
