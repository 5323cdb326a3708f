// An IDX images file by its path, its labels beside it.
import { resolve } from 'node:path';
import { exists } from '../../files/isFile.ts';
import type { DataSource } from '../dataSource.ts';
import { pictureArray } from '../namedData.ts';
import { readIdxFiles } from '../readers/idxFiles.ts';

/** IDX files. It takes every file except JSON; for another name, its error says how an IDX file is named. */
export const idxFile: DataSource = {
  names: 'an IDX images file',
  async find(where) {
    if (where.endsWith('.json') || !(await exists(where))) return undefined;
    return pictureArray({ identity: resolve(where), framing: 'framed' }, () => readIdxFiles(where));
  },
};
