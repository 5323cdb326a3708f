// Which labelled data there is to name: MNIST, EMNIST and the stored sets of the data folder.
import {
  emnistFileNames,
  emnistSide,
  emnistSplits,
  emnistTerms,
  mnistLabels,
  mnistTerms,
} from '../../../samples/floor.ts';
import { dataFolder } from '../data/dataFolder.ts';
import { findEmnistFile } from '../data/emnistFiles.ts';
import { hasMnist } from '../data/mnistFiles.ts';
import { listStoredSets, partFiles, type StoredSet } from '../data/storedSets.ts';

/** What there is of a part. */
export interface ListedPart {
  readonly count: number;
  /** Whether its pictures, and its strokes, are there. */
  readonly pictures: boolean;
  readonly ink: boolean;
}

/** A set that can be named. */
export interface ListedSet {
  readonly name: string;
  /** Class texts. */
  readonly classes: readonly string[];
  /** Rows and columns of its pictures. */
  readonly size: readonly [number, number];
  readonly parts: Readonly<Record<string, ListedPart>>;
  /** People who wrote it; null where that is not known. */
  readonly writers: number | null;
  /** Terms of use. */
  readonly terms: string;
}

/** The data that can be named. */
export interface DataList {
  readonly folder: string;
  /** Sets with readers of their own, where their files are there. */
  readonly builtIn: readonly ListedSet[];
  /** Stored sets of the folder, with all that their descriptions say. */
  readonly sets: readonly (StoredSet['description'] & { readonly file: string } & Pick<ListedSet, 'parts'>)[];
  /** Descriptions that cannot be read, and why. */
  readonly damaged: Awaited<ReturnType<typeof listStoredSets>>['damaged'];
}

/** Lists the data that can be named. */
export async function listData(): Promise<DataList> {
  const { sets, damaged } = await listStoredSets();
  const stored = [];
  for (const set of sets) {
    const parts: Record<string, ListedPart> = {};
    for (const [split, count] of Object.entries(set.description.splits)) {
      const { images, ink } = await partFiles(set, split);
      parts[split] = { count, pictures: images !== undefined, ink: ink !== undefined };
    }
    stored.push({ ...set.description, file: set.file, parts });
  }
  return { folder: dataFolder(), builtIn: await builtIn(), sets: stored, damaged };
}

async function builtIn(): Promise<ListedSet[]> {
  const listed: ListedSet[] = [];
  const there = { pictures: true, ink: false };
  if (hasMnist()) {
    listed.push({
      ...{ name: 'mnist', classes: mnistLabels, size: [28, 28], writers: null },
      parts: { train: { count: 60_000, ...there }, test: { count: 10_000, ...there } },
      terms: mnistTerms,
    });
  }
  for (const [split, { classes, counts }] of Object.entries(emnistSplits)) {
    const parts: Record<string, ListedPart> = {};
    for (const part of ['train', 'test'] as const) {
      const file = await findEmnistFile(emnistFileNames(split as keyof typeof emnistSplits, part).images);
      if (file !== undefined) parts[part] = { count: counts[part], ...there };
    }
    if (Object.keys(parts).length === 0) continue;
    listed.push({
      ...{ name: `emnist-${split}`, classes, size: [emnistSide, emnistSide], parts, writers: null },
      terms: emnistTerms,
    });
  }
  return listed;
}
