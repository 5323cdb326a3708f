// Opens labelled data by the name that a user gives: `mnist:train`, `emnist-balanced:train`, an IDX images file, a folder of
// pictures.
import { stat } from 'node:fs/promises';
import { MissingError, UsageError } from '../../core/index.ts';
import { type Dataset, emnistNamed, frameDataset, type LabelledPictures, picturesOf } from '../../learn/index.ts';
import { type Framing, mnistFraming } from '../../picture/index.ts';
import { readEmnist } from './emnistFiles.ts';
import { readIdxFiles } from './idxFiles.ts';
import { readMnist } from './mnistFiles.ts';
import { readPictureFolder } from './pictureFolder.ts';

/** Called while pictures are read or framed, with the number done and the total. */
export type DataProgress = (done: number, total: number) => void;

/** How {@link openDataset} makes network inputs of what it finds. */
export interface OpenDatasetOptions {
  /**
   * What the pictures of an IDX file are: `framed` (the default), network inputs as they stand, or `raw`, to be framed
   * as a recogniser would. A folder's pictures are always raw.
   */
  readonly framing?: 'framed' | 'raw';
  /** How raw pictures are framed; as MNIST's where not given. */
  readonly frame?: Framing;
  /** Side that framed pictures must have, in pixels; that of `frame` where not given. */
  readonly size?: number;
  /** Called with the sources of raw pictures without ink, which are left out of the data set. */
  readonly onEmpty?: (sources: readonly string[]) => void;
  readonly onProgress?: DataProgress;
}

/**
 * Opens labelled data framed for a network.
 *
 * @param where `mnist:train`, `mnist:test`, `emnist-balanced:train` and the like, the path of an IDX images file (plain or
 * gzip) with its labels file beside it, or the path of a labelled folder.
 * @throws {UsageError} when `where` names no known set, or framed pictures have another size than `size`.
 * @throws {MissingError} when a file or package is not there.
 * @throws {FormatError} when a file is damaged or contradicts another.
 */
export async function openDataset(where: string, options: OpenDatasetOptions = {}): Promise<Dataset> {
  const { framing = 'framed', frame = mnistFraming, size = frame.size, onEmpty, onProgress } = options;
  const kind = await kindOf(where);
  if (kind === 'folder' || framing === 'raw') {
    const raw = await openPictures(where, onProgress);
    const { dataset, empty } = frameDataset(raw, frame, (done) => onProgress?.(done, raw.pictures.length));
    if (empty.length > 0) onEmpty?.(empty.map((position) => raw.sources[position]!));
    return dataset;
  }
  const dataset = await openStored(where);
  if (dataset.width !== size || dataset.height !== size) {
    throw new UsageError(
      `${where}: opening framed pictures: expected ${size}x${size} pixels, received ${dataset.width}x${dataset.height}; use --framing raw (framing: 'raw') to have them framed`,
    );
  }
  return dataset;
}

/**
 * Opens labelled pictures as they are, before any framing; unlike {@link openDataset} of any size and polarity.
 *
 * @param where as for {@link openDataset}.
 */
export async function openPictures(where: string, onProgress?: DataProgress): Promise<LabelledPictures> {
  if ((await kindOf(where)) === 'folder') return readPictureFolder(where, onProgress);
  return picturesOf(await openStored(where));
}

/**
 * Opens a set that is stored as one array, MNIST or an IDX file, with its pictures as stored, of any one size.
 *
 * @throws {UsageError} when `where` is a folder.
 */
export async function openStored(where: string): Promise<Dataset> {
  const emnist = emnistNamed(where);
  if (emnist !== undefined) return readEmnist(emnist.split, emnist.part);
  const kind = await kindOf(where);
  if (kind === 'folder') {
    throw new UsageError(`${where}: opening an array of pictures: expected an IDX images file, received a folder`);
  }
  return kind === 'train' || kind === 'test' ? readMnist(kind) : readIdxFiles(where);
}

/** Whether `where` is a folder, of raw pictures; all else that can be opened is one array of pictures of one size. */
export async function isFolder(where: string): Promise<boolean> {
  return (await kindOf(where)) === 'folder';
}

async function kindOf(where: string): Promise<'train' | 'test' | 'emnist' | 'file' | 'folder'> {
  if (emnistNamed(where) !== undefined) return 'emnist';
  if (where.startsWith('mnist:')) {
    const part = where.slice('mnist:'.length);
    if (part === 'train' || part === 'test') return part;
    throw new UsageError(`opening data: expected mnist:train or mnist:test, received ${where}`);
  }
  const found = await stat(where).catch(() => undefined);
  if (found) return found.isDirectory() ? 'folder' : 'file';
  throw new MissingError(
    `${where}: opening data: expected mnist:train, mnist:test, an IDX images file or a folder, received no such file`,
  );
}
