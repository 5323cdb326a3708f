// Pairs the two IDX arrays of a set, images and labels, into a Dataset. Each is checked against the other.
import { FormatError, formatShape } from '../../../core/floor.ts';
import type { Dataset } from '../dataset.ts';
import { type IdxArray, type IdxExpectation, type IdxType, parseIdx } from './idx.ts';

/** The two files of a set: their bytes, unzipped, and their names for messages. */
export interface IdxPair {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly imagesName: string;
  readonly labelsName: string;
}

/** The pictures of an images file, without its header. */
export interface IdxPictures {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** `[count, row, column]`. */
  readonly images: Uint8Array;
}

/** Requirements of an images file. */
export const idxPictures = { rank: 3, types: ['uint8'] } as const satisfies IdxExpectation;

/** Allowed element types of a labels file; floating-point class numbers are a mistake. */
const labelTypes: readonly IdxType[] = ['uint8', 'int8', 'uint16', 'int32'];

/** Most classes of a set: targets are 16-bit. */
const maxClasses = 0x10000;

/**
 * Makes a data set from an IDX images file `[count, row, column]` (uint8) and its labels file `[count]`.
 *
 * The pixels are not copied: `dataset.images` is a view of `pair.images`.
 *
 * @param classes class texts in the order of the label numbers; without them, the numbers `0` to the largest found.
 * @throws {FormatError} when a file is not IDX, the counts differ, an extent is 0 or a label is beyond the classes.
 */
export function idxDataset(name: string, pair: IdxPair, classes?: readonly string[]): Dataset {
  const { shape, data } = parseIdx(pair.images, pair.imagesName, idxPictures);
  const [count, height, width] = shape as unknown as [number, number, number];
  return labelPictures(name, { count, height, width, images: data as Uint8Array }, pair, classes);
}

/**
 * Makes a data set of pictures that are already read, unlike {@link idxDataset}, which parses both files.
 *
 * @param files the labels file, and the names of both for messages.
 * @throws {FormatError} as {@link idxDataset}.
 */
export function labelPictures(
  name: string,
  pictures: IdxPictures,
  files: Omit<IdxPair, 'images'>,
  classes?: readonly string[],
): Dataset {
  const { count, height, width } = pictures;
  const { labels, imagesName, labelsName } = files;
  if (count === 0 || height === 0 || width === 0) {
    throw new FormatError(
      `${imagesName}: expected at least one picture of one pixel, received shape ${formatShape([count, height, width])}`,
    );
  }
  const { targets, labels: texts } = readTargets(labels, labelsName, classes);
  if (targets.length !== count) {
    throw new FormatError(
      `${labelsName}: expected ${count} labels, one for each picture of ${imagesName}, received ${targets.length}`,
    );
  }
  return { name, labels: texts, ...pictures, targets };
}

/**
 * Reads a labels file.
 *
 * @param classes as for {@link idxDataset}.
 * @returns the class of each sample, and the class texts.
 * @throws {FormatError} when it is no IDX file, or a label is beyond the classes.
 */
export function readTargets(
  bytes: Uint8Array,
  file: string,
  classes?: readonly string[],
): { readonly targets: Uint16Array; readonly labels: readonly string[] } {
  const { data } = parseIdx(bytes, file, { rank: 1, types: labelTypes });
  const limit = classes?.length ?? maxClasses;
  const { targets, largest } = checkTargets(data, limit, file, classes !== undefined);
  return { targets, labels: classes ?? Array.from({ length: largest + 1 }, (_, value) => String(value)) };
}

/**
 * Reads a file of one number per sample: its writer, or its collection.
 *
 * @param count number of samples.
 * @throws {FormatError} when it is no IDX file of unsigned numbers of 8 or 16 bits, or has another count.
 */
export function readNumbers(bytes: Uint8Array, file: string, count: number): Uint16Array {
  const { data } = parseIdx(bytes, file, { rank: 1, types: ['uint16', 'uint8'] });
  if (data.length !== count) {
    throw new FormatError(`${file}: expected ${count} numbers, one for each sample, received ${data.length}`);
  }
  return data instanceof Uint16Array ? data : Uint16Array.from(data);
}

function checkTargets(
  values: IdxArray['data'],
  limit: number,
  file: string,
  named: boolean,
): { targets: Uint16Array; largest: number } {
  const targets = new Uint16Array(values.length);
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < 0 || value >= limit) {
      throw new FormatError(
        `${file}: label of sample ${i}: expected 0 to ${limit - 1}${named ? ` (the set names ${limit} classes)` : ''}, received ${value}`,
      );
    }
    targets[i] = value;
    if (value > largest) largest = value;
  }
  return { targets, largest };
}
