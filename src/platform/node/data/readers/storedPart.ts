// Reads one part of a stored set: its pictures or strokes, their labels and writers, each checked against the others
// and the description. storedSets.ts finds the files.
import { basename } from 'node:path';
import { FormatError, MissingError } from '../../../../core/floor.ts';
import {
  type Dataset,
  type LabelledInk,
  type LabelledPictures,
  labelPictures,
  picturesOf,
  readNumbers,
  readTargets,
  splitFiles,
} from '../../../../samples/floor.ts';
import { readMaybeGzip } from '../../files/files.ts';
import { maxIdxBytes, readIdxPictures } from './idxPictures.ts';
import { readInkFile } from './inkFile.ts';
import type { StoredPart } from './storedSets.ts';

/**
 * Reads the stored pictures of a part.
 *
 * @param name of the data set, as the user gave it.
 * @returns with `writers` where the part has a file of them.
 * @throws {MissingError} when the labels are not there.
 * @throws {FormatError} naming the file that is damaged or contradicts the description or another file.
 */
export async function readStoredPictures(part: StoredPart, name: string): Promise<Dataset> {
  const { set, split, files } = part;
  const { classes, size } = set.description;
  const imagesName = files.images!;
  const labelsName = files.labels;
  if (labelsName === undefined) {
    const wanted = splitFiles(set.description.name, split).labels;
    throw new MissingError(`${imagesName}: finding its labels: expected ${wanted} beside it, received no such file`);
  }
  const labels = await readMaybeGzip(labelsName, maxIdxBytes);
  const pictures = await readIdxPictures(imagesName);
  const { height, width, count } = pictures;
  if (height !== size[0] || width !== size[1]) {
    throw new FormatError(
      `${imagesName}: expected pictures of ${size[0]} rows and ${size[1]} columns, as ${basename(set.file)} says, received ${height} and ${width}`,
    );
  }
  checkCount(part, imagesName, 'pictures', count);
  const dataset = labelPictures(name, pictures, { labels, imagesName, labelsName }, classes);
  if (files.writers === undefined) return dataset;
  const writers = readNumbers(await readMaybeGzip(files.writers, maxIdxBytes), files.writers, count);
  return { ...dataset, writers, writerSet: set.description.name };
}

/** As {@link readStoredPictures}, but single pictures; `sources` names each one's collection where the set does. */
export async function readStoredPictureList(part: StoredPart, name: string): Promise<LabelledPictures> {
  const pictures = picturesOf(await readStoredPictures(part, name));
  const { sources: file } = part.files;
  const collections = part.set.description.sources;
  if (file === undefined || collections === undefined) return pictures;
  const numbers = readNumbers(await readMaybeGzip(file, maxIdxBytes), file, pictures.pictures.length);
  const sources = pictures.sources.map((source, sample) => {
    const collection = collections[numbers[sample]!];
    if (collection === undefined) {
      throw new FormatError(
        `${file}: source of sample ${sample}: expected 0 to ${collections.length - 1} (${collections.join(', ')}), received ${numbers[sample]}`,
      );
    }
    return `${source} (${collection})`;
  });
  return { ...pictures, sources };
}

/**
 * Reads the strokes of a part.
 *
 * @param onProgress called at intervals with the number of samples read and their total.
 * @throws {FormatError} naming file and line of the damage; also when the labels file differs.
 */
export async function readStoredInk(
  part: StoredPart,
  name: string,
  onProgress?: (done: number, total: number) => void,
): Promise<LabelledInk> {
  const { set, split, files } = part;
  const { classes, splits } = set.description;
  const file = files.ink!;
  const total = splits[split]!;
  const { targets, writers, inks } = await readInkFile(file, classes, total, (done) => onProgress?.(done, total));
  checkCount(part, file, 'lines', inks.length);
  if (files.labels !== undefined) await checkLabels(files.labels, file, targets, classes);
  return {
    ...{ name, labels: classes, targets, inks },
    sources: inks.map((_, index) => `${file}:${index + 1}`),
    ...(writers.some((writer) => writer !== 0) && { writers, writerSet: set.description.name }),
  };
}

/** Checks that the lines are in the order of the labels: pictures and strokes of one number are the same sample. */
async function checkLabels(
  labels: string,
  ink: string,
  targets: Uint16Array,
  classes: readonly string[],
): Promise<void> {
  const stored = readTargets(await readMaybeGzip(labels, maxIdxBytes), labels, classes).targets;
  if (stored.length !== targets.length) {
    throw new FormatError(
      `${labels}: expected ${targets.length} labels, one for each line of ${ink}, received ${stored.length}`,
    );
  }
  const different = targets.findIndex((target, sample) => target !== stored[sample]);
  if (different >= 0) {
    throw new FormatError(
      `${ink} line ${different + 1}: expected the label "${classes[stored[different]!]}" of sample ${different} in ${labels}, received "${classes[targets[different]!]}"`,
    );
  }
}

function checkCount({ set, split }: StoredPart, file: string, what: string, count: number): void {
  const expected = set.description.splits[split];
  if (count === expected) return;
  throw new FormatError(
    `${file}: expected ${expected} ${what}, as ${basename(set.file)} says of "${split}", received ${count}`,
  );
}
