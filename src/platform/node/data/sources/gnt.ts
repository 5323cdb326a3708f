// Characters in the form of CASIA-HWDB: a `.gnt` file, or a folder of such files at any depth, each of one writer.
// Characters have their own sizes there. Even for a million of them, only the framed pictures are held together.
import { resolve } from 'node:path';
import { FormatError } from '../../../../core/floor.ts';
import { checkFraming, type Framing, frameCharacter, hanziFraming, type Picture } from '../../../../picture/floor.ts';
import { compareLabels, gntPicture, type LabelledPictures, maxFramedPixels } from '../../../../samples/floor.ts';
import type { DataProgress, DataSource, EmptySample, FramedData } from '../dataSource.ts';
import { loosePictures } from '../namedData.ts';
import { isGnt, listGnt, readGntRecords } from '../readers/gntFiles.ts';
import { maxFolderPixels } from '../readers/pictureFolder.ts';
import { sharedBytes } from '../sharedArrays.ts';

/** Terms for the model card: the files state none, and nearly all files of this form are CASIA's. */
const terms = 'the files name none; CASIA-HWDB is free for academic research only: do not ship a model trained on this';

/** `.gnt` files. */
export const gnt: DataSource = {
  names: 'a .gnt file or a folder of such',
  async find(where) {
    if (!(await isGnt(where))) return undefined;
    return loosePictures(
      { identity: resolve(where), terms, shown: hanziFraming },
      (onProgress) => readPictures(where, onProgress),
      (frame, onProgress) => frameRecords(where, frame, onProgress),
    );
  },
};

/**
 * Frames all characters of a `.gnt` file or a folder of them; each file counts as one writer.
 *
 * The files are read twice, first for their headers. Only the framed pictures are held, in one array: `size * size`
 * bytes each, 2.8 GB for 1.2 million of 48x48.
 *
 * @throws {FormatError} naming the file that is damaged, or when there is no ink in any record.
 */
async function frameRecords(path: string, framing: Framing, onProgress?: DataProgress): Promise<FramedData> {
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
  const images = sharedBytes(total * pixels);
  const targets = new Uint16Array(total);
  const writers = new Uint16Array(total);
  const empty: EmptySample[] = [];
  let [position, count] = [0, 0];
  for (const [index, file] of files.entries()) {
    let record = 0;
    for await (const header of readGntRecords(file)) {
      const framed = frameCharacter(gntPicture(header, header.pixels!), framing);
      record++;
      if (framed === undefined) {
        empty.push({ source: `${file}, record ${record}`, label: header.label });
      } else {
        // A file that grew after its headers were read has no room for new records.
        if (count === total)
          throw new FormatError(`${file}: reading GNT: expected ${total} characters in all, received more`);
        images.set(framed.pixels, count * pixels);
        targets[count] = numbers.get(header.label) ?? 0;
        writers[count++] = index + 1;
      }
      if (++position % 1000 === 0) onProgress?.(position, total);
    }
  }
  onProgress?.(total, total);
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
async function readPictures(path: string, onProgress?: DataProgress): Promise<LabelledPictures> {
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
    onProgress?.(index + 1, files.length);
  }
  const labels = [...new Set(texts)].sort(compareLabels);
  const numbers = new Map(labels.map((label, number) => [label, number]));
  const targets = Uint16Array.from(texts, (text) => numbers.get(text)!);
  return { name: path, labels, pictures, targets, sources, writers: Uint16Array.from(writers) };
}
