// Opens labelled data by the name that a user gives: `mnist:train`, `emnist-balanced:train`, a stored set's `chars74k:test`, an IDX
// images file, a folder of pictures.
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MissingError, UsageError } from '../../../core/floor.ts';
import { type Framing, mnistFraming } from '../../../picture/floor.ts';
import {
  type Dataset,
  drawDataset,
  type EmnistPart,
  type EmnistSplit,
  emnistNamed,
  emnistTerms,
  type FramedPictures,
  frameDataset,
  isFramed,
  isSetName,
  type LabelledPictures,
  type MnistPart,
  mnistTerms,
  picturesOf,
} from '../../../samples/floor.ts';
import { dataFolder } from './dataFolder.ts';
import { readEmnist } from './emnistFiles.ts';
import { frameGnt, isGnt, readGntPictures } from './gntFiles.ts';
import { readIdxFiles } from './idxFiles.ts';
import { readMnist } from './mnistFiles.ts';
import { readPictureFolder } from './pictureFolder.ts';
import { readStoredInk, readStoredPictureList, readStoredPictures } from './storedPart.ts';
import { findStoredPart, openStoredSet, type StoredPart } from './storedSets.ts';

/** Called while pictures are read or framed, with the number done and the total. */
export type DataProgress = (done: number, total: number) => void;

/** How {@link openDataset} makes network inputs of what it finds. */
export interface OpenDatasetOptions {
  /**
   * What stored pictures are: `framed`, network inputs as they stand, or `raw`, to be framed as a recogniser would. Default: see
   * {@link usualFraming}. A folder's pictures, those of `.gnt` files and all strokes are always raw.
   */
  readonly framing?: 'framed' | 'raw';
  /** How raw pictures are framed; as MNIST's where not given. */
  readonly frame?: Framing;
  /** Side that framed pictures must have, in pixels; that of `frame` where not given. */
  readonly size?: number;
  /** Called with the sources of raw pictures without ink, which are left out of the data set. */
  readonly onEmpty?: (sources: readonly string[]) => void;
  /** Told how far opening has come. */
  readonly onProgress?: DataProgress;
}

/** What goes into a model card: the files say nothing, and nearly all of this form are CASIA's. */
const gntTerms =
  'the files name none; CASIA-HWDB is free for academic research only: do not ship a model trained on this';

/** What a name means. */
type Found =
  | { readonly kind: 'mnist'; readonly part: MnistPart }
  | { readonly kind: 'emnist'; readonly split: EmnistSplit; readonly part: EmnistPart }
  | { readonly kind: 'part'; readonly part: StoredPart }
  | { readonly kind: 'file' }
  | { readonly kind: 'gnt' }
  | { readonly kind: 'folder' };

/**
 * Opens labelled data framed for a network.
 *
 * @param where `mnist:train`, `mnist:test`, `emnist-balanced:train` and the like; a part of a stored set, by its name in the data
 * folder (`chars74k:test`) or the path of its description (`sets/chars74k.json:test`), with `:ink` behind for its strokes;
 * the path of an IDX images file (plain or gzip) with its labels file beside it, of a labelled folder, of a `.gnt` file or a folder of such.
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
  const found = await find(where);
  const ink = inkOf(found);
  if (ink !== undefined) {
    const raw = await readStoredInk(ink, where, onProgress);
    const drawn = drawDataset(raw, frame, (done) => onProgress?.(done, raw.inks.length), sharedBytes);
    return withoutEmpty(drawn, raw.sources, options);
  }
  if (found.kind === 'gnt') {
    const { dataset, empty } = await frameGnt(where, frame, sharedBytes, onProgress);
    if (empty.length > 0) options.onEmpty?.(empty);
    return dataset;
  }
  if (framingOf(found, options.framing) === 'raw') {
    const raw = await picturesFrom(found, where, onProgress);
    const framed = frameDataset(raw, frame, (done) => onProgress?.(done, raw.pictures.length), sharedBytes);
    return withoutEmpty(framed, raw.sources, options);
  }
  const dataset = await storedFrom(found, where);
  if (dataset.width !== size || dataset.height !== size) {
    throw new UsageError(
      `${where}: opening framed pictures: expected ${size}x${size} pixels, received ${dataset.width}x${dataset.height}; use --framing raw (framing: 'raw') to have them framed`,
    );
  }
  return dataset;
}

/**
 * Opens labelled pictures as they are, before any framing; unlike {@link openDataset} of any size and polarity.
 *
 * Strokes have no pictures of their own: they are drawn and framed as MNIST's are, and stand beside as `inks`, from which a
 * recogniser starts.
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
  const found = await find(where);
  if (inkOf(found) === undefined) return picturesFrom(found, where, onProgress);
  return picturesOf(await openDataset(where, onProgress === undefined ? {} : { onProgress }));
}

/**
 * Opens a set that is stored as one array, MNIST, a stored set or an IDX file, with its pictures as stored, of any one size.
 *
 * @throws {UsageError} when `where` is a folder, or means strokes.
 */
export async function openStored(where: string): Promise<Dataset> {
  return storedFrom(await find(where), where);
}

/** Whether `where` is raw pictures of many sizes, a folder or `.gnt` files; all else that can be opened is strokes or one array of pictures of one size. */
export async function isFolder(where: string): Promise<boolean> {
  const { kind } = await find(where);
  return kind === 'folder' || kind === 'gnt';
}

/** Whether `where` means strokes, which are drawn before they are pictures. */
export async function isInk(where: string): Promise<boolean> {
  return inkOf(await find(where)) !== undefined;
}

/**
 * How data is taken unless it is said otherwise: the pictures of MNIST, EMNIST and IDX files are `framed`, network inputs as they
 * stand; those of a stored set as its description says (`isFramed`); folders and strokes are `raw`.
 */
export async function usualFraming(where: string): Promise<'framed' | 'raw'> {
  return framingOf(await find(where));
}

/** What is known of the terms of use of data; undefined where its files say nothing. */
export async function termsOf(where: string): Promise<string | undefined> {
  const found = await find(where);
  if (found.kind === 'mnist') return mnistTerms;
  if (found.kind === 'emnist') return emnistTerms;
  if (found.kind === 'gnt') return gntTerms;
  return found.kind === 'part' ? found.part.set.description.terms : undefined;
}

/** What a name means, the same for every name of the same samples, be it of their pictures or of their strokes. */
export async function identityOf(where: string): Promise<string> {
  const found = await find(where);
  if (found.kind === 'part') return `${resolve(found.part.set.file)}:${found.part.split}`;
  return found.kind === 'mnist' || found.kind === 'emnist' ? where : resolve(where);
}

function framingOf(found: Found, wanted?: 'framed' | 'raw'): 'framed' | 'raw' {
  if (found.kind === 'folder' || found.kind === 'gnt' || inkOf(found) !== undefined) return 'raw';
  if (wanted !== undefined) return wanted;
  return found.kind === 'part' && !isFramed(found.part.set.description) ? 'raw' : 'framed';
}

/** The part whose strokes are meant; undefined where pictures are. */
function inkOf(found: Found): StoredPart | undefined {
  return found.kind === 'part' && found.part.by === 'ink' ? found.part : undefined;
}

async function picturesFrom(found: Found, where: string, onProgress?: DataProgress): Promise<LabelledPictures> {
  if (found.kind === 'folder') return readPictureFolder(where, onProgress);
  if (found.kind === 'gnt') return readGntPictures(where, onProgress);
  if (found.kind === 'part') return readStoredPictureList(found.part, where);
  return picturesOf(await storedFrom(found, where));
}

async function storedFrom(found: Found, where: string): Promise<Dataset> {
  switch (found.kind) {
    case 'mnist':
      return readMnist(found.part);
    case 'emnist':
      return readEmnist(found.split, found.part);
    case 'file':
      return readIdxFiles(where);
    case 'part':
      if (found.part.by === 'pictures') return readStoredPictures(found.part, where);
      throw new UsageError(`${where}: opening an array of pictures: expected pictures, received strokes`);
    case 'gnt':
    case 'folder':
      throw new UsageError(
        `${where}: opening an array of pictures: expected an IDX images file, received a folder or .gnt files`,
      );
  }
}

function withoutEmpty(
  { dataset, empty }: FramedPictures,
  sources: readonly string[],
  { onEmpty }: OpenDatasetOptions,
): Dataset {
  if (empty.length > 0) onEmpty?.(empty.map((position) => sources[position]!));
  return dataset;
}

/** Memory that threads can share, so that a training needs no copy beside it. */
function sharedBytes(bytes: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(bytes));
}

async function find(where: string): Promise<Found> {
  const emnist = emnistNamed(where);
  if (emnist !== undefined) return { kind: 'emnist', ...emnist };
  if (where.startsWith('mnist:')) {
    const part = where.slice('mnist:'.length);
    if (part === 'train' || part === 'test') return { kind: 'mnist', part };
    throw new UsageError(`opening data: expected mnist:train or mnist:test, received ${where}`);
  }
  const entry = await stat(where).catch(() => undefined);
  if (entry !== undefined && (await isGnt(where))) return { kind: 'gnt' };
  if (entry?.isDirectory()) return { kind: 'folder' };
  if (entry !== undefined && where.endsWith('.json')) throw await nameAPart(where, where);
  if (entry !== undefined) return { kind: 'file' };
  const part = await findStoredPart(where);
  if (part !== undefined) return { kind: 'part', part };
  const file = isSetName(where) ? join(dataFolder(), `${where}.json`) : undefined;
  if (file !== undefined && (await stat(file).catch(() => undefined))) throw await nameAPart(file, where);
  throw new MissingError(
    `${where}: opening data: expected mnist:train, mnist:test, emnist-<division>:<part>, a part of a stored set such as chars74k:test, an IDX images file or a folder, received no such file`,
  );
}

/** A set by itself is not data: its parts are. */
async function nameAPart(file: string, where: string): Promise<UsageError> {
  const { splits } = (await openStoredSet(file)).description;
  const names = Object.keys(splits).map((split) => `${where}:${split}`);
  return new UsageError(`${where}: opening data: expected a part of it, ${names.join(' or ')}; received the whole set`);
}
