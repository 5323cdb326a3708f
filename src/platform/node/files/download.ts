// Downloads a large file into a folder. No interruption loses received bytes: until the file is whole, they are kept
// beside it in a file with the ending `.part`, with a note of its origin.
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DuctusError, FormatError, MissingError, UsageError } from '../../../core/floor.ts';
import { writeFileAtomic } from './files.ts';

/** Called with the number of bytes received, and the total where the server states it. */
export type DownloadProgress = (done: number, total: number | undefined) => void;

/** Options of {@link download}. */
export interface DownloadOptions {
  /** Begins with `http://` or `https://`. */
  readonly address: string;
  /** Path of the whole file; its folder is created. */
  readonly path: string;
  /** Largest file that is accepted. */
  readonly maxBytes: number;
  readonly onProgress?: DownloadProgress;
  /** Ends the download; its reason is thrown. Received bytes stay. */
  readonly signal?: AbortSignal;
  /** Seconds without a byte after which a connection is abandoned; default 60. */
  readonly stallSeconds?: number;
  /** Seconds before a broken connection is tried again; default 2. */
  readonly pauseSeconds?: number;
}

/** The note beside a part. The part is useless if the server has another file by now. */
interface PartNote {
  readonly address: string;
  /** The server's name for this state of the file: its strong ETag, otherwise its date. */
  readonly validator?: string;
  readonly total?: number;
}

/** Most connections, one after another, as long as each brings something: a bound, not a likely number. */
const mostConnections = 50;

/**
 * Downloads a file, or the rest of it where an earlier call was interrupted or killed.
 *
 * It requests the rest by an HTTP range, on the condition that the file is unchanged. A server without ranges sends
 * the whole file again. A broken connection is tried again as long as each brings something.
 *
 * @throws {MissingError} when the server cannot be reached or does not have the file.
 * @throws {FormatError} when it sends more than it announced, or more than `maxBytes`.
 * @throws {DuctusError} when the connection breaks and cannot be resumed; the next call continues.
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { address, path, signal } = options;
  if (!/^https?:\/\/\S+$/.test(address)) {
    throw new UsageError(
      `downloading: expected an address that begins with https:// or http://, received "${address}"`,
    );
  }
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  for (let connection = 1; ; connection++) {
    const from = await usableBytes(part, address);
    try {
      await connect(options, part, from);
      break;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof FormatError) await forget(part);
      if (error instanceof DuctusError) throw error;
      const done = await usableBytes(part, address);
      if (done <= from || connection === mostConnections) throw unreachable(error, address, part, done);
    }
    await pause((options.pauseSeconds ?? 2) * 1000, undefined, signal && { signal }).catch(() =>
      signal?.throwIfAborted(),
    );
  }
  await rename(part, path);
  await forget(part);
}

/** Opens a connection and appends its bytes to the part, until the file is whole. */
async function connect(options: DownloadOptions, part: string, from: number): Promise<void> {
  const { address, maxBytes, onProgress, signal, stallSeconds = 60 } = options;
  const note = await readNote(part);
  if (from > 0 && from === note?.total) return;
  const stalled = new AbortController();
  const watch = setTimeout(() => stalled.abort(new Error(`nothing came for ${stallSeconds} s`)), stallSeconds * 1000);
  let handle: FileHandle | undefined;
  try {
    const response = await fetch(address, {
      headers: {
        // A compressed transfer would have another length than the file.
        'accept-encoding': 'identity',
        ...(from > 0 && { range: `bytes=${from}-` }),
        ...(from > 0 && note?.validator !== undefined && { 'if-range': note.validator }),
      },
      signal: signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal,
    });
    const place = placeOf(response, address, from);
    if (place === undefined || (place.start > 0 && place.total !== note?.total)) {
      clearTimeout(watch);
      await response.body?.cancel();
      if (from === 0) throw new FormatError(`${address}: downloading: expected the file, received a part of it`);
      // The file has changed: download all of it again.
      await forget(part);
      return await connect(options, part, 0);
    }
    const { start, total } = place;
    if (total !== undefined && total > maxBytes) throw tooLarge(address, maxBytes, `${total}`);
    const validator = validatorOf(response);
    const now: PartNote = { address, ...(validator && { validator }), ...(total !== undefined && { total }) };
    handle = await open(part, start === 0 ? 'w' : 'r+');
    await writeFileAtomic(noteOf(part), JSON.stringify(now));
    let done = start;
    onProgress?.(done, total);
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      watch.refresh();
      if (done + chunk.length > (total ?? maxBytes)) throw tooLarge(address, total ?? maxBytes, 'more');
      await writeAt(handle, chunk, done, part);
      done += chunk.length;
      onProgress?.(done, total);
    }
    if (total !== undefined && done < total) throw new Error('the server closed the connection');
    await handle.sync();
  } catch (error) {
    if (stalled.signal.aborted && !(error instanceof DuctusError)) throw stalled.signal.reason;
    throw error;
  } finally {
    clearTimeout(watch);
    await handle?.close();
  }
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number, part: string): Promise<void> {
  const written = await handle.write(bytes, 0, bytes.length, position).then(
    ({ bytesWritten }) => (bytesWritten === bytes.length ? undefined : 'only a part of the bytes was taken'),
    (error: Error) => error.message,
  );
  if (written !== undefined) throw new DuctusError(`${part}: writing failed: ${written}`);
}

/**
 * The offset of the bytes that a server sends, and the length of the whole file.
 *
 * @returns undefined when the server has no such part, or sent a part that does not begin at `from`.
 * @throws {MissingError} when it refused.
 */
function placeOf(
  { status, statusText, headers }: Response,
  address: string,
  from: number,
): { readonly start: number; readonly total: number | undefined } | undefined {
  if (status === 200) {
    // The length of a compressed transfer is not that of the file.
    const length = headers.has('content-encoding') ? null : headers.get('content-length');
    return { start: 0, total: length === null ? undefined : Number(length) };
  }
  if (status === 206) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
    return Number(start) === from ? { start: from, total: Number(total) } : undefined;
  }
  // Nothing follows that offset: the file has become shorter.
  if (status === 416) return undefined;
  throw new MissingError(`${address}: downloading: expected the file, received status ${status} ${statusText}`);
}

function validatorOf({ headers }: Response): string | undefined {
  const tag = headers.get('etag');
  // A weak tag may be the same for other bytes, and must not be used in a condition on a range (RFC 9110, 13.1.5).
  return tag !== null && !tag.startsWith('W/') ? tag : (headers.get('last-modified') ?? undefined);
}

/** Usable bytes of a part that an earlier connection left: none without a note, or from another address. */
async function usableBytes(part: string, address: string): Promise<number> {
  const note = await readNote(part);
  const size = (await stat(part).catch(() => undefined))?.size ?? 0;
  return note?.address === address && size <= (note.total ?? size) ? size : 0;
}

/** Removes a part and its note, if present. */
async function forget(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(noteOf(part), { force: true });
}

async function readNote(part: string): Promise<PartNote | undefined> {
  try {
    return JSON.parse(await readFile(noteOf(part), 'utf8')) as PartNote;
  } catch {
    // Missing or cut off: nothing is known of the part.
    return undefined;
  }
}

function noteOf(part: string): string {
  return `${part}.json`;
}

function tooLarge(address: string, maxBytes: number, received: string): FormatError {
  return new FormatError(`${address}: downloading: expected at most ${maxBytes} bytes, received ${received}`);
}

function unreachable(failure: unknown, address: string, part: string, done: number): DuctusError {
  const { message, cause } = failure as Error;
  const { code, message: reason } = (cause ?? {}) as NodeJS.ErrnoException;
  const why = code ?? reason ?? message;
  return done === 0
    ? new MissingError(`${address}: downloading: expected to reach the server, received: ${why}`)
    : new DuctusError(
        `${address}: downloading: the connection broke after ${done} bytes (${why}); they are kept in ${part}, the same command goes on`,
      );
}
