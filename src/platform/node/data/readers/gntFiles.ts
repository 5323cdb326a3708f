// Finds `.gnt` files of CASIA-HWDB, one or a folder of them at any depth, and reads them record by record.
// sources/gnt.ts makes samples of the characters.
import type { Dirent } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DuctusError, FormatError, MissingError } from '../../../../core/floor.ts';
import { type GntHeader, gntHeaderBytes, parseGntHeader } from '../../../../samples/floor.ts';
import { isFile, isFolder } from '../../files/isFile.ts';

/** Most files and deepest folders that are searched: HWDB has 1,020 files in three parts. */
const mostFiles = 60_000;
const deepest = 4;

/** Most records in a file, far above the 4,037 classes of HWDB. */
const mostRecords = 1_000_000;

/** One record. */
export interface GntRecord extends GntHeader {
  /** `[height, width]`; absent where only headers were requested. Overwritten by the next record. */
  readonly pixels?: Uint8Array;
}

/** Whether a path means `.gnt` files: one such file, or a folder that has some. */
export async function isGnt(path: string): Promise<boolean> {
  if (!(await isFolder(path))) return isGntName(path) && (await isFile(path));
  for await (const _ of gntFilesIn(path, 0)) return true;
  return false;
}

/**
 * The records of a file, in their order; at most one is held.
 *
 * @param headersOnly leaves the pixels out, which takes a tenth of the time.
 * @throws {MissingError} when there is no such file.
 * @throws {FormatError} naming file, record and offset of the damage.
 */
export async function* readGntRecords(path: string, headersOnly = false): AsyncGenerator<GntRecord, void, undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (cause) {
    throw new MissingError(`${path}: reading GNT: expected a file, received: ${(cause as Error).message}`, { cause });
  }
  try {
    const { size: end } = await handle.stat();
    const header = new Uint8Array(gntHeaderBytes);
    let pixels = new Uint8Array(0);
    let record = 0;
    for (let at = 0; at < end; record++) {
      const where = `${path}, record ${record + 1} at byte ${at}`;
      if (record === mostRecords)
        throw new FormatError(`${where}: reading GNT: expected at most ${mostRecords} records`);
      if (at + gntHeaderBytes > end) throw cutOff(where, gntHeaderBytes, end - at);
      await fill(handle, header, at, where);
      const parsed = parseGntHeader(header, where);
      if (at + parsed.size > end) throw cutOff(where, parsed.size, end - at);
      if (headersOnly) yield parsed;
      else {
        const length = parsed.width * parsed.height;
        if (pixels.length < length) pixels = new Uint8Array(length);
        const own = pixels.subarray(0, length);
        await fill(handle, own, at + gntHeaderBytes, where);
        yield { ...parsed, pixels: own };
      }
      at += parsed.size;
    }
    if (record === 0)
      throw new FormatError(`${path}: reading GNT: expected at least one record, received an empty file`);
  } finally {
    await handle.close();
  }
}

/** The files that a path means, in the order of their paths. */
export async function listGnt(path: string): Promise<string[]> {
  if (!(await isFolder(path))) return [path];
  const files: string[] = [];
  for await (const file of gntFilesIn(path, 0)) {
    files.push(file);
    if (files.length > mostFiles) {
      throw new FormatError(`${path}: reading GNT: expected at most ${mostFiles} files, received more`);
    }
  }
  if (files.length === 0) throw new MissingError(`${path}: reading GNT: expected .gnt files in it, received none`);
  // By UTF-16 code unit, the default: the same on every machine, which a locale's order is not.
  return files.sort();
}

async function* gntFilesIn(folder: string, depth: number): AsyncGenerator<string, void, undefined> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new DuctusError(
      `${folder}: reading GNT: expected a folder that can be listed, received: ${(error as Error).message}`,
    );
  }
  const folders: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile() && isGntName(entry.name)) yield path;
    else if (entry.isDirectory() && depth < deepest) folders.push(path);
  }
  for (const inner of folders) yield* gntFilesIn(inner, depth + 1);
}

function isGntName(path: string): boolean {
  return /\.gnt$/i.test(path) && !basename(path).startsWith('.');
}

async function fill(handle: FileHandle, target: Uint8Array, at: number, where: string): Promise<void> {
  const { bytesRead } = await handle.read(target, 0, target.length, at);
  if (bytesRead < target.length) throw cutOff(where, target.length, bytesRead);
}

function cutOff(where: string, expected: number, received: number): FormatError {
  return new FormatError(`${where}: reading GNT: expected ${expected} more bytes, received ${received} (cut off)`);
}
