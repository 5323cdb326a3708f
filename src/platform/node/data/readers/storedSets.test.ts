// Stored sets of real digits in the documented form: found by name and path, read, and refused where inconsistent.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeStoredSet } from '../../../../../test/storedLike.ts';
import { DuctusError, FormatError, MissingError, UsageError } from '../../../../core/floor.ts';
import { judge, metrics } from '../../../../learn/floor.ts';
import { frameCharacter, mnistFraming, rasterizeInk } from '../../../../picture/floor.ts';
import { type Dataset, formatIdx, pictureAt, subset } from '../../../../samples/floor.ts';
import { openRecognizer } from '../../model/recognizer.ts';
import { openDataset, openPictures, openStored } from '../data.ts';
import { findData } from '../sources/sources.ts';
import { listStoredSets } from './storedSets.ts';

let folder = '';
let digits: Dataset;
const before = process.env.DUCTUS_DATA;
const at = (name: string) => join(folder, name);
const some = (from: number, to: number) =>
  subset(
    digits,
    [...Array(to - from).keys()].map((i) => from + i),
  );

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-sets-'));
  process.env.DUCTUS_DATA = folder;
  digits = await openDataset('mnist:train');
  const hands = (count: number, first: number) => Array.from({ length: count }, (_, i) => first + (i % 3));
  writeStoredSet(
    folder,
    'hands',
    {
      train: { samples: some(0, 60), writers: hands(60, 300), by: 'both' },
      test: { samples: some(60, 90), writers: hands(30, 400), by: 'both' },
    },
    { writers: 6 },
  );
  writeStoredSet(folder, 'pen', { train: { samples: some(0, 40), by: 'ink' } });
  writeStoredSet(
    folder,
    'plain',
    { test: { samples: some(0, 20), sources: [...Array(20).keys()].map((i) => i % 2) } },
    {
      framing: 'As MNIST',
      sources: ['forms', 'cards'],
    },
  );
});
afterAll(() => {
  if (before === undefined) delete process.env.DUCTUS_DATA;
  else process.env.DUCTUS_DATA = before;
  rmSync(folder, { recursive: true });
});

describe('a stored set', () => {
  it('is found in the data folder by its name, or anywhere by the path of its description', async () => {
    for (const where of ['hands:test', `${at('hands.json')}:test`]) {
      const stored = await openStored(where);
      expect(stored).toMatchObject({ name: where, count: 30, width: 28, height: 28, labels: digits.labels });
      expect(stored.targets).toEqual(digits.targets.slice(60, 90));
      expect(Buffer.compare(stored.images, digits.images.subarray(60 * 784, 90 * 784))).toBe(0);
      expect([...stored.writers!.subarray(0, 4)]).toEqual([400, 401, 402, 400]);
      expect(stored.writerSet).toBe('hands');
    }
  });

  it('is framed as raw pictures unless its description says that it is framed', async () => {
    expect((await findData('hands:test')).framing).toBe('raw');
    const framed = await openDataset('hands:test');
    expect(pictureAt(framed, 7)).toEqual(frameCharacter(pictureAt(digits, 67), mnistFraming));
    expect(framed.writers).toEqual((await openStored('hands:test')).writers);
    expect(framed.images.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect((await findData('plain:test')).framing).toBe('framed');
    expect(Buffer.compare((await openDataset('plain:test')).images, digits.images.subarray(0, 20 * 784))).toBe(0);
  });

  it('tells of each picture which collection it is from, where it says so', async () => {
    const { sources } = await openPictures('plain:test');
    expect(sources.slice(0, 2)).toEqual(['plain:test#0 (forms)', 'plain:test#1 (cards)']);
  });

  it('is opened by its strokes where these are asked for, or all there is', { tags: ['slow'] }, async () => {
    expect((await findData('hands:test')).form).toBe('array');
    expect((await findData('hands:test:ink')).form).toBe('strokes');
    expect((await findData('pen:train')).form).toBe('strokes');
    const drawn = await openDataset('hands:test:ink');
    expect(drawn).toMatchObject({ count: 30, width: 28, writerSet: 'hands' });
    expect(drawn.targets).toEqual(digits.targets.slice(60, 90));
    expect(pictureAt(drawn, 3)).toEqual(frameCharacter(rasterizeInk(drawn.inks![3]!), mnistFraming));
    expect((await openDataset('pen:train')).writers).toBeUndefined();
    await expect(openStored('pen:train')).rejects.toThrow('expected pictures of one size, received strokes');
  });

  it('is read from strokes by the shipped model, drawn by the recogniser itself', { tags: ['slow'] }, async () => {
    const pictures = await openPictures('pen:train');
    expect(pictures.inks).toHaveLength(40);
    const recognizer = await openRecognizer('digits');
    const raw = metrics((await judge(recognizer, pictures, { framing: 'raw' })).predictions);
    const framed = metrics((await judge(recognizer, pictures, { framing: 'framed' })).predictions);
    recognizer.dispose();
    // What is drawn is bolder than MNIST; 85 % of 40 is far above chance, and below what was measured, 40 of 40.
    expect(raw.accuracy).toBeGreaterThan(0.85);
    expect(raw.crossEntropy).toBeCloseTo(framed.crossEntropy!, 4);
  });

  it('is named wrongly only with an error that says what there is', async () => {
    await expect(openDataset('hand:test')).rejects.toThrow(UsageError);
    await expect(openDataset('hand:test')).rejects.toThrow(
      `received "hand" (did you mean hands?); there are mnist, hands, pen, plain (data folder: ${folder}, DUCTUS_DATA)`,
    );
    await expect(openDataset('hands:tets')).rejects.toThrow(
      'expected a part of hands: hands:train, hands:test; received "tets" (did you mean test?)',
    );
    await expect(openDataset('hands:toString')).rejects.toThrow(UsageError);
    await expect(openDataset('hands')).rejects.toThrow(
      'expected a part of it, hands:train or hands:test; received the whole',
    );
    await expect(openDataset(at('hands.json'))).rejects.toThrow(`${at('hands.json')}:test; received the whole set`);
    await expect(openDataset('plain:test:ink')).rejects.toThrow(MissingError);
    await expect(openDataset('plain:test:ink')).rejects.toThrow(
      `expected plain-test-ink.ndjson.gz beside ${at('plain.json')}, received no such file; without :ink it has pictures`,
    );
    await expect(openDataset(`${at('none.json')}:test`)).rejects.toThrow(MissingError);
    await expect(openDataset('../../hands:test')).rejects.toThrow(MissingError);
  });
});

describe('listStoredSets', () => {
  it('gives the sets by name and what is damaged, and passes over other JSON', async () => {
    writeFileSync(at('recipe.json'), JSON.stringify({ name: 'recipe', epochs: 3 }));
    writeFileSync(at('torn.json'), '{"name": "torn", "cla');
    writeFileSync(at('odd.json'), JSON.stringify({ name: 'odd', classes: [], splits: {} }));
    const { sets, damaged } = await listStoredSets(folder);
    expect(sets.map(({ description }) => description.name)).toEqual(['hands', 'pen', 'plain']);
    expect(damaged.map(({ file }) => file)).toEqual([at('odd.json'), at('torn.json')]);
    expect(damaged[0]!.problem).toContain('field title');
    for (const name of ['recipe', 'torn', 'odd']) rmSync(at(`${name}.json`));
    expect(await listStoredSets(at('nowhere'))).toEqual({ sets: [], damaged: [] });
  });
});

describe('a stored set that is damaged', () => {
  const names = ['images.idx3', 'labels.idx1', 'writers.idx1', 'sources.idx1'].map((kind) => `bad-test-${kind}.gz`);
  const put = (name: string, bytes: Uint8Array) => writeFileSync(at(name), gzipSync(bytes));
  const make = (change = {}) =>
    writeStoredSet(
      folder,
      'bad',
      { test: { samples: some(0, 10), writers: Array(10).fill(1), sources: Array(10).fill(0), by: 'both' } },
      { sources: ['one'], ...change },
    );
  afterEach(() => {
    for (const name of ['bad.json', ...names, 'bad-test-ink.ndjson.gz']) rmSync(at(name), { force: true });
  });

  it.each<[string, () => void, string]>([
    ['a count', () => make({ splits: { test: 11 } }), 'expected 11 pictures, as bad.json says of "test", received 10'],
    [
      'a size',
      () => make({ size: [64, 64] }),
      'expected pictures of 64 rows and 64 columns, as bad.json says, received 28',
    ],
    [
      'too few classes',
      () => make({ classes: ['0', '1', '2'] }),
      'bad-test-labels.idx1.gz: label of sample 0: expected 0 to 2',
    ],
    [
      'another name',
      () => make({ name: 'good' }),
      'field name: expected "bad", as the file is called, received "good"',
    ],
    [
      'unequal labels',
      () => put(names[1]!, formatIdx({ type: 'uint8', shape: [9], data: new Uint8Array(9) })),
      'bad-test-labels.idx1.gz: expected 10 labels',
    ],
    [
      'unequal writers',
      () => put(names[2]!, formatIdx({ type: 'uint16', shape: [11], data: new Uint16Array(11) })),
      'bad-test-writers.idx1.gz: expected 10 numbers, one for each sample, received 11',
    ],
    [
      'a source beyond',
      () => put(names[3]!, formatIdx({ type: 'uint8', shape: [10], data: new Uint8Array(10).fill(1) })),
      'bad-test-sources.idx1.gz: source of sample 0: expected 0 to 0 (one), received 1',
    ],
    ['no labels', () => rmSync(at(names[1]!)), 'expected bad-test-labels.idx1.gz beside it, received no such file'],
    [
      'a file cut off',
      () => writeFileSync(at(names[0]!), readFileSync(at(names[0]!)).subarray(0, 500)),
      'bad-test-images.idx3.gz: unzipping: expected an undamaged gzip stream',
    ],
    ['a description cut off', () => writeFileSync(at('bad.json'), '{"name"'), 'bad.json: reading a data set'],
    ['a description that is no text', () => writeFileSync(at('bad.json'), Uint8Array.of(0xff, 0xfe)), 'expected UTF-8'],
  ])('by %s says so', async (_, damage, message) => {
    make();
    damage();
    await expect(openPictures('bad:test')).rejects.toThrow(DuctusError);
    await expect(openPictures('bad:test')).rejects.toThrow(message);
  });

  it('in its strokes names the line', async () => {
    make();
    const lines = gunzipSync(readFileSync(at('bad-test-ink.ndjson.gz')))
      .toString()
      .trimEnd()
      .split('\n');
    const write = (changed: readonly string[]) => put('bad-test-ink.ndjson.gz', Buffer.from(changed.join('\n')));
    write(lines.with(3, lines[0]!));
    await expect(openDataset('bad:test:ink')).rejects.toThrow(
      `line 4: expected the label "1" of sample 3 in ${at('bad-test-labels.idx1.gz')}, received "5"`,
    );
    write(lines.slice(1));
    await expect(openDataset('bad:test:ink')).rejects.toThrow(
      'expected 10 lines, as bad.json says of "test", received 9',
    );
    write([...lines, lines[0]!]);
    await expect(openDataset('bad:test:ink')).rejects.toThrow(
      'bad-test-ink.ndjson.gz line 11: expected at most 10 lines',
    );
    write(lines.with(6, '{"label":"9","strokes":[[1]]}'));
    await expect(openDataset('bad:test:ink')).rejects.toThrow(FormatError);
    await expect(openDataset('bad:test:ink')).rejects.toThrow(
      'bad-test-ink.ndjson.gz line 7: reading strokes: expected stroke 0',
    );
  });

  it('at random fails only with errors of its own', async () => {
    make();
    const files = ['bad.json', ...names.slice(0, 3)].map((name) => ({
      name,
      bytes: new Uint8Array(readFileSync(at(name))),
    }));
    const damage = fc.record({
      file: fc.constantFrom(...files),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      value: fc.nat(255),
      cut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file: { name, bytes }, at: share, value, cut }) => {
        const position = Math.floor(share * bytes.length);
        writeFileSync(at(name), cut ? bytes.subarray(0, position) : bytes.with(position, value));
        await openPictures('bad:test').catch((error) => expect(error).toBeInstanceOf(DuctusError));
        writeFileSync(at(name), bytes);
      }),
      { numRuns: 80 },
    );
  });
});
