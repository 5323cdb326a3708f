import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { MissingError, UsageError } from '../../../core/floor.ts';
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

it('recognizeFiles and readPages refuse a model that is not there when the first answer is asked for', async () => {
  await expect(recognizeFiles([], { model: 'nowhere' }).next()).rejects.toThrow(UsageError);
  await expect(readPages([], { model: 'nowhere' }).next()).rejects.toThrow(UsageError);
});

it('readPages finds the character of a page that has one', async () => {
  for await (const { file, lines, characters } of readPages([picture('eight')])) {
    expect(file).toBe(picture('eight'));
    expect(lines).toEqual(['8']);
    expect(characters).toHaveLength(1);
  }
});
