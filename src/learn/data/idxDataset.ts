// Pairs the two IDX arrays of a set, images and labels, into a Dataset. Every claim of the one is held against the other.
import { FormatError, formatShape } from '../../core/index.ts';
import type { Dataset } from './dataset.ts';
import { type IdxArray, type IdxType, parseIdx } from './idx.ts';

/** The two files of a set: their bytes, unzipped, and their names for messages. */
export interface IdxPair {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly imagesName: string;
  readonly labelsName: string;
}

/** Element types that a labels file may have; floating-point class numbers are a mistake. */
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
  const images = parseIdx(pair.images, pair.imagesName, { rank: 3, types: ['uint8'] });
  const labels = parseIdx(pair.labels, pair.labelsName, { rank: 1, types: labelTypes });
  const [count, height, width] = images.shape as unknown as [number, number, number];
  if (count === 0 || height === 0 || width === 0) {
    throw new FormatError(
      `${pair.imagesName}: expected at least one picture of one pixel, received shape ${formatShape(images.shape)}`,
    );
  }
  if (labels.data.length !== count) {
    throw new FormatError(
      `${pair.labelsName}: expected ${count} labels, one for each picture of ${pair.imagesName}, received ${labels.data.length}`,
    );
  }
  const limit = classes?.length ?? maxClasses;
  const { targets, largest } = readTargets(labels.data, limit, pair.labelsName, classes !== undefined);
  return {
    name,
    labels: classes ?? Array.from({ length: largest + 1 }, (_, value) => String(value)),
    width,
    height,
    count,
    images: images.data as Uint8Array,
    targets,
  };
}

function readTargets(
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
