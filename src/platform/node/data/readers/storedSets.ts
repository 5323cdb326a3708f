// Stored sets, `<name>.json` with its files beside it: resolves a user's name for a part, and lists the sets of the
// data folder. storedPart.ts reads the files.
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DuctusError, FormatError, MissingError, suggestion, UsageError } from '../../../../core/floor.ts';
import {
  type DatasetDescription,
  isSetName,
  parseDescription,
  type SplitFiles,
  splitFiles,
} from '../../../../samples/floor.ts';
import { readFileBounded } from '../../files/files.ts';
import { isFile } from '../../files/isFile.ts';
import { dataFolder } from '../dataFolder.ts';
import { maxDescriptionBytes } from './idxFiles.ts';

/** A set and its location. */
export interface StoredSet {
  /** Path of its description. */
  readonly file: string;
  readonly description: DatasetDescription;
}

/** A part of a set, and the kind of its files that is meant. */
export interface StoredPart {
  readonly set: StoredSet;
  readonly split: string;
  /** Its pictures; its strokes where a name ends in `:ink` or there are no pictures. */
  readonly by: 'pictures' | 'ink';
  /** Paths of the files that exist. */
  readonly files: Partial<SplitFiles>;
}

/** What {@link listStoredSets} found. */
export interface FoundSets {
  /** By name. */
  readonly sets: readonly StoredSet[];
  /** JSON files that are damaged descriptions, each with its fault. */
  readonly damaged: readonly { readonly file: string; readonly problem: string }[];
}

/** Most files of a folder that are searched for descriptions. */
const mostDescriptions = 1000;

/** `chars74k:test`, `some/where/chars74k.json:test`, either with `:ink` after it. */
const partForm = /^(.+?\.json|[A-Za-z0-9][\w.-]*):([A-Za-z0-9][\w-]*)(:ink)?$/;

/**
 * The part of a stored set that a name means. `chars74k:test` is in the data folder, `some/where/chars74k.json:test`
 * belongs to the named description, and `chars74k:test:ink` means strokes instead of pictures.
 *
 * @param folder of the sets that need no path.
 * @returns undefined when `where` does not have this form, or names no set there.
 * @throws {UsageError} when the set has no such part; lists the existing ones.
 * @throws {MissingError} when a description given by its path, or both pictures and strokes of the part, are missing.
 * @throws {FormatError} when the description is damaged.
 */
export async function findStoredPart(where: string, folder: string = dataFolder()): Promise<StoredPart | undefined> {
  const [, set, split, ink] = partForm.exec(where) ?? [];
  if (set === undefined || split === undefined) return undefined;
  const byName = !set.endsWith('.json');
  const file = byName ? join(folder, `${set}.json`) : set;
  if (!(await isFile(file))) {
    if (byName) return undefined;
    throw new MissingError(`${where}: opening data: expected a set's description ${file}, received no such file`);
  }
  const stored = await openStoredSet(file);
  const { splits } = stored.description;
  if (!Object.hasOwn(splits, split)) {
    const names = Object.keys(splits);
    throw new UsageError(
      `${where}: opening data: expected a part of ${stored.description.name}: ${names.map((name) => `${set}:${name}`).join(', ')}; received "${split}"${suggestion(split, names)}`,
    );
  }
  return locatePart(stored, split, ink !== undefined, where);
}

/**
 * Reads the description of a set.
 *
 * @param file its path; its name must be the set's, because the files beside it have that name.
 * @throws {FormatError} when it is damaged or has another name.
 */
export async function openStoredSet(file: string): Promise<StoredSet> {
  const bytes = await readFileBounded(file, maxDescriptionBytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FormatError(`${file}: reading a data set's description: expected UTF-8, received other bytes`);
  }
  const description = parseDescription(text, file);
  const name = basename(file, '.json');
  if (description.name !== name) {
    throw new FormatError(
      `${file}: description of a data set, field name: expected "${name}", as the file is called, received "${description.name}"`,
    );
  }
  return { file, description };
}

/**
 * The sets in a folder; none where there is no such folder. JSON files about something else are skipped.
 *
 * @example
 * ```ts
 * import { dataFolder, listStoredSets } from 'ductus/node';
 *
 * const { sets } = await listStoredSets(dataFolder()); // those that you have put there
 * console.log(Array.isArray(sets)); // true
 * ```
 */
export async function listStoredSets(folder: string = dataFolder()): Promise<FoundSets> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const sets: StoredSet[] = [];
  const damaged: { file: string; problem: string }[] = [];
  for (const name of names.slice(0, mostDescriptions)) {
    const file = join(folder, name);
    if (!isSetName(basename(name, '.json')) || !(await isFile(file))) continue;
    try {
      sets.push(await openStoredSet(file));
    } catch (error) {
      if (!(error instanceof DuctusError)) throw error;
      if (await looksLikeDescription(file)) damaged.push({ file, problem: error.message });
    }
  }
  return { sets, damaged };
}

/** Whether a part of a set has pictures, strokes or both, by the files that exist. */
export async function partFiles({ file, description }: StoredSet, split: string): Promise<Partial<SplitFiles>> {
  const found: Partial<Record<keyof SplitFiles, string>> = {};
  for (const [kind, name] of Object.entries(splitFiles(description.name, split))) {
    for (const candidate of [name, name.slice(0, -'.gz'.length)]) {
      const path = join(dirname(file), candidate);
      if (found[kind as keyof SplitFiles] === undefined && (await isFile(path))) found[kind as keyof SplitFiles] = path;
    }
  }
  return found;
}

async function locatePart(set: StoredSet, split: string, ink: boolean, where: string): Promise<StoredPart> {
  const files = await partFiles(set, split);
  const names = splitFiles(set.description.name, split);
  const by = ink || (files.images === undefined && files.ink !== undefined) ? 'ink' : 'pictures';
  if (by === 'ink' ? files.ink === undefined : files.images === undefined) {
    const wanted = ink ? names.ink : `${names.images} or ${names.ink}`;
    const other = ink && files.images !== undefined ? `; without :ink it has pictures` : '';
    throw new MissingError(
      `${where}: opening data: expected ${wanted} beside ${set.file}, received no such file${other}`,
    );
  }
  return { set, split, by, files };
}

/** Whether an unreadable JSON file is meant as a set's description: it is no JSON at all, or has parts and classes. */
async function looksLikeDescription(file: string): Promise<boolean> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(await readFileBounded(file, maxDescriptionBytes)));
    return typeof value === 'object' && value !== null && 'classes' in value && 'splits' in value;
  } catch {
    return true;
  }
}
