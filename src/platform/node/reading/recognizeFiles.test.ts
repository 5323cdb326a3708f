import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { digitPage } from '../../../../test/digitPage.ts';
import { MissingError, UsageError } from '../../../core/floor.ts';
import { limitSamples, materialize } from '../../../samples/floor.ts';
import { openDataset } from '../data/data.ts';
import { readPicture } from '../picture/image.ts';
import { readPages } from './readPages.ts';
import { recognizeFiles } from './recognizeFiles.ts';

const picture = (name: string): string =>
  fileURLToPath(new URL(`../../../../examples/pictures/${name}.png`, import.meta.url));

it('recognizeFiles gives a reading a file, whatever holds the picture, and the error of one that cannot be read', async () => {
  const opened = { name: 'memory', open: () => readPicture(picture('three')) };
  const readings = [];
  for await (const reading of recognizeFiles([picture('eight'), 'nowhere.png', opened])) readings.push(reading);
  expect(readings.map(({ file }) => file)).toEqual([picture('eight'), 'nowhere.png', 'memory']);
  const said = readings.map((reading) => (reading.error ? reading.error.constructor : reading.answer));
  expect(said).toMatchObject([{ label: '8' }, {}, { label: '3' }]);
  expect(said[1]).toBe(MissingError);
});

it('recognizeFiles names a source that cannot be opened or read, and reads the others', async () => {
  const broken = { name: 'torn', open: () => Promise.reject(new Error('disk full')) };
  const odd = { name: 'odd', open: async () => ({ width: 3, height: 3, pixels: new Uint8Array(4) }) };
  const readings = [];
  for await (const reading of recognizeFiles([broken, odd, picture('eight')])) readings.push(reading);
  expect(readings[0]?.error?.message).toBe('torn: reading a picture: disk full');
  expect(readings[1]?.error?.message).toMatch(/^odd: reading a picture: picture: expected width x height bytes/);
  expect(readings[2]).toMatchObject({ answer: { label: '8' } });
});

it('recognizeFiles and readPages refuse a model that is not there when the first answer is asked for', async () => {
  await expect(recognizeFiles([], { model: 'nowhere' }).next()).rejects.toThrow(UsageError);
  await expect(readPages([], { model: 'nowhere' }).next()).rejects.toThrow(UsageError);
});

it('readPages finds the characters of each page, line by line', async () => {
  const digits = materialize(limitSamples(await openDataset('mnist:train'), 6, 4));
  const size = { width: 260, height: 180, digits: 6, perLine: 3, seed: 5, sizes: [40, 46] as const, noise: 5 };
  const { picture: page } = digitPage(digits, size);
  const sources = ['first', 'second'].map((name) => ({ name, open: async () => page }));
  const readings = [];
  for await (const reading of readPages(sources)) readings.push(reading);
  expect(readings.map(({ file }) => file)).toEqual(['first', 'second']);
  for (const { lines, characters } of readings) {
    expect(characters).toHaveLength(6);
    expect(lines.map((line) => line.replaceAll(' ', '').length)).toEqual([3, 3]);
  }
});
