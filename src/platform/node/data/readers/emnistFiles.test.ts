import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EmnistLike, emnistLike, writeEmnistLike } from '../../../../../test/emnistLike.ts';
import { DuctusError, FormatError, MissingError } from '../../../../core/floor.ts';
import { emnistSplits, pictureAt } from '../../../../samples/floor.ts';
import { openDataset } from '../data.ts';
import { readEmnist } from './emnistFiles.ts';

let data = '';
let folder = '';
let letters: EmnistLike;
let imagesName = '';
let labelsName = '';
/** Puts a file of the made division in place of its own for one test. */
const replaced = async <Result>(name: string, bytes: Uint8Array, run: () => Promise<Result>): Promise<Result> => {
  writeFileSync(join(folder, 'gzip', name), bytes);
  try {
    return await run();
  } finally {
    writeFileSync(join(folder, 'gzip', name), letters.files.get(name)!);
  }
};
const read = () => readEmnist('letters', 'test', folder);

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'ductus-emnist-'));
  folder = join(data, 'emnist');
  letters = emnistLike('letters', 'test', await openDataset('mnist:train'));
  writeEmnistLike(folder, letters);
  [imagesName, labelsName] = [...letters.files.keys()] as [string, string];
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true });
});

describe('readEmnist', () => {
  it('reads pictures upright, bit for bit, with the classes of the division', { tags: ['slow'] }, async () => {
    const mnist = await openDataset('mnist:train');
    const dataset = await read();
    expect(dataset).toMatchObject({ name: 'emnist-letters:test', count: 20_800, width: 28, height: 28 });
    expect(dataset.labels).toEqual(emnistSplits.letters.classes);
    expect(Buffer.compare(dataset.images, letters.upright)).toBe(0);
    expect(dataset.targets).toEqual(letters.targets);
    // The first digit of MNIST, a five, as the original has it, and its label 1 read as the first class.
    expect(Buffer.compare(pictureAt(dataset, 0).pixels, pictureAt(mnist, 0).pixels)).toBe(0);
    expect(dataset.labels[dataset.targets[0]!]).toBe('A');
    // One array that threads share: a training copies it no second time.
    expect(dataset.images.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(dataset.images.buffer.byteLength).toBe(dataset.images.length);
  });

  it('is what the name of a division and a part opens, in the data folder', async () => {
    vi.stubEnv('DUCTUS_DATA', data);
    expect((await openDataset('emnist-letters:test')).targets).toEqual(letters.targets);
    await expect(openDataset('emnist-letters:train')).rejects.toThrow(MissingError);
  });

  it('finds the files without the folder gzip, too', async () => {
    expect((await readEmnist('letters', 'test', join(folder, 'gzip'))).count).toBe(20_800);
  });

  it('says how to get files that are not there', async () => {
    await expect(readEmnist('balanced', 'train', folder)).rejects.toThrow(MissingError);
    await expect(readEmnist('balanced', 'train', folder)).rejects.toThrow(
      `${join(folder, 'gzip', 'emnist-balanced-mapping.txt')}, received no such file; run "ductus data get emnist --split balanced", or fetch https://biometrics.nist.gov/`,
    );
  });

  it('refuses pictures of another count or size, cut off, too long or no gzip', { tags: ['slow'] }, async () => {
    const images = gunzipSync(letters.files.get(imagesName)!);
    const tooFew = images.subarray(0, images.length - 784);
    const changed = (offset: number, value: number) => gzipSync(images.subarray(0, 16).fill(value, offset, offset + 1));
    const cases: [Uint8Array, string][] = [
      [letters.files.get(imagesName)!.subarray(0, 100_000), 'expected an undamaged gzip stream'],
      [
        gzipSync(tooFew, { level: 1 }),
        `expected ${images.length} bytes, unzipped, for 20800 pictures, received ${tooFew.length}`,
      ],
      [gzipSync(Buffer.concat([images, Buffer.of(0)]), { level: 1 }), 'received more'],
      [gzipSync(images.subarray(0, 7)), 'expected 16 bytes of header'],
      [gzipSync(new Uint8Array()), 'expected at least 4 bytes of header'],
      [new Uint8Array(), 'unexpected end of file'],
      [images.subarray(0, 1000), 'incorrect header check'],
      [changed(15, 29), 'expected shape [20800, 28, 28], received [20800, 28, 29]'],
    ];
    for (const [bytes, text] of cases) {
      await replaced(imagesName, bytes, async () => {
        await expect(read()).rejects.toThrow(FormatError);
        await expect(read()).rejects.toThrow(text);
        await expect(read()).rejects.toThrow(imagesName);
      });
    }
  });

  it('refuses labels and a mapping of another division', { tags: ['slow'] }, async () => {
    const digits = await openDataset('mnist:train');
    const balanced = emnistLike('mnist', 'test', digits);
    const [, otherLabels, otherMapping] = [...balanced.files.values()] as [Uint8Array, Uint8Array, Uint8Array];
    await replaced(labelsName, otherLabels, () => expect(read()).rejects.toThrow('expected 20800, received 10000'));
    await replaced('emnist-letters-mapping.txt', otherMapping, () =>
      expect(read()).rejects.toThrow('expected 26 lines, received 10'),
    );
  });

  it('answers damaged files only with its own errors', async () => {
    // The labels file: reading it is quick, and what unzips and parses it is what reads the others.
    const whole = letters.files.get(labelsName)!;
    const damaged = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.nat(whole.length - 1).map((length) => whole.slice(0, length)),
      fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, value]) => new Uint8Array(whole).with(at, value)),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        await replaced(labelsName, bytes, () =>
          readEmnist('letters', 'test', folder).catch((error) => expect(error).toBeInstanceOf(DuctusError)),
        );
      }),
      { numRuns: 30 },
    );
  });
});
