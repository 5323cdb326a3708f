// Trains a series of recipes (recipes/NAME), which differ by one thing each, and writes what each gave into its section
// of docs/experiments.md and into recipes/logs/series/NAME.json. Finished trainings are kept, one that was stopped is
// resumed. Only the validation split is read. Run: npx tsx scripts/documents/series.ts NAME [--seeds 3] [--threads N],
// or NAME --page to write the section again from the kept log
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { networkParameters, withoutAuxiliary } from '../../src/engine/floor.ts';
import { type EpochLog, fittedRecipe, type Recipe, recipeNetwork } from '../../src/learn/floor.ts';
import { modelCardOf, readOnnx } from '../../src/onnx/floor.ts';
import { runFiles, runTraining, writeFileAtomic } from '../../src/platform/node/floor.ts';
import { thisMachine } from './runLog.ts';
import { openSeries, type SeriesLog, type SeriesRun, seriesLogFile } from './seriesLog.ts';
import { writeSeriesSection } from './seriesPage.ts';

/** Trains a recipe from a seed unless that was done, and reads what it gave. */
async function outcome(
  series: string,
  recipe: Recipe,
  seed: number,
  threads: number,
): Promise<{ readonly run: SeriesRun; readonly labels: readonly string[] }> {
  const folder = join('runs', series, `${recipe.name}-${seed}`);
  const model = join(folder, runFiles.model);
  if (!existsSync(model)) {
    const command = `ductus train --recipe recipes/${series}/${recipe.name}.json --seed ${seed}`;
    for await (const event of runTraining({ recipe, seed, folder, resume: true, command, threads })) {
      if (event.type !== 'epoch') continue;
      const { epoch, validationAccuracy, seconds } = event.log;
      console.error(`${recipe.name}, seed ${seed}, epoch ${epoch}: ${validationAccuracy}, ${seconds.toFixed(0)} s`);
    }
  }
  const { labels, validation, training } = modelCardOf(readOnnx(await readFile(model)))!;
  const lines = (await readFile(join(folder, runFiles.log), 'utf8')).trim().split('\n');
  const epochs = lines.map((line) => JSON.parse(line) as EpochLog);
  const norms = epochs[0]!.gradientNorms ?? {};
  const run = {
    seed,
    accuracy: validation!.accuracy,
    loss: validation!.loss!,
    seconds: Math.round(training!.seconds!),
    validationLosses: epochs.map(({ validationLoss }) => Number(validationLoss!.toPrecision(4))),
    // The first epoch's: whether gradients reach the lower layers is decided when nothing is learned yet.
    gradientNorms: Object.fromEntries(Object.entries(norms).map(([name, norm]) => [name, Number(norm.toPrecision(4))])),
  };
  return { run, labels };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string', default: '3' }, threads: { type: 'string' }, page: { type: 'boolean' } },
});
const [name] = positionals;
if (name === undefined) {
  console.error(
    'usage: npx tsx scripts/documents/series.ts NAME [--seeds 3] [--threads N] [--page], NAME a folder of recipes/ with an about.json',
  );
  process.exit(2);
}
if (values.page) {
  await writeSeriesSection(name);
  process.exit();
}
const { recipes } = await openSeries(name);
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const threads = Number(values.threads ?? availableParallelism());
const steps: SeriesLog['steps'] = [];
for (const recipe of recipes) {
  const outcomes = [];
  for (const seed of seeds) outcomes.push(await outcome(name, recipe, seed, threads));
  // As it was made to fit the data.
  const network = recipeNetwork(fittedRecipe(recipe, { name, labels: outcomes[0]!.labels }));
  steps.push({
    name: recipe.name,
    what: recipe.description,
    parameters: networkParameters(withoutAuxiliary(network)).reduce(
      (sum, { shape, trainable }) => sum + (trainable ? shape.reduce((a, b) => a * b, 1) : 0),
      0,
    ),
    runs: outcomes.map(({ run }) => run),
  });
}
const log: SeriesLog = {
  format: 1,
  series: name,
  date: new Date().toISOString().slice(0, 10),
  machine: thisMachine(),
  node: process.versions.node,
  steps,
};
const file = seriesLogFile(name);
await mkdir(join(file, '..'), { recursive: true });
await writeFileAtomic(file, new TextEncoder().encode(`${JSON.stringify(log)}\n`));
await writeSeriesSection(name);
