// `ductus data list` and what names of stored sets do in other commands, on small sets of real digits.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { printedBy, runDuctus } from '../../../test/runDuctus.ts';
import { writeStoredSet } from '../../../test/storedLike.ts';
import { openDataset } from '../../platform/node/floor.ts';
import { type Dataset, subset } from '../../samples/floor.ts';

let folder = '';
let digits: Dataset;
const before = process.env.DUCTUS_DATA;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-list-'));
  process.env.DUCTUS_DATA = folder;
  digits = await openDataset('mnist:train');
});
afterAll(() => {
  if (before === undefined) delete process.env.DUCTUS_DATA;
  else process.env.DUCTUS_DATA = before;
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  const some = subset(digits, [...Array(60).keys()]);
  const writers = [...Array(60).keys()].map((i) => 1 + (i % 4));
  writeStoredSet(
    folder,
    'hands',
    { test: { samples: some, writers, by: 'both' } },
    { writers: 4, terms: 'for tests only' },
  );
});

const run = (...args: string[]): Promise<string> => printedBy(args);

describe('ductus data list', () => {
  it('lists MNIST and the sets of the data folder, and names what is damaged', async () => {
    writeFileSync(join(folder, 'torn.json'), '{"classes": ["a"], ');
    const { stdout: list, stderr } = await runDuctus(['data', 'list']);
    expect(list).toMatch(/^mnist +10 +0-9 +train 60000, test 10000 +28x28 +- /m);
    expect(list).toMatch(/^hands +10 +0-9 +test 60 \+ink +28x28 +4 +for tests only$/m);
    expect(stderr).toMatch(/damaged: .*torn\.json: reading a data set's description: expected JSON/);
    expect(stderr).toContain('Data is named by mnist:train, mnist:test, emnist-<division>:<part>, ');
    rmSync(join(folder, 'torn.json'));
  });

  it('gives all that the descriptions say as JSON', async () => {
    rmSync(join(folder, 'hands-test-ink.ndjson.gz'));
    const { sets, builtIn, damaged, folder: named } = JSON.parse(await run('data', 'list', '--json'));
    expect(named).toBe(folder);
    expect(builtIn.map(({ name }: { name: string }) => name)).toEqual(['mnist']);
    expect(sets).toHaveLength(1);
    expect(sets[0]).toMatchObject({
      ...{ name: 'hands', splits: { test: 60 }, writers: 4, terms: 'for tests only', source: 'MNIST' },
      parts: { test: { count: 60, pictures: true, ink: false } },
    });
    expect(damaged).toEqual([]);
  });
});

describe('a stored set by its name', () => {
  it('can be shown, by its pictures and by its strokes', { tags: ['slow'] }, async () => {
    expect(await run('data', 'show', 'hands:test')).toContain('hands:test: 60 pictures of 28x28 by 4 writers');
    const out = join(folder, 'ink.png');
    const strokes = JSON.parse(await run('data', 'show', 'hands:test:ink', '--json', '--out', out));
    expect(strokes).toMatchObject({ name: 'hands:test:ink', count: 60, writers: 4, sheet: out });
  });

  it('can be measured on, raw as its form says, and by some of its classes', { tags: ['slow'] }, async () => {
    const all = JSON.parse(await run('evaluate', '--data', 'hands:test', '--json'));
    expect(all).toMatchObject({ data: 'hands:test', count: 60, framing: 'raw' });
    expect(all.accuracy).toBeGreaterThan(0.95);
    const forced = JSON.parse(await run('evaluate', '--data', 'hands:test', '--framing', 'framed', '--json'));
    expect(forced.framing).toBe('framed');
    const ones = JSON.parse(await run('evaluate', '--data', 'hands:test:ink', '--classes', '1,7', '--json'));
    expect(ones.framing).toBe('raw');
    expect(ones.count).toBe([...digits.targets.subarray(0, 60)].filter((target) => [1, 7].includes(target)).length);
    const none = run('evaluate', '--data', 'hands:test', '--classes', 'upper');
    await expect(none).rejects.toMatchObject({ code: 2 });
    await expect(none).rejects.toThrow('--classes: expected classes of hands:test');
  });

  it('is refused with what there is when it is mistyped', async () => {
    await expect(run('evaluate', '--data', 'hand:test')).rejects.toThrow(
      'received "hand" (did you mean hands?); there are mnist, hands (data folder',
    );
  });
});
