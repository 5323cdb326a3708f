// Unpacks some files of a zip archive, and trusts nothing in it: names, sizes and checksums are verified, and a file is
// there whole or not at all.
import { mkdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { DuctusError, FormatError, MissingError } from '../../../core/floor.ts';
import { writeFileAtomic } from './files.ts';
import { isFile } from './isFile.ts';
import { loadOptional } from './loadOptional.ts';

/** Options of {@link unpackZip}. */
export interface UnpackOptions {
  readonly archive: string;
  /** Names of the files, without their folders within the archive. */
  readonly names: readonly string[];
  /** Their destination, without the archive's folders; created when missing. */
  readonly folder: string;
  /** Most bytes of all of them together, unpacked. */
  readonly maxBytes: number;
  /** Called with the number of bytes unpacked, and the total. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the work; its reason is thrown. Complete files stay. */
  readonly signal?: AbortSignal;
}

/** Most files that an archive may list: thirty times those of the largest one that Ductus unpacks. */
const mostEntries = 1000;

/**
 * Unpacks files of a zip archive.
 *
 * @throws {MissingError} when there is no such archive, or the optional package yauzl is not installed.
 * @throws {FormatError} when it is no zip archive, is cut off or damaged, lists a name that leads out of its folder,
 * lacks one of the
 * files or has it twice, or when the files are larger than `maxBytes`.
 */
export async function unpackZip(options: UnpackOptions): Promise<void> {
  const { archive, names, folder, maxBytes, onProgress } = options;
  if (!(await isFile(archive))) {
    throw new MissingError(`${archive}: unpacking: expected a zip archive, received no such file`);
  }
  const { openPromise } = await loadOptional(() => import('yauzl'), 'yauzl', `${archive}: unpacking`);
  const zip = await openPromise(archive, { autoClose: false }).catch((error: Error) => {
    throw damaged(archive, error);
  });
  // A late error, from closing the file, would otherwise end the process.
  zip.on('error', () => {});
  try {
    const entries = await chosenEntries(zip, archive, names);
    const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
    if (total > maxBytes) {
      throw new FormatError(`${archive}: unpacking: expected at most ${maxBytes} bytes in all, received ${total}`);
    }
    await mkdir(folder, { recursive: true });
    let done = 0;
    for (const [index, entry] of entries.entries()) {
      const pieces = contentOf(zip, entry, options, (bytes) => {
        done += bytes;
        onProgress?.(done, total);
      });
      await writeFileAtomic(join(folder, names[index]!), pieces);
    }
  } finally {
    zip.close();
  }
}

/** The entries of the wanted files, in their order. */
async function chosenEntries(zip: ZipFile, archive: string, names: readonly string[]): Promise<Entry[]> {
  if (zip.entryCount > mostEntries) {
    throw new FormatError(`${archive}: unpacking: expected at most ${mostEntries} files, received ${zip.entryCount}`);
  }
  const found = new Map<string, Entry>();
  try {
    // yauzl refuses absolute names and those that lead upwards.
    for await (const entry of zip.eachEntry()) {
      const name = posix.basename(entry.fileName);
      if (!names.includes(name)) continue;
      if (found.has(name)) throw new FormatError(`${archive}: unpacking: expected one ${name}, received two`);
      found.set(name, entry);
    }
  } catch (error) {
    throw damaged(archive, error as Error);
  }
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0) {
    throw new FormatError(
      `${archive}: unpacking: expected ${missing.join(', ')} in it, received an archive of ${zip.entryCount} others`,
    );
  }
  return names.map((name) => found.get(name)!);
}

/** A file's verified content: it ends normally only if size and checksum are right. */
async function* contentOf(
  zip: ZipFile,
  entry: Entry,
  { archive, signal }: UnpackOptions,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let checksum = 0;
  try {
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>) {
      signal?.throwIfAborted();
      checksum = crc32(chunk, checksum);
      onBytes(chunk.length);
      yield chunk;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw damaged(archive, error as Error, entry.fileName);
  }
  if (checksum !== entry.crc32) {
    const [expected, received] = [entry.crc32, checksum].map((value) => value.toString(16).padStart(8, '0'));
    throw new FormatError(
      `${archive}: unpacking ${entry.fileName}: expected CRC-32 ${expected}, received ${received}: the archive is damaged`,
    );
  }
}

function damaged(archive: string, error: Error, name?: string): DuctusError {
  if (error instanceof DuctusError) return error;
  return new FormatError(
    `${archive}: unpacking${name === undefined ? '' : ` ${name}`}: expected an undamaged zip archive, received one with: ${error.message}`,
  );
}
