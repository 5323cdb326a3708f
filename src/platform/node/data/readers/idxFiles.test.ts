import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuctusError, FormatError, MissingError, UsageError } from '../../../../core/floor.ts';
import { formatIdx } from '../../../../samples/floor.ts';
import { descriptionFileNames, labelsFileNames, readIdxFiles } from './idxFiles.ts';
import { maxIdxBytes } from './idxPictures.ts';

let folder = '';
const at = (name: string) => join(folder, name);
const images = formatIdx({ type: 'uint8', shape: [3, 2, 2], data: Uint8Array.from({ length: 12 }, (_, i) => i) });
const labels = formatIdx({ type: 'uint8', shape: [3], data: Uint8Array.of(2, 0, 1) });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-idx-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('readIdxFiles', () => {
  it.each([
    ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
    ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'],
    ['t10k-images.idx3-ubyte', 't10k-labels.idx1-ubyte'],
    ['usps-test-images.idx3.gz', 'usps-test-labels.idx1.gz'],
    ['usps-train-images.idx3', 'usps-train-labels.idx1.gz'],
    ['set.idx3.gz', 'set.idx1.gz'],
    ['images', 'labels'],
  ])('finds the labels of %s in %s', async (imagesName, labelsName) => {
    const put = (name: string, bytes: Uint8Array) =>
      writeFileSync(at(name), name.endsWith('.gz') ? gzipSync(bytes) : bytes);
    put(imagesName, images);
    put(labelsName, labels);
    const dataset = await readIdxFiles(at(imagesName));
    expect(dataset).toMatchObject({ name: at(imagesName), count: 3, width: 2, height: 2, labels: ['0', '1', '2'] });
    expect([...dataset.images]).toEqual([...images.subarray(16)]);
    expect([...dataset.targets]).toEqual([2, 0, 1]);
  });

  it('takes class names from the description of the part, else of the set', async () => {
    writeFileSync(at('greek-test-images.idx3'), images);
    writeFileSync(at('greek-test-labels.idx1'), labels);
    writeFileSync(at('greek.json'), JSON.stringify({ classes: ['α', 'β', 'γ', 'δ'] }));
    expect((await readIdxFiles(at('greek-test-images.idx3'))).labels).toEqual(['α', 'β', 'γ', 'δ']);
    writeFileSync(at('greek-test.json'), JSON.stringify({ title: 'without classes' }));
    expect((await readIdxFiles(at('greek-test-images.idx3'))).labels).toEqual(['α', 'β', 'γ', 'δ']);
    writeFileSync(at('greek-test.json'), JSON.stringify({ classes: ['x', 'y', 'z'] }));
    expect((await readIdxFiles(at('greek-test-images.idx3'))).labels).toEqual(['x', 'y', 'z']);
    writeFileSync(at('greek-test.json'), JSON.stringify({ classes: ['x', 'y'] }));
    await expect(readIdxFiles(at('greek-test-images.idx3'))).rejects.toThrow('the set names 2 classes');
  });

  it.each([
    '{',
    '{"classes": []}',
    '{"classes": ["a", "a"]}',
    '{"classes": ["a", 1]}',
    '{"classes": "abc"}',
    '{"classes": [""]}',
  ])('refuses the description %s', async (text) => {
    writeFileSync(at('bad-images.idx3'), images);
    writeFileSync(at('bad-labels.idx1'), labels);
    writeFileSync(at('bad.json'), text);
    await expect(readIdxFiles(at('bad-images.idx3'))).rejects.toThrow(FormatError);
    await expect(readIdxFiles(at('bad-images.idx3'))).rejects.toThrow(
      `${at('bad.json')}: reading class names: expected`,
    );
  });

  it('says when the labels are missing, or no name can be made for them', async () => {
    writeFileSync(at('lonely-images.idx3'), images);
    await expect(readIdxFiles(at('lonely-images.idx3'))).rejects.toThrow(MissingError);
    await expect(readIdxFiles(at('lonely-images.idx3'))).rejects.toThrow(
      'expected lonely-labels.idx1 or lonely-labels.idx1.gz beside it',
    );
    writeFileSync(at('picture.png'), 'x');
    await expect(readIdxFiles(at('picture.png'))).rejects.toThrow(UsageError);
  });

  it('refuses files beyond the bound before reading them', async () => {
    writeFileSync(at('vast-labels.idx1'), labels);
    writeFileSync(at('vast-images.idx3'), '');
    truncateSync(at('vast-images.idx3'), maxIdxBytes + 1);
    await expect(readIdxFiles(at('vast-images.idx3'))).rejects.toThrow(`expected at most ${maxIdxBytes} bytes`);
  });

  it('answers random and cut-off pairs only with its own errors', async () => {
    const file = (whole: Uint8Array) =>
      fc.oneof(
        fc.constant(whole),
        fc.uint8Array({ maxLength: 40 }),
        fc.nat(whole.length).map((length) => whole.subarray(0, length)),
        fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([i, value]) => whole.with(i, value)),
      );
    await fc.assert(
      fc.asyncProperty(file(images), file(labels), async (first, second) => {
        writeFileSync(at('random-images.idx3'), first);
        writeFileSync(at('random-labels.idx1'), second);
        await readIdxFiles(at('random-images.idx3')).catch((error) => expect(error).toBeInstanceOf(DuctusError));
      }),
      { numRuns: 100 },
    );
  });
});

describe('names beside an images file', () => {
  it('change the last "images" and "idx3" only', () => {
    expect(labelsFileNames('images-of-images-idx3-ubyte')).toEqual([
      'images-of-labels-idx1-ubyte',
      'images-of-labels-idx1-ubyte.gz',
    ]);
    expect(labelsFileNames('picture.png')).toEqual([]);
  });

  it('leave out the part of the set', () => {
    expect(descriptionFileNames('usps-test-images.idx3.gz')).toEqual(['usps-test.json', 'usps.json']);
    expect(descriptionFileNames('chinese-mnist-train-images-idx3-ubyte')).toEqual([
      'chinese-mnist-train.json',
      'chinese-mnist.json',
    ]);
    expect(descriptionFileNames('bhmsds-images.idx3')).toEqual(['bhmsds.json']);
    expect(descriptionFileNames('images.idx3')).toEqual([]);
  });
});
