// MNIST: 70,000 handwritten digits from NIST's forms, 28x28, the standard benchmark of the field. Knows the names and
// checksums of its four original files; platform/node/data/sources/mnist.ts finds and reads them.
import { FormatError } from '../../../core/floor.ts';
import type { Dataset } from '../dataset.ts';
import { idxDataset } from './idxDataset.ts';

/** The two parts of MNIST: 60,000 training pictures and 10,000 test pictures, by other writers. */
export type MnistPart = 'train' | 'test';

/** Name and MD5 checksum, in hexadecimal, of one original file. */
export interface MnistFile {
  readonly file: string;
  readonly md5: string;
}

/** The four original files. MD5 guards against damaged or altered copies here, not against an attacker. */
export const mnistFiles: Readonly<Record<MnistPart, { readonly images: MnistFile; readonly labels: MnistFile }>> = {
  train: {
    images: { file: 'train-images-idx3-ubyte', md5: '6bbc9ace898e44ae57da46a324031adb' },
    labels: { file: 'train-labels-idx1-ubyte', md5: 'a25bea736e30d166cdddb491f175f624' },
  },
  test: {
    images: { file: 't10k-images-idx3-ubyte', md5: '2646ac647ad5339dbf082846283269ea' },
    labels: { file: 't10k-labels-idx1-ubyte', md5: '27ae3e4e09519cfbb04c329615203637' },
  },
};

/** MNIST's terms, as far as known; its authors' page states none. */
export const mnistTerms = 'CC BY-SA 3.0 is commonly given';

/** Class texts of MNIST, in the order of its label numbers. */
export const mnistLabels: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/**
 * Makes the data set `mnist:train` or `mnist:test` from the bytes of its two files, after verifying their checksums.
 *
 * @param md5 gives the MD5 of some bytes in lower-case hexadecimal (the host's own: this floor has no cryptography).
 * @returns pictures `[count, 28, 28]`, ink 255 on 0, a view of `bytes.images`; labels `0` to `9`.
 * @throws {FormatError} when a checksum differs, with the file, the expected and the received one.
 *
 * Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition", 1998.
 */
export function mnistDataset(
  part: MnistPart,
  bytes: { readonly images: Uint8Array; readonly labels: Uint8Array },
  md5: (bytes: Uint8Array) => string,
): Dataset {
  const files = mnistFiles[part];
  for (const kind of ['images', 'labels'] as const) {
    const received = md5(bytes[kind]);
    if (received !== files[kind].md5) {
      throw new FormatError(
        `${files[kind].file}: verifying MNIST: expected MD5 ${files[kind].md5}, received ${received}`,
      );
    }
  }
  const names = { imagesName: files.images.file, labelsName: files.labels.file };
  return idxDataset(`mnist:${part}`, { ...bytes, ...names }, mnistLabels);
}
