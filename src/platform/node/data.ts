// Opens labelled data by the name that a user gives: `mnist:train`, an IDX images file, a folder of pictures.
import { stat } from 'node:fs/promises';
import { MissingError, UsageError } from '../../core/index.ts';
import type { Dataset } from '../../learn/index.ts';
import { readIdxFiles } from './idxFiles.ts';
import { readMnist } from './mnistFiles.ts';

/** How {@link openDataset} makes network inputs of what it finds. */
export interface OpenDatasetOptions {
  /** Side of the framed square in pixels; 28 where not given. */
  readonly size?: number;
}

/**
 * Opens a data set whose pictures are framed for a network.
 *
 * @param where `mnist:train`, `mnist:test`, or the path of an IDX images file.
 */
export async function openDataset(where: string, options: OpenDatasetOptions = {}): Promise<Dataset> {
  const dataset = await openStored(where);
  const size = options.size ?? 28;
  if (dataset.width !== size || dataset.height !== size) {
    throw new UsageError(
      `${where}: opening framed pictures: expected ${size}x${size} pixels, received ${dataset.width}x${dataset.height}; use --framing raw to have them framed`,
    );
  }
  return dataset;
}

/**
 * Opens a set that is stored as one array, MNIST or an IDX file, with its pictures as stored, of any one size.
 *
 * @throws {UsageError} when `where` is a folder.
 */
export async function openStored(where: string): Promise<Dataset> {
  const kind = await kindOf(where);
  if (kind === 'folder') {
    throw new UsageError(`${where}: opening an array of pictures: expected an IDX images file, received a folder`);
  }
  return kind === 'file' ? readIdxFiles(where) : readMnist(kind);
}

async function kindOf(where: string): Promise<'train' | 'test' | 'file' | 'folder'> {
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
