// Gets EMNIST: takes NIST's archive from its server or a file, and unpacks the files of the wanted divisions.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DuctusError, FormatError, MissingError } from '../../../core/floor.ts';
import { type EmnistSplit, emnistAddress, emnistArchiveMd5, emnistFileNames } from '../../../samples/floor.ts';
import { download } from '../files/download.ts';
import { isFile } from '../files/isFile.ts';
import { unpackZip } from '../files/unpackZip.ts';
import { emnistFolder, findEmnistFile } from './readers/emnistFiles.ts';

/** Largest archive, and most bytes unpacked from it: it has about 560 MB, and its files are packed themselves. */
const maxArchiveBytes = 2 ** 30;

/** What {@link getEmnist} is doing. */
export type EmnistStage = 'downloading' | 'verifying' | 'unpacking';

/** Options of {@link getEmnist}. */
export interface GetEmnistOptions {
  /** Wanted divisions. */
  readonly splits: readonly EmnistSplit[];
  /** Folder of EMNIST; default `emnist` in the data folder. */
  readonly folder?: string;
  /** Archive that was downloaded by hand; it stays unchanged. */
  readonly from?: string;
  /** Address of the archive; default NIST's own. */
  readonly address?: string;
  /** SHA-256 that the archive must have, in hexadecimal. */
  readonly sha256?: string;
  /** Keep the downloaded archive for other divisions; default: delete it. */
  readonly keep?: boolean;
  /** Called with the progress of a stage, in bytes. */
  readonly onProgress?: (stage: EmnistStage, done: number, total: number | undefined) => void;
  /** Ends the work; its reason is thrown. The next call continues. */
  readonly signal?: AbortSignal;
}

/** What {@link getEmnist} found or made. */
export interface GotEmnist {
  /** Folder of the files. */
  readonly folder: string;
  /** Divisions whose files were present. */
  readonly present: readonly EmnistSplit[];
  /** Divisions that were unpacked. */
  readonly unpacked: readonly EmnistSplit[];
  /** The archive, if one was needed. */
  readonly archive?: {
    readonly bytes: number;
    readonly sha256: string;
    readonly md5: string;
    /** Whether the MD5 is that of the official archive. */
    readonly known: boolean;
    /** Its path; absent when it was deleted. */
    readonly path?: string;
  };
}

/**
 * Gets divisions of EMNIST whose files are missing: downloads the archive unless it is present, verifies it, unpacks
 * it.
 *
 * @throws {MissingError} when the server cannot be reached, saying what to download and how to pass it.
 * @throws {FormatError} when the archive has another SHA-256, is damaged, or lacks a file.
 *
 * @example
 * ```ts no-run
 * import { getEmnist, openDataset } from 'ductus/node';
 *
 * await getEmnist({ splits: ['letters'] }); // downloads half a gigabyte, once
 * console.log((await openDataset('emnist/letters:train')).count);
 * ```
 */
export async function getEmnist(options: GetEmnistOptions): Promise<GotEmnist> {
  const { folder = emnistFolder(), splits, from, keep = false, onProgress, signal } = options;
  const present: EmnistSplit[] = [];
  const wanted: EmnistSplit[] = [];
  for (const split of new Set(splits)) ((await isComplete(split, folder)) ? present : wanted).push(split);
  if (wanted.length === 0) return { folder, present, unpacked: [] };
  const archive = from ?? (await downloaded(options, folder));
  try {
    const facts = await verified(archive, options);
    await unpackZip({
      ...{ archive, names: wanted.flatMap(filesOf), folder: join(folder, 'gzip'), maxBytes: maxArchiveBytes },
      ...(onProgress && { onProgress: (done: number, total: number) => onProgress('unpacking', done, total) }),
      ...(signal && { signal }),
    });
    const stays = from !== undefined || keep;
    if (!stays) await rm(archive);
    return { folder, present, unpacked: wanted, archive: { ...facts, ...(stays && { path: archive }) } };
  } catch (error) {
    if (!(error instanceof FormatError) || from !== undefined) throw error;
    throw new FormatError(`${error.message}; delete ${archive} to have it downloaded again`, { cause: error });
  }
}

/** Names of all files of a division. */
function filesOf(split: EmnistSplit): string[] {
  return [...new Set((['train', 'test'] as const).flatMap((part) => Object.values(emnistFileNames(split, part))))];
}

async function isComplete(split: EmnistSplit, folder: string): Promise<boolean> {
  for (const name of filesOf(split)) if ((await findEmnistFile(name, folder)) === undefined) return false;
  return true;
}

/** The archive in the folder, downloaded unless an earlier call left it there. */
async function downloaded(options: GetEmnistOptions, folder: string): Promise<string> {
  const { address = emnistAddress, onProgress, signal } = options;
  const path = join(folder, 'gzip.zip');
  if (await isFile(path)) return path;
  try {
    await download({
      ...{ address, path, maxBytes: maxArchiveBytes },
      ...(onProgress && { onProgress: (done, total) => onProgress('downloading', done, total) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    throw new MissingError(
      `${error.message}; or fetch that file by other means, about 560 MB, and run: ductus data get emnist --from gzip.zip`,
    );
  }
  return path;
}

async function verified(
  path: string,
  { sha256: expected, onProgress, signal }: GetEmnistOptions,
): Promise<Omit<NonNullable<GotEmnist['archive']>, 'path'>> {
  const total = (await stat(path).catch(() => undefined))?.size;
  if (total === undefined) throw new MissingError(`${path}: expected the archive of EMNIST, received no such file`);
  const [sha, md5] = [createHash('sha256'), createHash('md5')];
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 }) as AsyncIterable<Uint8Array>) {
      signal?.throwIfAborted();
      sha.update(chunk);
      md5.update(chunk);
      bytes += chunk.length;
      onProgress?.('verifying', bytes, total);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw new DuctusError(`${path}: reading failed: ${(error as Error).message}`);
  }
  const digests = { sha256: sha.digest('hex'), md5: md5.digest('hex') };
  if (expected !== undefined && expected.toLowerCase() !== digests.sha256) {
    throw new FormatError(
      `${path}: verifying the archive: expected SHA-256 ${expected.toLowerCase()}, received ${digests.sha256}`,
    );
  }
  return { bytes, ...digests, known: digests.md5 === emnistArchiveMd5 };
}
