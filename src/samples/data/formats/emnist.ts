// EMNIST: digits and letters of NIST's forms in MNIST's form, 28x28, in six divisions. Knows their classes, counts and
// file names, and that pictures are stored transposed. platform/node/data/readers/emnistFiles.ts finds and reads them.
import { FormatError, UsageError } from '../../../core/floor.ts';
import { type IdxArray, parseIdx } from './idx.ts';

/** The six divisions of EMNIST; byclass and bymerge hold the same pictures, balanced is a choice from bymerge. */
export type EmnistSplit = 'byclass' | 'bymerge' | 'balanced' | 'letters' | 'digits' | 'mnist';

/** The two parts of a division. The files do not name writers, so the parts may share some. */
export type EmnistPart = 'train' | 'test';

/** Facts about a division besides its pictures. */
export interface EmnistFacts {
  /** Class texts in the order of the stored label numbers. */
  readonly classes: readonly string[];
  /** Stored label number of the first class. */
  readonly firstLabel: number;
  /** Number of pictures. */
  readonly counts: Readonly<Record<EmnistPart, number>>;
  /** Classes that hold both the small letter and the capital, in the order of `classes`. */
  readonly merged: readonly string[];
}

const digits = [...'0123456789'];
const capitals = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const smallLetters = capitals.map((letter) => letter.toLowerCase());
const mergedClasses = [...digits, ...capitals, ...'abdefghnqrt'];
const mergedLetters = [...'CIJKLMOPSUVWXYZ'];

/** The divisions as published. The paper's first version counts 88,800 and 14,800 letters; the files hold more. */
export const emnistSplits: Readonly<Record<EmnistSplit, EmnistFacts>> = {
  byclass: {
    classes: [...digits, ...capitals, ...smallLetters],
    firstLabel: 0,
    counts: { train: 697_932, test: 116_323 },
    merged: [],
  },
  bymerge: {
    classes: mergedClasses,
    firstLabel: 0,
    counts: { train: 697_932, test: 116_323 },
    merged: mergedLetters,
  },
  balanced: {
    classes: mergedClasses,
    firstLabel: 0,
    counts: { train: 112_800, test: 18_800 },
    merged: mergedLetters,
  },
  letters: { classes: capitals, firstLabel: 1, counts: { train: 124_800, test: 20_800 }, merged: capitals },
  digits: { classes: digits, firstLabel: 0, counts: { train: 240_000, test: 40_000 }, merged: [] },
  mnist: { classes: digits, firstLabel: 0, counts: { train: 60_000, test: 10_000 }, merged: [] },
};

/** Rows and columns of every picture. */
export const emnistSide = 28;

/** Its terms of use, as far as known. */
export const emnistTerms = 'none stated; from NIST Special Database 19, a work of the US government';

/** NIST's archive of all divisions; about 560 MB. */
export const emnistAddress = 'https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip';

/**
 * MD5 of that archive from torchvision's sources (datasets/mnist.py); NIST publishes none. It only shows whether an
 * archive is the one that others use.
 */
export const emnistArchiveMd5 = '58c8d27c78d21e728a6bc7b3cc06412e';

/**
 * Names of the files of one part of a division, as they are in the archive's folder `gzip`; pictures and labels are
 * gzip.
 */
export function emnistFileNames(
  split: EmnistSplit,
  part: EmnistPart,
): { readonly images: string; readonly labels: string; readonly mapping: string } {
  return {
    images: `emnist-${split}-${part}-images-idx3-ubyte.gz`,
    labels: `emnist-${split}-${part}-labels-idx1-ubyte.gz`,
    mapping: `emnist-${split}-mapping.txt`,
  };
}

/**
 * The part of EMNIST that a user means by `emnist-<division>:<part>`, such as `emnist-balanced:train`.
 *
 * @returns undefined when `name` is not of that form, and so means something else.
 * @throws {UsageError} when it is of that form and there is no such division or part.
 */
export function emnistNamed(name: string): { readonly split: EmnistSplit; readonly part: EmnistPart } | undefined {
  const [, split, part] = /^emnist(?:-(\w*))?:(.*)$/.exec(name) ?? [];
  if (part === undefined) return undefined;
  if (split === undefined || !isEmnistSplit(split) || (part !== 'train' && part !== 'test')) {
    throw new UsageError(
      `opening data: expected emnist-<division>:train or emnist-<division>:test, the division one of ${Object.keys(emnistSplits).join(', ')}; received ${name}`,
    );
  }
  return { split, part };
}

/** Whether a text is the name of a division. */
export function isEmnistSplit(name: string): name is EmnistSplit {
  return Object.hasOwn(emnistSplits, name);
}

/**
 * Transposes pictures in place: EMNIST's are stored with rows and columns exchanged.
 *
 * @param images `[count, side, side]`, one byte per pixel; changed in place.
 * @param side rows and columns of a picture.
 */
export function transposePictures(images: Uint8Array, side: number = emnistSide): void {
  const pixels = side * side;
  for (let start = 0; start + pixels <= images.length; start += pixels) {
    for (let row = 1; row < side; row++) {
      for (let column = 0; column < row; column++) {
        const [here, there] = [start + row * side + column, start + column * side + row];
        const pixel = images[here]!;
        images[here] = images[there]!;
        images[there] = pixel;
      }
    }
  }
}

/**
 * Reads the labels file of one part.
 *
 * @param bytes the file, unzipped.
 * @returns `[count]`, the class of each picture, counted from 0.
 * @throws {FormatError} when it is no IDX file of one byte per label, or its count or labels differ from the
 * division's.
 */
export function readEmnistTargets(bytes: Uint8Array, split: EmnistSplit, part: EmnistPart, file: string): Uint16Array {
  const { classes, firstLabel, counts } = emnistSplits[split];
  const { data } = parseIdx(bytes, file, { rank: 1, types: ['uint8'] }) as IdxArray & { readonly type: 'uint8' };
  if (data.length !== counts[part]) {
    throw new FormatError(
      `${file}: reading labels of emnist-${split}:${part}: expected ${counts[part]}, received ${data.length}`,
    );
  }
  const targets = new Uint16Array(data.length);
  for (let sample = 0; sample < data.length; sample++) {
    const target = data[sample]! - firstLabel;
    if (target < 0 || target >= classes.length) {
      throw new FormatError(
        `${file}: label of sample ${sample}: expected ${firstLabel} to ${firstLabel + classes.length - 1}, received ${data[sample]}`,
      );
    }
    targets[sample] = target;
  }
  return targets;
}
