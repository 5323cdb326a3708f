// Opens labelled data by the name that a user gives: `mnist:train`, `emnist-balanced:train`, a stored set's
// `chars74k:test`, an IDX images file, a folder of pictures. The sources say what a name means.
import { UsageError } from '../../../core/floor.ts';
import { type Framing, mnistFraming } from '../../../picture/floor.ts';
import type { Dataset, LabelledPictures } from '../../../samples/floor.ts';
import type { DataProgress } from './dataSource.ts';
import { findData } from './sources/sources.ts';

/** How {@link openDataset} makes network inputs from its samples. */
export interface OpenDatasetOptions {
  /**
   * Kind of stored pictures: `framed`, network inputs unchanged, or `raw`, which are framed as a recogniser would.
   * Default: MNIST, EMNIST and IDX files are framed; a stored set is as its description says. Pictures of folders and
   * `.gnt` files and all strokes are always raw.
   */
  readonly framing?: 'framed' | 'raw';
  /** How raw pictures are framed; default: as MNIST's. */
  readonly frame?: Framing;
  /** Side that framed pictures must have, in pixels; default: that of `frame`. */
  readonly size?: number;
  /** Called with the sources and class texts of raw pictures without ink; the data set leaves them out. */
  readonly onEmpty?: (sources: readonly string[], labels: readonly string[]) => void;
  /** Called with the progress of opening. */
  readonly onProgress?: DataProgress;
}

/**
 * Opens labelled data framed for a network.
 *
 * @param where `mnist:train`, `mnist:test`, `emnist-balanced:train` and others; a part of a stored set, by its name in
 * the data
 * folder (`chars74k:test`) or the path of its description (`sets/chars74k.json:test`), with `:ink` after it for its
 * strokes; the path of an IDX images file (plain or gzip) with its labels file beside it, of a labelled folder, of a
 * `.gnt` file or a folder of `.gnt` files.
 * @returns raw pictures and strokes, framed, in memory that threads can share.
 * @throws {UsageError} when `where` names no known set or part, or framed pictures have another size than `size`.
 * @throws {MissingError} when a file or package is not there.
 * @throws {FormatError} when a file is damaged or contradicts another.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 *
 * const test = await openDataset('mnist:test');
 * console.log(test.count, test.width, test.labels.join('')); // 10000 28 0123456789
 * ```
 */
export async function openDataset(where: string, options: OpenDatasetOptions = {}): Promise<Dataset> {
  const { frame = mnistFraming, size = frame.size, onProgress } = options;
  const data = await findData(where);
  if (data.form !== 'array' || (options.framing ?? data.framing) === 'raw') {
    const { dataset, empty } = await data.framed(frame, onProgress);
    const [sources, labels] = [empty.map(({ source }) => source), empty.map(({ label }) => label)];
    if (empty.length > 0) options.onEmpty?.(sources, labels);
    return dataset;
  }
  const dataset = await data.stored();
  if (dataset.width !== size || dataset.height !== size) {
    throw new UsageError(
      `${where}: opening framed pictures: expected ${size}x${size} pixels, received ${dataset.width}x${dataset.height}; use --framing raw (framing: 'raw') to have them framed`,
    );
  }
  return dataset;
}

/**
 * Opens labelled pictures as they are, before any framing; unlike {@link openDataset}, of any size and polarity.
 *
 * Strokes have no pictures of their own: they are drawn and framed as MNIST's are. They are also returned as `inks`,
 * from which a recogniser starts.
 *
 * @param where as for {@link openDataset}.
 *
 * @example
 * ```ts
 * import { openPictures } from 'ductus/node';
 *
 * const { pictures, sources } = await openPictures('mnist:test');
 * console.log(pictures.length, sources[0]); // 10000 mnist:test#0
 * ```
 */
export async function openPictures(where: string, onProgress?: DataProgress): Promise<LabelledPictures> {
  return (await findData(where)).pictures(onProgress);
}

/**
 * Opens a set that is stored as one array, MNIST, a stored set or an IDX file, with its pictures as stored, of any one
 * size.
 *
 * @throws {UsageError} when `where` means pictures of many sizes, or strokes.
 */
export async function openStored(where: string): Promise<Dataset> {
  const data = await findData(where);
  if (data.form === 'array') return data.stored();
  const received = data.form === 'strokes' ? 'strokes' : 'pictures of many sizes';
  throw new UsageError(`${where}: opening an array of pictures: expected pictures of one size, received ${received}`);
}
