// EMNIST as `emnist-balanced:train` and the like, from the data folder. `ductus data get emnist` puts it there.
import {
  type EmnistSplit,
  emnistFileNames,
  emnistNamed,
  emnistSide,
  emnistSplits,
  emnistTerms,
} from '../../../../samples/floor.ts';
import type { DataSource, ListedPart, ListedSet } from '../dataSource.ts';
import { pictureArray } from '../namedData.ts';
import { findEmnistFile, readEmnist } from '../readers/emnistFiles.ts';

/** The divisions of EMNIST. */
export const emnist: DataSource = {
  names: 'emnist-<division>:<part>',
  async find(where) {
    const named = emnistNamed(where);
    if (named === undefined) return undefined;
    const { split, part } = named;
    return pictureArray({ identity: where, terms: emnistTerms, framing: 'framed' }, () => readEmnist(split, part));
  },
  async listed() {
    const sets: ListedSet[] = [];
    for (const split of Object.keys(emnistSplits) as EmnistSplit[]) {
      const { classes, counts } = emnistSplits[split];
      const parts: Record<string, ListedPart> = {};
      for (const part of ['train', 'test'] as const) {
        if ((await findEmnistFile(emnistFileNames(split, part).images)) === undefined) continue;
        parts[part] = { count: counts[part], pictures: true, ink: false };
      }
      if (Object.keys(parts).length === 0) continue;
      const size = [emnistSide, emnistSide] as const;
      sets.push({ name: `emnist-${split}`, classes, size, parts, writers: null, terms: emnistTerms });
    }
    return { sets, damaged: [] };
  },
};
