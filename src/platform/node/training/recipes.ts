// Recipes by name (those that come with Ductus) or by file.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FormatError, suggestion, UsageError } from '../../../core/floor.ts';
import {
  type CommitteeRecipe,
  isCommitteeRecipe,
  parseCommitteeRecipe,
  parseRecipe,
  type Recipe,
} from '../../../learn/floor.ts';
import { readFileBounded } from '../files/files.ts';

/** Folder of the recipes that come with Ductus. */
export const recipesFolder: string = fileURLToPath(new URL('../../../../recipes/', import.meta.url));
/** A recipe is a page of text; anything longer is not one. */
const maxRecipeBytes = 1024 ** 2;

/** Names of the recipes that come with Ductus; `recipe.schema.json` beside them is none. */
export async function recipeNames(): Promise<string[]> {
  const files = await readdir(recipesFolder);
  return files.filter((file) => /^[^.]+\.json$/.test(file)).map((file) => file.slice(0, -'.json'.length));
}

/**
 * A recipe of one network that comes with Ductus, or the one in a file.
 *
 * @throws {UsageError} when it is neither a known name nor a file, or a committee's.
 * @throws {FormatError} when the file is not a recipe.
 *
 * @example
 * ```ts
 * import { openRecipe, recipeNames } from 'ductus/node';
 *
 * console.log((await recipeNames()).includes('quick')); // true
 * console.log((await openRecipe('quick')).epochs); // 3
 * ```
 */
export async function openRecipe(nameOrFile: string): Promise<Recipe> {
  const recipe = await openAnyRecipe(nameOrFile);
  if ('members' in recipe) {
    throw new UsageError(`recipe "${nameOrFile}": expected that of one network, received a committee's`);
  }
  return recipe;
}

/** A recipe of one network or of a committee. @throws as {@link openRecipe}. */
export async function openAnyRecipe(nameOrFile: string): Promise<Recipe | CommitteeRecipe> {
  const shipped = join(recipesFolder, `${nameOrFile}.json`);
  const isName = /^[\w.-]+$/.test(nameOrFile) && existsSync(shipped);
  if (!isName && !existsSync(nameOrFile)) {
    const names = await recipeNames();
    throw new UsageError(
      `unknown recipe "${nameOrFile}"; expected a file or one of ${names.join(', ')}${suggestion(nameOrFile, names)}`,
    );
  }
  const path = isName ? shipped : nameOrFile;
  const text = isName
    ? await readFile(path, 'utf8')
    : new TextDecoder().decode(await readFileBounded(path, maxRecipeBytes));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new FormatError(`${path}: expected a recipe in JSON: ${(cause as Error).message}`, { cause });
  }
  return isCommitteeRecipe(json) ? parseCommitteeRecipe(json, path) : parseRecipe(json, path);
}
