// The log of a training that is kept in the repository: one JSON file a run, recipes/logs/<recipe>-<seed>.json. It
// holds all that the results table says of the run. The format stands in recipes/logs/README.md.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { classCount, type NetworkConfig, networkParameters, withoutAuxiliary } from '../../src/engine/floor.ts';
import { fittedRecipe, parseRecipe, recipeNetwork } from '../../src/learn/floor.ts';
import { type ModelCard, modelCardOf, readOnnx } from '../../src/onnx/floor.ts';
import { openAnyRecipe, recipesFolder, runFiles } from '../../src/platform/node/floor.ts';

/** Where logs are kept. */
export const logsFolder: string = fileURLToPath(new URL('../../recipes/logs/', import.meta.url));

const figure = v.object({ data: v.string(), count: v.number(), accuracy: v.number(), loss: v.optional(v.number()) });
const seed = v.pipe(v.number(), v.safeInteger());

const schema = v.strictObject({
  format: v.literal(1),
  recipe: v.string(),
  seed,
  command: v.string(),
  date: v.pipe(v.string(), v.isoDate()),
  seconds: v.number(),
  machine: v.object({ processor: v.string(), cores: v.number(), memoryGiB: v.number(), system: v.string() }),
  versions: v.record(v.string(), v.string()),
  parameters: v.number(),
  /** Absent in logs of before it was kept, all of ten digits. */
  classes: v.optional(v.number()),
  temperature: v.number(),
  trainedOn: v.array(v.object({ name: v.string(), count: v.number(), sha256: v.string() })),
  validation: v.optional(figure),
  test: v.optional(v.array(figure)),
  members: v.optional(
    v.array(v.object({ seed, seconds: v.number(), validation: v.optional(figure), test: v.optional(v.array(figure)) })),
  ),
  model: v.object({ sha256: v.string() }),
  settings: v.looseObject({ name: v.string(), description: v.string() }),
  epochs: v.optional(v.strictObject({ columns: v.array(v.string()), rows: v.array(v.array(v.nullable(v.number()))) })),
});

/** A run's log. */
export type RunLog = v.InferOutput<typeof schema>;

/** Where a run took place. */
export type RunMachine = RunLog['machine'];

/** This machine, as logs name it. */
export function thisMachine(): RunMachine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    system: `${process.platform} ${process.arch}`,
  };
}

/**
 * The log of a finished run.
 *
 * @param folder the run's folder, of one network or, with a folder `member-<n>` a member, of a committee.
 * @param machine the machine that it was trained on.
 * @param recipes folder of the recipes that can be repeated.
 * @throws {Error} when the run is not finished, or is not of a recipe of `recipes/` as it stands: nobody could repeat
 * it.
 */
export async function readRun(folder: string, machine: RunMachine, recipes: string = recipesFolder): Promise<RunLog> {
  const { card, bytes } = await readModel(folder);
  const { training } = card;
  const settings = settingsOf(card);
  const memberFolders = (await readdir(folder))
    .filter((name) => /^member-\d+$/.test(name))
    .sort((left, right) => Number(left.slice(7)) - Number(right.slice(7)));
  const members = await Promise.all(memberFolders.map(async (name) => (await readModel(join(folder, name))).card));
  const cards = members.length > 0 ? members : [card];
  const parameters = cards.reduce((sum, { network }) => sum + parametersOf(network as NetworkConfig), 0);
  const classes = card.labels.length;
  await checkRecipe({ settings, parameters, classes }, folder, recipes);
  for (const [index, member] of members.entries()) {
    const own = { settings: settingsOf(member), parameters: parametersOf(member.network as NetworkConfig), classes };
    await checkRecipe(own, join(folder, memberFolders[index]!), recipes);
  }
  const log = join(folder, runFiles.log);
  return {
    format: 1,
    recipe: settings.name,
    seed: training.seed,
    command: training.command,
    date: training.date,
    // A committee's card has the time of its first member; what it cost is the sum.
    seconds: cards.reduce((sum, member) => sum + member.training.seconds, 0),
    machine,
    versions: training.versions,
    parameters,
    classes,
    temperature: card.temperature,
    trainedOn: training.data.map(({ name, count, sha256 }) => ({ name, count, sha256 })),
    ...(card.validation && { validation: card.validation }),
    ...(card.test && { test: [...card.test] }),
    ...(members.length > 0 && {
      members: members.map(({ training: { seed: own, seconds }, validation, test }) => ({
        ...{ seed: own, seconds },
        ...(validation && { validation }),
        ...(test && { test: [...test] }),
      })),
    }),
    model: { sha256: createHash('sha256').update(bytes).digest('hex') },
    settings,
    ...(existsSync(log) && { epochs: epochsOf(await readFile(log, 'utf8')) }),
  };
}

/** The log as text: a line a field, a line an epoch, so that two of them can be compared by eye. */
export function formatLog(log: RunLog): string {
  const { epochs, ...rest } = log;
  const lines = Object.entries(rest).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  if (epochs !== undefined) {
    const rows = epochs.rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
    lines.push(`  "epochs": { "columns": ${JSON.stringify(epochs.columns)}, "rows": [\n${rows}\n  ] }`);
  }
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** The kept logs, by name. @throws {Error} naming the file that is no log, or whose name is not that of its run. */
export async function readLogs(folder: string = logsFolder): Promise<RunLog[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => {
      const result = v.safeParse(schema, JSON.parse(await readFile(join(folder, name), 'utf8')));
      if (!result.success) {
        const [issue] = result.issues;
        throw new Error(`recipes/logs/${name}: ${v.getDotPath(issue) ?? 'log'}: ${issue.message}`);
      }
      if (name !== logName(result.output)) {
        throw new Error(`recipes/logs/${name}: expected the name ${logName(result.output)} for what is in it`);
      }
      return result.output;
    }),
  );
}

/** Name of a log's file. */
export function logName({ recipe, seed: of }: Pick<RunLog, 'recipe' | 'seed'>): string {
  return `${recipe}-${of}.json`;
}

/**
 * Checks that a run is of the recipe of its name as it stands, but for the description: the same settings and, as
 * recipes name networks that may change, a network of as many weights when it is made to fit as many classes.
 *
 * @throws {Error} when it is not, or there is no such recipe.
 */
export async function checkRecipe(
  { settings, parameters, classes }: Pick<RunLog, 'settings' | 'parameters' | 'classes'>,
  where: string,
  recipes: string = recipesFolder,
): Promise<void> {
  const recipe = await openAnyRecipe(join(recipes, `${settings.name}.json`));
  // Read in the way that a recipe's file is, so that a preset by name and its amounts are the same.
  const ran = 'members' in settings ? settings : parseRecipe(settings, where);
  const [expected, received] = [recipe, ran].map((one) => comparable({ ...one, description: '' }));
  if (expected !== received) {
    throw new Error(
      `${where}: expected a run of recipes/${settings.name}.json as it stands, ${expected}, received one of ${received}`,
    );
  }
  if ('members' in recipe) return;
  const labels = Array.from({ length: classes ?? classCount(recipeNetwork(recipe)) }, (_, index) => `${index}`);
  const now = parametersOf(recipeNetwork(fittedRecipe(recipe, { name: where, labels })));
  if (now !== parameters) {
    throw new Error(
      `${where}: expected the network of recipes/${settings.name}.json as it stands, ${now} weights, received one of ${parameters}`,
    );
  }
}

/**
 * The recipe of a run. A committee's card has its members' data beside it, by which what was held back is found again.
 */
function settingsOf({ training }: TrainedCard): RunLog['settings'] {
  const settings = training.recipe as RunLog['settings'];
  if (!('members' in settings)) return settings;
  const { data: _, ...recipe } = settings as typeof settings & { readonly data?: unknown };
  return recipe;
}

/** JSON with its keys in order. */
function comparable(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}

type TrainedCard = ModelCard & { readonly training: NonNullable<ModelCard['training']> };

async function readModel(folder: string): Promise<{ card: TrainedCard; bytes: Uint8Array }> {
  const file = join(folder, runFiles.model);
  if (!existsSync(file)) throw new Error(`${folder}: expected a finished run with ${runFiles.model} in it, found none`);
  const bytes = await readFile(file);
  const card = modelCardOf(readOnnx(bytes));
  if (card?.training === undefined) throw new Error(`${file}: expected a card that tells of its training, found none`);
  return { card: card as TrainedCard, bytes };
}

/** Trained weights of the network that is used: auxiliary outputs are cut off. */
function parametersOf(network: NetworkConfig): number {
  return networkParameters(withoutAuxiliary(network)).reduce(
    (sum, { shape, trainable }) => sum + (trainable ? shape.reduce((product, size) => product * size, 1) : 0),
    0,
  );
}

/** An epoch's figures in columns, to six digits: seconds and losses have no more that mean anything. */
function epochsOf(text: string): NonNullable<RunLog['epochs']> {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, number>);
  // Gradient norms, by layer, are no column; `curve.svg` and the series' logs have what is shown of them.
  const columns = [...new Set(lines.flatMap(Object.keys))].filter((name) => name !== 'gradientNorms');
  const rows = lines.map((line) =>
    columns.map((name) => (line[name] === undefined ? null : Number(line[name].toPrecision(6)))),
  );
  return { columns, rows };
}
