// A series of recipes that differ by one thing each: the recipes, what is said of them, and the kept log of what they
// gave.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Recipe } from '../../src/learn/floor.ts';
import { openRecipe, recipesFolder } from '../../src/platform/node/floor.ts';
import { logsFolder } from './runLog.ts';

const run = v.strictObject({
  seed: v.number(),
  /** On the validation split, 0..1. */
  accuracy: v.number(),
  loss: v.number(),
  seconds: v.number(),
  /** After each epoch. */
  validationLosses: v.array(v.number()),
  /** Norm of the gradient by each kernel at the end of the first epoch. */
  gradientNorms: v.record(v.string(), v.number()),
});

const log = v.strictObject({
  format: v.literal(1),
  series: v.string(),
  date: v.pipe(v.string(), v.isoDate()),
  machine: v.object({ processor: v.string(), cores: v.number(), memoryGiB: v.number(), system: v.string() }),
  node: v.string(),
  steps: v.array(v.strictObject({ name: v.string(), what: v.string(), parameters: v.number(), runs: v.array(run) })),
});

const about = v.strictObject({
  title: v.string(),
  text: v.string(),
  /** What came out, in words, once it has been run. */
  finding: v.optional(v.string()),
  /** What a row's gain is taken from: the row before it, the first row, or, of rows in pairs, the first of its pair. */
  compare: v.picklist(['before', 'first', 'pairs']),
  /**
   * What differs between the recipes: the training itself (default), or what it is trained on, and then for how many
   * epochs, too.
   */
  varies: v.optional(v.picklist(['training', 'data'])),
  /** Whether the page shows gradients by layer and learning curves. */
  gradients: v.optional(v.boolean()),
});

/** What one recipe gave from one seed. */
export type SeriesRun = v.InferOutput<typeof run>;

/** The kept log of a series. */
export type SeriesLog = v.InferOutput<typeof log>;

/** What is said of a series. */
export type SeriesAbout = v.InferOutput<typeof about>;

/** A series as it stands in recipes/NAME: what is said of it, and its recipes in the order of their numbers. */
export async function openSeries(
  name: string,
): Promise<{ readonly about: SeriesAbout; readonly recipes: readonly Recipe[] }> {
  const folder = join(recipesFolder, name);
  const files = (await readdir(folder)).filter((file) => /^\d+-.*\.json$/.test(file));
  // By number: the tenth comes after the ninth.
  files.sort((left, right) => Number.parseInt(left, 10) - Number.parseInt(right, 10));
  const recipes = await Promise.all(files.map((file) => openRecipe(join(folder, file))));
  return { about: v.parse(about, JSON.parse(await readFile(join(folder, 'about.json'), 'utf8'))), recipes };
}

/** Where the log of a series is kept. */
export function seriesLogFile(name: string): string {
  return join(logsFolder, 'series', `${name}.json`);
}

/** The kept log of a series. */
export async function readSeriesLog(name: string): Promise<SeriesLog> {
  return v.parse(log, JSON.parse(await readFile(seriesLogFile(name), 'utf8')));
}
