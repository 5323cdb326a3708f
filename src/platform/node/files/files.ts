// Reading and writing whole files with a stated bound: the only way in which Ductus reads or writes a file.
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import { DuctusError, FormatError, MissingError } from '../../../core/floor.ts';

const inflate = promisify(gunzip);

/** Bytes read at a time where a file does not know its own size (a pipe, a device). */
const chunkBytes = 2 ** 16;

/** Bytes per piece of a file that is read piece by piece: few calls, and a small part of such files. */
const pieceBytes = 2 ** 18;

/**
 * Reads a whole file of at most `maxBytes`.
 *
 * A pipe or device has no size of its own: it is read to its end or to the bound.
 *
 * @throws {MissingError} when there is no such file.
 * @throws {FormatError} when it is a folder or larger than `maxBytes`.
 *
 * @example
 * ```ts
 * import { readFileBounded } from 'ductus/node';
 *
 * const bytes = await readFileBounded('package.json', 1_000_000);
 * console.log(bytes.length > 0); // true
 * ```
 */
export async function readFileBounded(path: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const size = await sizeWithin(handle, path, maxBytes);
    return await readToEnd(handle, path, size, maxBytes);
  } catch (error) {
    throw explain(error, path, 'reading');
  } finally {
    await handle?.close();
  }
}

/**
 * Reads a whole file like {@link readFileBounded} and unzips it when it begins with gzip's magic number, whatever its
 * name.
 *
 * @param maxBytes bound of the file and of its unzipped content: a small file that inflates without end stops there.
 * @throws {FormatError} also when the gzip stream is damaged, cut off or inflates beyond `maxBytes`.
 */
export async function readMaybeGzip(path: string, maxBytes: number): Promise<Uint8Array> {
  const bytes = await readFileBounded(path, maxBytes);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const whole = await inflate(bytes, { maxOutputLength: maxBytes, chunkSize: 2 ** 18 });
    return new Uint8Array(whole.buffer, whole.byteOffset, whole.byteLength);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(`${path} (unzipped)`, maxBytes, 'more');
    throw new FormatError(`${path}: unzipping: expected an undamaged gzip stream, received one with: ${message}`);
  }
}

/**
 * Reads a file piece by piece, unzipped when it begins with gzip's magic number; unlike {@link readMaybeGzip}, it holds
 * only one piece.
 *
 * @param maxBytes bound of the file and of its unzipped content.
 * @returns pieces of any length but 0, each in an array of its own.
 * @throws as {@link readMaybeGzip}, while it is read: pieces before the damage have been returned by then.
 */
export async function* readPieces(path: string, maxBytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    await sizeWithin(handle, path, maxBytes);
    const stored = storedPieces(handle, path, maxBytes);
    const first = await stored.next();
    if (first.done) return;
    const whole = rejoined(first.value, stored);
    if (first.value[0] === 0x1f && first.value[1] === 0x8b) yield* unzipped(whole, path, maxBytes);
    else yield* whole;
  } catch (error) {
    throw explain(error, path, 'reading');
  } finally {
    await handle?.close();
  }
}

/**
 * Writes a file so that a reader sees either the old or the whole new one: to a temporary name in the same folder,
 * flushed to disk, then renamed. A failure leaves the old file as it was.
 *
 * @param content whole, or piece by piece; an error from the pieces leaves the old file, too, and is rethrown.
 * @throws {MissingError} when the folder does not exist.
 */
export async function writeFileAtomic(
  path: string,
  content: Uint8Array | string | AsyncIterable<Uint8Array>,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await writeFile(handle, content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw explain(error, path, 'writing');
  }
}

/**
 * Size of an open file; 0 for files without a size. @throws {FormatError} when it is a folder or larger than the bound.
 */
async function sizeWithin(handle: FileHandle, path: string, maxBytes: number): Promise<number> {
  const stat = await handle.stat();
  if (stat.isDirectory()) throw new FormatError(`${path}: reading a file: expected a file, received a folder`);
  if (stat.size > maxBytes) throw tooLarge(path, maxBytes, `${stat.size}`);
  return stat.size;
}

/** The stored bytes of an open file. The first piece has at least two bytes, unless it is the whole file. */
async function* storedPieces(
  handle: FileHandle,
  path: string,
  maxBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let length = 0; ; ) {
    const piece = new Uint8Array(pieceBytes);
    let filled = 0;
    do {
      const { bytesRead } = await handle.read(piece, filled, pieceBytes - filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    } while (filled < 2);
    if (filled === 0) return;
    length += filled;
    if (length > maxBytes) throw tooLarge(path, maxBytes, 'more');
    yield piece.subarray(0, filled);
  }
}

async function* rejoined(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield first;
  yield* rest;
}

async function* unzipped(
  pieces: AsyncIterable<Uint8Array>,
  path: string,
  maxBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const unzip = createGunzip({ chunkSize: pieceBytes });
  const feeding = pipeline(Readable.from(pieces), unzip);
  // Errors also leave through the loop below, or do not matter any more when that ended early.
  feeding.catch(() => {});
  let length = 0;
  try {
    for await (const piece of unzip as AsyncIterable<Uint8Array>) {
      length += piece.length;
      if (length > maxBytes) throw tooLarge(`${path} (unzipped)`, maxBytes, 'more');
      yield piece;
    }
  } catch (error) {
    if (error instanceof DuctusError) throw error;
    throw new FormatError(
      `${path}: unzipping: expected an undamaged gzip stream, received one with: ${(error as Error).message}`,
    );
  } finally {
    unzip.destroy();
  }
}

async function readToEnd(
  handle: FileHandle,
  path: string,
  size: number,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  // One byte of room beyond the announced size, so that the end of an ordinary file is seen without growing the buffer.
  let bytes = new Uint8Array(Math.min(size > 0 ? size : chunkBytes, maxBytes) + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
    if (length > maxBytes) throw tooLarge(path, maxBytes, 'more');
    if (length === bytes.length) {
      const larger = new Uint8Array(Math.min(2 * bytes.length, maxBytes + 1));
      larger.set(bytes);
      bytes = larger;
    }
  }
}

function tooLarge(path: string, maxBytes: number, received: string): FormatError {
  return new FormatError(`${path}: reading: expected at most ${maxBytes} bytes, received ${received}`);
}

/** Turns a system error into one that names the file; Ductus's own errors pass unchanged. */
function explain(error: unknown, path: string, doing: string): unknown {
  if (error instanceof DuctusError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && doing === 'reading') {
    return new MissingError(`${path}: reading: expected a file, received none (no such file)`);
  }
  if (code === 'ENOENT') {
    return new MissingError(`${path}: writing: expected the folder ${dirname(path)} to exist, received none`);
  }
  if (code === undefined) return error;
  return new DuctusError(`${path}: ${doing} failed: ${message}`);
}
