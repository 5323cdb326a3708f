// Finds model files: shipped ones by name, any other by path. `recognizer.ts` reads and runs them.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suggestion, UsageError } from '../../../core/floor.ts';
import { exists, isFolder } from '../files/isFile.ts';

/** Name of the shipped model that is used when none is named. */
export const defaultModel = 'digits';

/** Ending of model files. */
const ending = '.onnx';

/** Folder of the shipped models: `models/` in the package's root, three floors up both in src and in dist. */
export const modelsFolder: string = fileURLToPath(new URL('../../../../models/', import.meta.url));

/** A model file that was found. */
export interface ModelFile {
  /** Name of a shipped model; of any other the file's name without its ending. */
  readonly name: string;
  /** Path of the file. */
  readonly path: string;
}

/**
 * The shipped models in alphabetical order; an empty list when the folder is not there.
 *
 * @example
 * ```ts
 * import { defaultModel, listModels } from 'ductus/node';
 *
 * console.log((await listModels()).some(({ name }) => name === defaultModel)); // true
 * ```
 */
export async function listModels(folder: string = modelsFolder): Promise<ModelFile[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ name: basename(name, ending), path: join(folder, name) }));
}

/**
 * Finds the model that a user named: the name of a shipped model first, then a path to a model file.
 *
 * @param nameOrFile for example `digits` or `runs/mine/model.onnx`.
 * @throws {UsageError} when there is neither; it lists the shipped models and suggests the nearest.
 */
export async function resolveModel(
  nameOrFile: string = defaultModel,
  folder: string = modelsFolder,
): Promise<ModelFile> {
  const shipped = await listModels(folder);
  const found = shipped.find((model) => model.name === nameOrFile);
  if (found !== undefined) return found;
  // A pipe will do, too: `--model <(curl ...)`.
  if ((await exists(nameOrFile)) && !(await isFolder(nameOrFile)))
    return { name: basename(nameOrFile, ending), path: nameOrFile };
  const names = shipped.map((model) => model.name);
  const list = names.length === 0 ? 'none' : names.join(', ');
  throw new UsageError(
    `model "${nameOrFile}": expected a model file or the name of a shipped model (${list}), ` +
      `received neither${suggestion(nameOrFile, names)}`,
  );
}
