import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuctusError, FormatError, MissingError, UsageError } from '../../../core/floor.ts';
import { type Dataset, formatIdx, pictureAt, pictureEndings } from '../../../samples/floor.ts';
import { openDataset, openPictures, openStored } from './data.ts';

let root = '';
let mnist: Dataset;
const at = (...names: string[]) => join(root, ...names);

/** Writes a sample of MNIST as an image file; `invert` as a scan would be, dark on light. */
async function put(index: number, path: string, invert = false): Promise<void> {
  mkdirSync(join(path, '..'), { recursive: true });
  const pixels = pictureAt(mnist, index).pixels.map((pixel) => (invert ? 255 - pixel : pixel));
  await sharp(pixels, { raw: { width: 28, height: 28, channels: 1 } }).toFile(path);
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ductus-data-'));
  mnist = await openDataset('mnist:test');
});
afterAll(() => rmSync(root, { recursive: true }));

describe('openDataset', () => {
  it('opens both parts of MNIST', async () => {
    const train = await openDataset('mnist:train');
    expect(train).toMatchObject({ name: 'mnist:train', count: 60000, width: 28, height: 28 });
    expect([...train.targets.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    expect([...mnist.targets.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
  });

  it('refuses names that are no data', async () => {
    await expect(openDataset('mnist:validation')).rejects.toThrow(UsageError);
    await expect(openDataset('mnist:toString')).rejects.toThrow('expected mnist:train or mnist:test');
    await expect(openDataset(at('nowhere'))).rejects.toThrow(MissingError);
  });

  it('frames an IDX file of another size where asked, and else says so', async () => {
    // 20 digits of MNIST, each cut to its middle 20x20 and inverted.
    const data = new Uint8Array(20 * 400);
    for (let i = 0; i < data.length; i++) {
      const [sample, row, column] = [Math.floor(i / 400), Math.floor((i % 400) / 20), i % 20];
      data[i] = 255 - mnist.images[sample * 784 + (row + 4) * 28 + column + 4]!;
    }
    writeFileSync(at('cut-images.idx3'), formatIdx({ type: 'uint8', shape: [20, 20, 20], data }));
    const labels = Uint8Array.from(mnist.targets.subarray(0, 20));
    writeFileSync(at('cut-labels.idx1'), formatIdx({ type: 'uint8', shape: [20], data: labels }));
    await expect(openDataset(at('cut-images.idx3'))).rejects.toThrow(
      'expected 28x28 pixels, received 20x20; use --framing raw',
    );
    expect((await openDataset(at('cut-images.idx3'), { size: 20 })).images).toEqual(data);
    expect((await openStored(at('cut-images.idx3'))).width).toBe(20);
    const framed = await openDataset(at('cut-images.idx3'), { framing: 'raw' });
    expect(framed).toMatchObject({ count: 20, width: 28, height: 28 });
    const difference = framed.images.reduce((sum, pixel, i) => sum + Math.abs(pixel - mnist.images[i]!), 0);
    expect(difference / framed.images.length).toBeLessThan(10);
  });
});

describe('a labelled folder', () => {
  it('holds pictures of any kind under the names of their classes', async () => {
    await put(0, at('good', '7', 'b.png'));
    await put(17, at('good', 'digit_7', 'a.jpg'), true);
    await put(1, at('good', 'digit_2', 'a.webp'));
    await put(2, at('good', 'upper_I', 'a.png'), true);
    await put(2, at('good', 'lower_l', 'a.PNG'));
    await put(3, at('good', '.cache', 'a.png'));
    writeFileSync(at('good', '7', 'notes.txt'), 'not a picture');
    writeFileSync(at('good', 'readme.txt'), 'not a class');
    symlinkSync(at('good', '7', 'b.png'), at('good', '7', 'link.png'));
    symlinkSync(at('nowhere'), at('good', '7', 'broken.png'));
    execFileSync('mkfifo', [at('good', '7', 'pipe.png')]);
    mkdirSync(at('good', '7', 'folder.png'));
    const steps: [number, number][] = [];
    const raw = await openPictures(at('good'), (done, total) => steps.push([done, total]));
    expect(raw.labels).toEqual(['2', '7', 'I', 'l']);
    expect([...raw.targets]).toEqual([0, 1, 1, 1, 2, 3]);
    expect(raw.sources).toEqual(
      ['digit_2/a.webp', '7/b.png', '7/link.png', 'digit_7/a.jpg', 'upper_I/a.png', 'lower_l/a.PNG'].map((name) =>
        at('good', name),
      ),
    );
    expect(raw.pictures[1]).toEqual(pictureAt(mnist, 0));
    expect(steps).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));

    const dataset = await openDataset(at('good'));
    expect(dataset).toMatchObject({ count: 6, width: 28, height: 28, labels: raw.labels });
    // The same digit, light on dark and dark on light, is framed alike.
    expect(pictureAt(dataset, 4)).toEqual(pictureAt(dataset, 5));
    await expect(openStored(at('good'))).rejects.toThrow(UsageError);
  });

  it('may hold every kind of image file that is named', async () => {
    for (const ending of pictureEndings) await put(0, at('kinds', '7', `a.${ending}`));
    const { pictures } = await openPictures(at('kinds'));
    expect(pictures).toHaveLength(pictureEndings.length);
    for (const { pixels } of pictures) {
      // Lossy formats change grey levels; 10 of 255 in the mean is still the same picture.
      const difference = pixels.reduce((sum, pixel, i) => sum + Math.abs(pixel - mnist.images[i]!), 0);
      expect(difference / pixels.length).toBeLessThan(10);
    }
  });

  it('leaves out pictures without ink and names them', async () => {
    await put(0, at('blank', '7', 'a.png'));
    await sharp(new Uint8Array(900).fill(255), { raw: { width: 30, height: 30, channels: 1 } }).toFile(
      at('blank', '7', 'b.png'),
    );
    const empty: string[] = [];
    const dataset = await openDataset(at('blank'), { onEmpty: (sources) => empty.push(...sources) });
    expect(dataset.count).toBe(1);
    expect(empty).toEqual([at('blank', '7', 'b.png')]);
  });

  it('is refused when it has no classes, a class without pictures, or a picture that is none', async () => {
    mkdirSync(at('bare'));
    await expect(openPictures(at('bare'))).rejects.toThrow(FormatError);
    await put(0, at('flat', 'a.png'));
    await expect(openPictures(at('flat'))).rejects.toThrow(`expected one folder a class, such as ${at('flat')}/7`);
    mkdirSync(at('flat', '3'));
    await expect(openPictures(at('flat'))).rejects.toThrow(
      `${at('flat')}/3: reading labelled pictures: expected pictures`,
    );
    mkdirSync(at('false', '3'), { recursive: true });
    writeFileSync(at('false', '3', 'a.png'), 'no picture at all');
    await expect(openPictures(at('false'))).rejects.toThrow(DuctusError);
    await expect(openPictures(at('false'))).rejects.toThrow(at('false', '3', 'a.png'));
  });
});
