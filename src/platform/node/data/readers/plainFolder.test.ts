import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pictureAt } from '../../../../samples/floor.ts';
import { encodePng } from '../../picture/image.ts';
import { openDataset } from '../data.ts';
import { readPlainFolder } from './plainFolder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-plain-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('reads the pictures of a folder by their names, and leaves the rest', async () => {
  const digits = await openDataset('mnist:train');
  const names = ['b.png', 'a.png', '10.png', 'Z.PNG'];
  for (const [index, name] of names.entries()) {
    await writeFile(join(folder, name), await encodePng(pictureAt(digits, index)));
  }
  await symlink(join(folder, 'a.png'), join(folder, 'c.png'));
  await writeFile(join(folder, 'notes.txt'), 'no picture');
  await writeFile(join(folder, '.hidden.png'), 'no picture');
  await mkdir(join(folder, '.cache'));
  const done: [number, number][] = [];
  const read = await readPlainFolder(folder, (...progress) => done.push(progress));
  expect(read!.sources).toEqual(['10.png', 'Z.PNG', 'a.png', 'b.png', 'c.png'].map((name) => join(folder, name)));
  expect(read!.pictures.map(({ pixels }) => pixels)).toEqual(
    [2, 3, 1, 0, 1].map((index) => pictureAt(digits, index).pixels),
  );
  expect(done).toEqual([[5, 5]]);
});

it('finds none where there is one folder a class', async () => {
  await mkdir(join(folder, '7'));
  expect(await readPlainFolder(folder)).toBeUndefined();
});

it('refuses pictures beside folders, and what is no picture', async () => {
  await writeFile(join(folder, 'a.png'), 'no picture');
  await expect(readPlainFolder(folder)).rejects.toThrow(/a\.png/);
  await mkdir(join(folder, '7'));
  await expect(readPlainFolder(folder)).rejects.toThrow(/expected pictures alone.*a\.png and 7\//);
  await expect(readPlainFolder(join(folder, 'nowhere'))).rejects.toThrow(/folder that can be listed/);
});
