// Lists the labelled data that can be named: the sets of every source, and the stored sets of the data folder with
// their descriptions.
import type { DatasetDescription } from '../../../samples/floor.ts';
import { dataFolder } from '../data/dataFolder.ts';
import type { ListedSet, ListedSets } from '../data/dataSource.ts';
import { listSets } from '../data/sources/sources.ts';

/** The data that can be named. */
export interface DataList {
  readonly folder: string;
  /** Sets with their own readers, where their files are present. */
  readonly builtIn: readonly ListedSet[];
  /** Stored sets of the folder, with their descriptions. */
  readonly sets: readonly (DatasetDescription & { readonly file: string } & Pick<ListedSet, 'parts'>)[];
  /** Descriptions that cannot be read, and why. */
  readonly damaged: ListedSets['damaged'];
}

/** Lists the data that can be named. */
export async function listData(): Promise<DataList> {
  const { sets, damaged } = await listSets();
  return {
    folder: dataFolder(),
    builtIn: sets.filter(({ described }) => described === undefined),
    sets: sets.flatMap(({ described, parts }) =>
      described === undefined ? [] : [{ ...described.description, file: described.file, parts }],
    ),
    damaged,
  };
}
