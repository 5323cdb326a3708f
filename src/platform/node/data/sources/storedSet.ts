// A part of a stored set: `chars74k:test` of one in the data folder, `sets/chars74k.json:test` of one anywhere,
// either with `:ink` after it for its strokes. docs/data.md describes the form.
import { join, resolve } from 'node:path';
import { UsageError } from '../../../../core/floor.ts';
import { isFramed, isSetName } from '../../../../samples/floor.ts';
import { isFile } from '../../files/isFile.ts';
import { dataFolder } from '../dataFolder.ts';
import type { DataSource, ListedPart, ListedSet } from '../dataSource.ts';
import { pictureArray, strokes } from '../namedData.ts';
import { readStoredInk, readStoredPictureList, readStoredPictures } from '../readers/storedPart.ts';
import { findStoredPart, listStoredSets, openStoredSet, partFiles } from '../readers/storedSets.ts';

/** Stored sets. */
export const storedSet: DataSource = {
  names: 'a part of a stored set such as chars74k:test',
  async find(where) {
    const description = where.endsWith('.json') ? where : join(dataFolder(), `${where}.json`);
    if ((where.endsWith('.json') || isSetName(where)) && (await isFile(description))) {
      throw await nameAPart(description, where);
    }
    const part = await findStoredPart(where);
    if (part === undefined) return undefined;
    const { file, description: about } = part.set;
    const origin = { identity: `${resolve(file)}:${part.split}`, terms: about.terms };
    if (part.by === 'ink') return strokes(origin, (onProgress) => readStoredInk(part, where, onProgress));
    return pictureArray(
      { ...origin, framing: isFramed(about) ? 'framed' : 'raw' },
      () => readStoredPictures(part, where),
      () => readStoredPictureList(part, where),
    );
  },
  async listed() {
    const found = await listStoredSets();
    const sets: ListedSet[] = [];
    for (const set of found.sets) {
      const { name, classes, size, splits, writers, terms } = set.description;
      const parts: Record<string, ListedPart> = {};
      for (const [split, count] of Object.entries(splits)) {
        const { images, ink } = await partFiles(set, split);
        parts[split] = { count, pictures: images !== undefined, ink: ink !== undefined };
      }
      sets.push({ name, classes, size, parts, writers, terms, described: set });
    }
    return { sets, damaged: found.damaged };
  },
};

/** A whole set is not data; its parts are. */
async function nameAPart(file: string, where: string): Promise<UsageError> {
  const { splits } = (await openStoredSet(file)).description;
  const names = Object.keys(splits).map((split) => `${where}:${split}`);
  return new UsageError(`${where}: opening data: expected a part of it, ${names.join(' or ')}; received the whole set`);
}
