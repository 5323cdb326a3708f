// Reads EMNIST from a folder that holds the files of NIST's archive. `emnistArchive.ts` puts them there.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DuctusError, FormatError, formatShape, MissingError } from '../../../../core/floor.ts';
import {
  checkEmnistMapping,
  type Dataset,
  type EmnistPart,
  type EmnistSplit,
  emnistAddress,
  emnistFileNames,
  emnistSide,
  emnistSplits,
  parseIdxHeader,
  readEmnistTargets,
  transposePictures,
} from '../../../../samples/floor.ts';
import { readFileBounded, readMaybeGzip } from '../../files/files.ts';
import { isFile } from '../../files/isFile.ts';
import { dataFolder } from '../dataFolder.ts';
import { sharedBytes } from '../sharedArrays.ts';

/** Largest labels file, unzipped; that of byclass has 697,940 bytes. */
const maxLabelBytes = 2 ** 20;
/** Largest mapping file; that of byclass has 62 lines of at most six characters. */
const maxMappingBytes = 2 ** 16;
/** Bytes per chunk of unzipping: a small part of a picture file, and few calls. */
const chunkBytes = 2 ** 18;
/** Bytes of the header of an IDX file of three axes. */
const headerBytes = 16;
const pixelsOfOne = emnistSide ** 2;

/** Folder of EMNIST within the data folder. */
export function emnistFolder(): string {
  return join(dataFolder(), 'emnist');
}

/**
 * Reads one part of a division of EMNIST, upright.
 *
 * The pictures are unzipped piece by piece into one array, in memory that threads can share, and transposed there. So
 * byclass takes 547 MB and no second copy.
 *
 * @param folder of the files, or of the archive's folder `gzip` with the files in it.
 * @returns pictures `[count, 28, 28]`, ink 255 on 0, framed as MNIST's; the classes of {@link emnistSplits}.
 * @throws {MissingError} when a file is missing, saying how to get it.
 * @throws {FormatError} when a file is damaged, cut off, of another count, or its labels are not those of the division.
 *
 * Source: G. Cohen, S. Afshar, J. Tapson, A. van Schaik, "EMNIST: an extension of MNIST to handwritten letters", 2017.
 */
export async function readEmnist(
  split: EmnistSplit,
  part: EmnistPart,
  folder: string = emnistFolder(),
): Promise<Dataset> {
  const names = emnistFileNames(split, part);
  const mapping = await locate(names.mapping, split, folder);
  const labels = await locate(names.labels, split, folder);
  const images = await locate(names.images, split, folder);
  checkEmnistMapping(new TextDecoder().decode(await readFileBounded(mapping, maxMappingBytes)), split, mapping);
  const targets = readEmnistTargets(await readMaybeGzip(labels, maxLabelBytes), split, part, labels);
  const { classes, counts } = emnistSplits[split];
  return {
    name: `emnist-${split}:${part}`,
    labels: classes,
    width: emnistSide,
    height: emnistSide,
    count: counts[part],
    images: await readUpright(images, counts[part]),
    targets,
  };
}

/** Path of an archive's file below a folder; undefined when it is missing. */
export async function findEmnistFile(name: string, folder: string = emnistFolder()): Promise<string | undefined> {
  for (const path of [join(folder, 'gzip', name), join(folder, name)]) {
    if (await isFile(path)) return path;
  }
  return undefined;
}

async function locate(name: string, split: EmnistSplit, folder: string): Promise<string> {
  const path = await findEmnistFile(name, folder);
  if (path !== undefined) return path;
  throw new MissingError(
    `opening emnist-${split}: expected ${join(folder, 'gzip', name)}, received no such file; run "ductus data get emnist --split ${split}", or fetch ${emnistAddress} and unpack it in ${folder}`,
  );
}

/** Unzips a file of transposed pictures into one array, upright. */
async function readUpright(path: string, count: number): Promise<Uint8Array> {
  const size = count * pixelsOfOne;
  const images = sharedBytes(size);
  const header = new Uint8Array(headerBytes);
  let [received, upright] = [0, 0];
  // An error in either stream destroys both and leaves through the loop, so the callback has nothing to do.
  const unzipped = pipeline(createReadStream(path), createGunzip({ chunkSize: chunkBytes }), () => {});
  try {
    for await (const chunk of unzipped as AsyncIterable<Uint8Array>) {
      let rest = chunk;
      if (received < headerBytes) {
        const part = chunk.subarray(0, headerBytes - received);
        header.set(part, received);
        received += part.length;
        if (received < headerBytes) continue;
        checkHeader(header, path, count);
        rest = chunk.subarray(part.length);
      }
      if (received - headerBytes + rest.length > size) throw wrongSize(path, count, 'more');
      images.set(rest, received - headerBytes);
      received += rest.length;
      // Whole pictures only; a partial one waits for the next chunk.
      const whole = Math.floor((received - headerBytes) / pixelsOfOne) * pixelsOfOne;
      transposePictures(images.subarray(upright, whole));
      upright = whole;
    }
  } catch (error) {
    if (error instanceof DuctusError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_')) throw new DuctusError(`${path}: reading failed: ${message}`);
    throw new FormatError(`${path}: unzipping: expected an undamaged gzip stream, received one with: ${message}`);
  }
  if (received < headerBytes) checkHeader(header.subarray(0, received), path, count);
  if (received !== headerBytes + size) throw wrongSize(path, count, `${received}`);
  return images;
}

function checkHeader(header: Uint8Array, path: string, count: number): void {
  const { shape } = parseIdxHeader(header, path, { rank: 3, types: ['uint8'] });
  const expected = [count, emnistSide, emnistSide];
  if (shape.join() !== expected.join()) {
    throw new FormatError(
      `${path}: reading pictures of EMNIST: expected shape ${formatShape(expected)}, received ${formatShape(shape)}`,
    );
  }
}

function wrongSize(path: string, count: number, received: string): FormatError {
  return new FormatError(
    `${path}: reading pictures of EMNIST: expected ${headerBytes + count * pixelsOfOne} bytes, unzipped, for ${count} pictures, received ${received}`,
  );
}
