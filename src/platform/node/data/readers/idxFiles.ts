// Finds and reads the files of an IDX set on disk: the labels file beside the images, and the class names beside both.
import { basename, dirname, join } from 'node:path';
import { FormatError, MissingError, UsageError } from '../../../../core/floor.ts';
import { type Dataset, labelPictures } from '../../../../samples/floor.ts';
import { readFileBounded, readMaybeGzip } from '../../files/files.ts';
import { isFile } from '../../files/isFile.ts';
import { maxIdxBytes, readIdxPictures } from './idxPictures.ts';

/** Largest JSON description of a set, in bytes; a thousand class names take a few thousand. */
export const maxDescriptionBytes = 2 ** 20;

/**
 * Reads an IDX images file, plain or gzip, with the labels file beside it, and the class names from `<set>.json` if
 * there is one (see {@link labelsFileNames}, {@link descriptionFileNames}).
 *
 * @throws {MissingError} when one of the two files is missing.
 * @throws {FormatError} when a file is damaged, too large, or the files contradict each other.
 */
export async function readIdxFiles(path: string): Promise<Dataset> {
  const labelsName = await findLabels(path);
  const pictures = await readIdxPictures(path);
  const labels = await readMaybeGzip(labelsName, maxIdxBytes);
  return labelPictures(path, pictures, { labels, imagesName: path, labelsName }, await readClasses(path));
}

/**
 * Names that the labels file of an images file may have, in the order in which they are tried: `images` becomes
 * `labels`, `idx3` becomes `idx1`; with and without `.gz`.
 *
 * @returns an empty list when `name` says neither `images` nor `idx3`.
 */
export function labelsFileNames(name: string): string[] {
  const word = name.lastIndexOf('images');
  const renamed = word < 0 ? name : `${name.slice(0, word)}labels${name.slice(word + 'images'.length)}`;
  const labels = renamed.replace(/idx3(?!.*idx3)/, 'idx1');
  if (labels === name) return [];
  return [labels, labels.endsWith('.gz') ? labels.slice(0, -'.gz'.length) : `${labels}.gz`];
}

/**
 * Names that the description of an images file's set may have: for `usps-test-images.idx3.gz` these are
 * `usps-test.json` and, without the part, `usps.json`.
 */
export function descriptionFileNames(name: string): string[] {
  const stem = name.replace(/[-_.]?(images|idx3).*$/, '');
  const set = stem.replace(/[-_.](train|test|validation)$/, '');
  return [...new Set([stem, set])].filter((prefix) => prefix !== '').map((prefix) => `${prefix}.json`);
}

async function findLabels(path: string): Promise<string> {
  const names = labelsFileNames(basename(path));
  if (names.length === 0) {
    throw new UsageError(
      `${path}: finding its labels: expected an IDX images file named like train-images-idx3-ubyte or set-test-images.idx3.gz, received ${basename(path)}`,
    );
  }
  for (const name of names) {
    const candidate = join(dirname(path), name);
    if (await isFile(candidate)) return candidate;
  }
  throw new MissingError(`${path}: finding its labels: expected ${names.join(' or ')} beside it, received neither`);
}

async function readClasses(path: string): Promise<string[] | undefined> {
  for (const name of descriptionFileNames(basename(path))) {
    const file = join(dirname(path), name);
    if (!(await isFile(file))) continue;
    const classes = classesOf(await readFileBounded(file, maxDescriptionBytes), file);
    if (classes) return classes;
  }
  return undefined;
}

/** The `classes` of a description; undefined where it has no such entry: the file may then be about something else. */
function classesOf(bytes: Uint8Array, file: string): string[] | undefined {
  let description: unknown;
  try {
    description = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new FormatError(`${file}: reading class names: expected JSON, received: ${(error as Error).message}`);
  }
  if (typeof description !== 'object' || description === null || !('classes' in description)) return undefined;
  const { classes } = description;
  const valid =
    Array.isArray(classes) &&
    classes.length > 0 &&
    classes.every((label): label is string => typeof label === 'string' && label !== '') &&
    new Set(classes).size === classes.length;
  if (!valid) {
    throw new FormatError(
      `${file}: reading class names: expected "classes" to be a list of different texts, received ${JSON.stringify(classes).slice(0, 100)}`,
    );
  }
  return classes;
}
