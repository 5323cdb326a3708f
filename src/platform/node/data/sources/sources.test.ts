// Every source of data through the same checks, on real digits: by its names, and by what it gives for them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { emnistLike, writeEmnistLike } from '../../../../../test/emnistLike.ts';
import { gntOf } from '../../../../../test/gntOf.ts';
import { writeStoredSet } from '../../../../../test/storedLike.ts';
import { DuctusError, UsageError } from '../../../../core/floor.ts';
import { frameCharacter, mnistFraming, rasterizeInk } from '../../../../picture/floor.ts';
import { type Dataset, formatIdx, pictureAt, picturesOf, subset } from '../../../../samples/floor.ts';
import { encodePng } from '../../picture/image.ts';
import { openDataset, openPictures, openStored } from '../data.ts';
import type { DataSource, NamedData } from '../dataSource.ts';
import { emnist } from './emnist.ts';
import { folder } from './folder.ts';
import { gnt } from './gnt.ts';
import { idxFile } from './idxFile.ts';
import { mnist } from './mnist.ts';
import { dataNames, dataSources, findData, listSets } from './sources.ts';
import { storedSet } from './storedSet.ts';

/** Data of a source: written, named, and what must come of it. */
interface SourceCase {
  readonly source: DataSource;
  /** A name of the data; paths begin in the data folder, which the tests are run in. */
  readonly where: string;
  /** Another name of the same samples. */
  readonly alias?: string;
  readonly form: NamedData['form'];
  readonly count: number;
  readonly labels: string;
  /** Names of this form that mean nothing. */
  readonly wrong: readonly string[];
  /** Files that the data is read from, to be damaged. */
  readonly files: readonly string[];
  /** Writes them. */
  write?(digits: Dataset): Promise<void> | void;
}

const digits10 = '0123456789';
const hands = { source: storedSet, count: 30, labels: digits10, wrong: ['hands:tets', 'hands', 'hands.json'] };
const cases: readonly SourceCase[] = [
  {
    ...{ source: mnist, where: 'mnist:test', form: 'array', count: 10_000, labels: digits10 },
    ...{ wrong: ['mnist:validation', 'mnist:', 'mnist:toString'], files: [] },
  },
  {
    ...{ source: emnist, where: 'emnist-mnist:test', form: 'array', count: 10_000, labels: digits10 },
    wrong: ['emnist-latin:test', 'emnist:train', 'emnist-mnist:all'],
    files: ['mnist-test-images-idx3-ubyte.gz', 'mnist-test-labels-idx1-ubyte.gz', 'mnist-mapping.txt'].map(
      (name) => `emnist/gzip/emnist-${name}`,
    ),
    write: (digits) => writeEmnistLike('emnist', emnistLike('mnist', 'test', digits)),
  },
  {
    ...{ ...hands, where: 'hands:test', alias: 'hands.json:test', form: 'array' },
    files: ['hands.json', 'hands-test-images.idx3.gz', 'hands-test-labels.idx1.gz'],
    write(digits) {
      const samples = subset(digits, [...Array(30).keys()]);
      writeStoredSet('.', 'hands', { test: { samples, by: 'both' } });
    },
  },
  {
    ...{ ...hands, where: 'hands:test:ink', alias: 'hands:test', form: 'strokes' },
    files: ['hands-test-ink.ndjson.gz'],
  },
  {
    ...{
      source: idxFile,
      where: 'x-images.idx3',
      alias: './x-images.idx3',
      form: 'array',
      count: 20,
      labels: digits10,
    },
    ...{ wrong: ['notes.txt'], files: ['x-images.idx3', 'x-labels.idx1'] },
    write({ images, targets }) {
      const pixels = images.slice(0, 20 * 784);
      writeFileSync('x-images.idx3', formatIdx({ type: 'uint8', shape: [20, 28, 28], data: pixels }));
      const labels = Uint8Array.from(targets.subarray(0, 20));
      writeFileSync('x-labels.idx1', formatIdx({ type: 'uint8', shape: [20], data: labels }));
      writeFileSync('notes.txt', 'no data');
    },
  },
  {
    ...{ source: gnt, where: 'hwdb', alias: 'hwdb/', form: 'pictures', count: 8, labels: '3阿' },
    ...{ wrong: ['empty.gnt'], files: ['hwdb/1.gnt', 'hwdb/more/2.gnt'] },
    write(digits) {
      const record = (index: number, code: readonly [number, number]) => ({ code, picture: pictureAt(digits, index) });
      const records = [0, 1, 2, 3].flatMap((index) => [record(index, [0xb0, 0xa2]), record(index + 4, [0x33, 0])]);
      mkdirSync('hwdb/more', { recursive: true });
      writeFileSync('hwdb/1.gnt', gntOf(records.slice(0, 4)));
      writeFileSync('hwdb/more/2.gnt', gntOf(records.slice(4)));
      writeFileSync('empty.gnt', '');
    },
  },
  {
    ...{ source: folder, where: 'scans', alias: './scans/', form: 'pictures', count: 6, labels: '37' },
    ...{ wrong: ['scans/7'], files: ['scans/3/0.png', 'scans/7/1.png'] },
    async write(digits) {
      for (let index = 0; index < 6; index++) {
        const path = `scans/${index % 2 === 0 ? 3 : 7}`;
        mkdirSync(path, { recursive: true });
        const { width, height, pixels } = pictureAt(digits, index);
        const paper = { width, height, pixels: pixels.map((ink) => 255 - ink) };
        writeFileSync(join(path, `${index}.png`), await encodePng(paper));
      }
    },
  },
];

let place = '';
const home = process.cwd();

beforeAll(async () => {
  const digits = await openDataset('mnist:train');
  place = mkdtempSync(join(tmpdir(), 'ductus-sources-'));
  vi.stubEnv('DUCTUS_DATA', place);
  process.chdir(place);
  for (const { write } of cases) await write?.(digits);
});
afterAll(() => {
  process.chdir(home);
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
});

describe.each(cases)('$where', ({ source, where, alias, form, count, labels, wrong, files }) => {
  it('is found by its own source before any other, and is the same by another name', async () => {
    const data = await findData(where);
    expect(data.form).toBe(form);
    const takers = [];
    for (const other of dataSources) if (await other.find(where).catch(() => true)) takers.push(other);
    expect(takers[0]).toBe(source);
    if (alias !== undefined) expect((await findData(alias)).identity).toBe(data.identity);
    const strangers = cases.filter((other) => other.where !== where && other.where !== alias && other.alias !== where);
    for (const other of strangers) expect((await findData(other.where)).identity).not.toBe(data.identity);
  });

  it('refuses names of its form that mean nothing, by name', async () => {
    for (const name of wrong) {
      await expect(openDataset(name)).rejects.toThrow(DuctusError);
      await expect(openDataset(name)).rejects.toThrow(name);
    }
  });

  it('gives pictures, and frames each as the recogniser does, in shared memory', { tags: ['slow'] }, async () => {
    const data = await findData(where);
    const steps: [number, number][] = [];
    const { dataset, empty } = await data.framed(mnistFraming, (done, total) => steps.push([done, total]));
    const pictures = await openPictures(where);
    expect(empty).toEqual([]);
    expect(dataset).toMatchObject({ name: where, count, width: 28, height: 28, labels: [...labels] });
    expect(dataset.images.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([pictures.name, pictures.labels]).toEqual([where, [...labels]]);
    expect(pictures.targets.every((target, sample) => target === dataset.targets[sample])).toBe(true);
    expect(new Set(pictures.sources).size).toBe(count);
    expect(new Set(dataset.targets).size).toBe(labels.length);
    for (let sample = 0; sample < count; sample += Math.ceil(count / 50)) {
      const raw = form === 'strokes' ? rasterizeInk(pictures.inks![sample]!) : pictures.pictures[sample]!;
      expect(pictureAt(dataset, sample)).toEqual(frameCharacter(raw, mnistFraming));
    }
    expect(steps.at(-1)).toEqual([count, count]);
  });

  it('is an array of pictures as it is stored, or says that it is none', async () => {
    const data = await findData(where);
    if (data.form !== 'array') {
      expect(data.framing).toBe('raw');
      await expect(openStored(where)).rejects.toThrow(UsageError);
      await expect(openStored(where)).rejects.toThrow(`${where}: opening an array of pictures`);
      return;
    }
    const stored = await data.stored();
    expect(stored).toMatchObject({ name: where, count });
    expect(picturesOf(stored).pictures.slice(0, 20)).toEqual((await data.pictures()).pictures.slice(0, 20));
    const taken = await openDataset(where, { framing: 'framed', size: stored.width });
    expect(Buffer.compare(taken.images, stored.images)).toBe(0);
  });

  it('is damaged only with errors of Ductus', { timeout: 60_000 }, async () => {
    if (files.length === 0) return;
    const damage = fc.record({
      file: fc.constantFrom(...files),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      bytes: fc.uint8Array({ maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, at, bytes }) => {
        const whole = readFileSync(file);
        const from = Math.floor(at * whole.length);
        // Other bytes there; without any the file is cut off.
        const rest = bytes.length === 0 ? whole.subarray(whole.length) : whole.subarray(from + bytes.length);
        writeFileSync(file, Buffer.concat([whole.subarray(0, from), bytes, rest]));
        try {
          for (const open of [openDataset, openPictures]) {
            await open(where).catch((error) => expect(error).toBeInstanceOf(DuctusError));
          }
        } finally {
          writeFileSync(file, whole);
        }
      }),
      { numRuns: count > 1000 ? 6 : 40 },
    );
  });
});

describe('all sources', () => {
  it('have a case here, and a place in the sentence that says what data may be named', async () => {
    expect(new Set(cases.map(({ source }) => source))).toEqual(new Set(dataSources));
    for (const { names } of dataSources) expect(dataNames).toContain(names);
    await expect(openDataset('nowhere')).rejects.toThrow(`expected ${dataNames}, received no such file`);
    await expect(openDataset('mnits:test')).rejects.toThrow(
      `expected ${dataNames}; received "mnits" (did you mean mnist?); there are mnist, emnist-mnist, hands (data folder: ${place}`,
    );
  });

  it('list what can be named without a path', async () => {
    const { sets, damaged } = await listSets();
    expect(damaged).toEqual([]);
    expect(sets.map(({ name }) => name)).toEqual(['mnist', 'emnist-mnist', 'hands']);
    for (const { name, parts, classes, size, terms } of sets) {
      for (const [part, { count, pictures, ink }] of Object.entries(parts)) {
        expect(pictures).toBe(true);
        expect((await findData(`${name}:${part}`)).terms).toBe(terms);
        const stored = await openStored(`${name}:${part}`);
        expect(stored).toMatchObject({ count, labels: classes, height: size[0], width: size[1] });
        if (ink) expect((await findData(`${name}:${part}:ink`)).form).toBe('strokes');
      }
    }
  });
});
