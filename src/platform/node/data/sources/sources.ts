// Every form of labelled data. Only this file knows them all: what a name means, which sets exist,
// and the sentence that lists the possible names.
import { type DuctusError, MissingError, suggestion, UsageError } from '../../../../core/floor.ts';
import { dataFolder } from '../dataFolder.ts';
import type { DataSource, ListedSets, NamedData } from '../dataSource.ts';
import { emnist } from './emnist.ts';
import { folder } from './folder.ts';
import { gnt } from './gnt.ts';
import { idxFile } from './idxFile.ts';
import { mnist } from './mnist.ts';
import { storedSet } from './storedSet.ts';

/**
 * The forms, in the order in which they are tried: `folder` takes all remaining folders, `idxFile` all remaining files.
 */
export const dataSources: readonly DataSource[] = [mnist, emnist, gnt, folder, idxFile, storedSet];

/** The possible names of data, as a list that follows "expected". */
export const dataNames: string = dataSources
  .map(({ names }) => names)
  .join(', ')
  .replace(/, (?!.*, )/, ' or ');

/**
 * What a name of data means; no sample is read yet.
 *
 * @throws {UsageError} when it means no existing set or part; lists the existing ones.
 * @throws {MissingError} when there is no such file, or none of a set's part.
 */
export async function findData(where: string): Promise<NamedData> {
  for (const source of dataSources) {
    const data = await source.find(where);
    if (data !== undefined) return data;
  }
  throw await nothingOf(where);
}

/** The sets that can be named without a path, of all forms. */
export async function listSets(): Promise<ListedSets> {
  const found = await Promise.all(dataSources.map(async (source) => (await source.listed?.()) ?? none));
  return { sets: found.flatMap(({ sets }) => sets), damaged: found.flatMap(({ damaged }) => damaged) };
}

const none: ListedSets = { sets: [], damaged: [] };

async function nothingOf(where: string): Promise<DuctusError> {
  const set = /^([A-Za-z0-9][\w.-]*):[\w-]+(:ink)?$/.exec(where)?.[1];
  if (set === undefined) {
    return new MissingError(`${where}: opening data: expected ${dataNames}, received no such file`);
  }
  const { sets, damaged } = await listSets();
  const names = sets.map(({ name }) => name);
  const there = names.length === 0 ? 'no set' : names.join(', ');
  const broken = damaged.length === 0 ? '' : `, and damaged descriptions ${damaged.map(({ file }) => file).join(', ')}`;
  return new UsageError(
    `${where}: opening data: expected ${dataNames}; received "${set}"${suggestion(set, names)}; ` +
      `there are ${there}${broken} (data folder: ${dataFolder()}, DUCTUS_DATA)`,
  );
}
