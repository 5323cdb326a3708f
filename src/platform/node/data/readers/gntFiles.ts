// Reads `.gnt` files of CASIA-HWDB, record by record: a file, or a folder of such files at any depth, each of one writer. Characters have
// their own sizes there; of a folder of a million none but the framed pictures are ever held together.
import type { Dirent } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DuctusError, FormatError, MissingError } from '../../../../core/floor.ts';
import { checkFraming, type Framing, frameCharacter, type Picture } from '../../../../picture/floor.ts';
import {
  compareLabels,
  type Dataset,
  type GntHeader,
  gntHeaderBytes,
  gntPicture,
  type LabelledPictures,
  maxFramedPixels,
  parseGntHeader,
} from '../../../../samples/floor.ts';
import { maxFolderPixels } from './pictureFolder.ts';

/** Most files and deepest folders that are looked through; ours: HWDB has 1,020 files in three parts. */
const mostFiles = 60_000;
const deepest = 4;

/** Most records of a file; ours, far above the 4,037 classes of HWDB. */
const mostRecords = 1_000_000;

/** One record. */
export interface GntRecord extends GntHeader {
  /** `[height, width]`; absent where only headers were asked for. Overwritten by the next record. */
  readonly pixels?: Uint8Array;
}

/** Whether a path means `.gnt` files: one of that name, or a folder that has some. */
export async function isGnt(path: string): Promise<boolean> {
  const entry = await stat(path).catch(() => undefined);
  if (entry?.isFile()) return isGntName(path);
  if (!entry?.isDirectory()) return false;
  for await (const _ of gntFilesIn(path, 0)) return true;
  return false;
}

/**
 * The records of a file, in their order; no more than one is held.
 *
 * @param headersOnly leaves the pixels out, which takes a tenth of the time.
 * @throws {MissingError} when there is no such file.
 * @throws {FormatError} naming file, record and offset of what is damaged or cut off.
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

/**
 * Frames all characters of a `.gnt` file or a folder of them; each file is a writer.
 *
 * The files are gone through twice, first for their headers: only the framed pictures are held, in one array: `size * size` bytes each, 2.8 GB
 * for 1.2 million of 48x48.
 *
 * @param allocate gives memory for the framed pictures, of zeros.
 * @param onProgress called now and then with the number of characters done and their total.
 * @returns also the places of those in which no ink was found; they are not in the data set.
 * @throws {FormatError} naming the file that is damaged, or when there is no ink in any record.
 */
export async function frameGnt(
  path: string,
  framing: Framing,
  allocate: (bytes: number) => Uint8Array,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<{ readonly dataset: Dataset; readonly empty: readonly string[] }> {
  checkFraming(framing);
  const files = await listGnt(path);
  const counts = new Map<string, number>();
  let total = 0;
  for (const file of files) {
    for await (const { label } of readGntRecords(file, true)) {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      total++;
    }
  }
  const pixels = framing.size ** 2;
  if (total * pixels > maxFramedPixels) {
    throw new FormatError(
      `${path}: framing: expected at most ${maxFramedPixels} pixels in all, received ${total} characters of ${framing.size}x${framing.size}`,
    );
  }
  const labels = [...counts.keys()].sort(compareLabels);
  const numbers = new Map(labels.map((label, number) => [label, number]));
  const images = allocate(total * pixels);
  const targets = new Uint16Array(total);
  const writers = new Uint16Array(total);
  const empty: string[] = [];
  let [position, count] = [0, 0];
  for (const [index, file] of files.entries()) {
    let record = 0;
    for await (const header of readGntRecords(file)) {
      const framed = frameCharacter(gntPicture(header, header.pixels!), framing);
      record++;
      if (framed === undefined) {
        empty.push(`${file}, record ${record}`);
      } else {
        // A file that has grown since its headers were read has no place for what is new.
        if (count === total)
          throw new FormatError(`${file}: reading GNT: expected ${total} characters in all, received more`);
        images.set(framed.pixels, count * pixels);
        targets[count] = numbers.get(header.label) ?? 0;
        writers[count++] = index + 1;
      }
      if (++position % 1000 === 0) onProgress(position, total);
    }
  }
  onProgress(total, total);
  if (count === 0)
    throw new FormatError(`${path}: framing: expected ink in at least one character, received ${total} without any`);
  const dataset = {
    ...{ name: path, labels, width: framing.size, height: framing.size, count },
    images: images.subarray(0, count * pixels),
    targets: targets.subarray(0, count),
    writers: writers.subarray(0, count),
  };
  return { dataset, empty };
}

/**
 * All characters of a `.gnt` file or a folder of them as single pictures, each with its paper around it.
 *
 * @throws {FormatError} when a file is damaged, or all together have more than `maxFolderPixels` pixels.
 */
export async function readGntPictures(
  path: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<LabelledPictures> {
  const files = await listGnt(path);
  const pictures: Picture[] = [];
  const [texts, sources, writers]: [string[], string[], number[]] = [[], [], []];
  let pixels = 0;
  for (const [index, file] of files.entries()) {
    for await (const header of readGntRecords(file)) {
      const picture = gntPicture(header, header.pixels!);
      pixels += picture.pixels.length;
      if (pixels > maxFolderPixels) {
        throw new FormatError(
          `${path}: reading GNT: expected at most ${maxFolderPixels} pixels in all to read as single pictures, received more by ${file}; measure some files of it`,
        );
      }
      sources.push(`${file}, record ${pictures.push(picture)}`);
      texts.push(header.label);
      writers.push(index + 1);
    }
    onProgress(index + 1, files.length);
  }
  const labels = [...new Set(texts)].sort(compareLabels);
  const numbers = new Map(labels.map((label, number) => [label, number]));
  const targets = Uint16Array.from(texts, (text) => numbers.get(text)!);
  return { name: path, labels, pictures, targets, sources, writers: Uint16Array.from(writers) };
}

/** The files that a path means, in the order of their paths. */
async function listGnt(path: string): Promise<string[]> {
  const entry = await stat(path).catch(() => undefined);
  if (entry === undefined)
    throw new MissingError(`${path}: reading GNT: expected a file or a folder, received no such`);
  if (!entry.isDirectory()) return [path];
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
