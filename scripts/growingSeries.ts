// Trains the growing series of the report, a feature at a time (recipes/growing), and writes what every addition gave into
// docs/growing.md. Finished trainings are kept, one that was stopped is resumed. Only the validation split is read.
// Run: npx tsx scripts/growingSeries.ts [--seeds 3]
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { networkParameters, recipeNetwork, summariseRuns } from '../src/learn/index.ts';
import { modelCardOf, readOnnx } from '../src/onnx/index.ts';
import { openRecipe, recipesFolder, runFiles, runTraining, writeFileAtomic } from '../src/platform/node/index.ts';

const document = fileURLToPath(new URL('../docs/growing.md', import.meta.url));
const series = join(recipesFolder, 'growing');

/** What one recipe gave, seed by seed. */
interface Step {
  readonly name: string;
  readonly what: string;
  readonly parameters: number;
  readonly accuracies: readonly number[];
  readonly losses: readonly number[];
  readonly seconds: readonly number[];
}

/** Trains a recipe from a seed unless that was done, and reads what it gave from the model's card. */
async function outcome(file: string, seed: number): Promise<{ accuracy: number; loss: number; seconds: number }> {
  const recipe = await openRecipe(file);
  const folder = join('runs', 'growing', `${recipe.name}-${seed}`);
  const model = join(folder, runFiles.model);
  if (!existsSync(model)) {
    const command = `ductus train --recipe recipes/growing/${recipe.name}.json --seed ${seed}`;
    for await (const event of runTraining({ recipe, seed, folder, resume: true, command })) {
      if (event.type === 'epoch') {
        const { epoch, validationAccuracy, seconds } = event.log;
        console.error(`${recipe.name}, seed ${seed}, epoch ${epoch}: ${validationAccuracy}, ${seconds.toFixed(0)} s`);
      }
    }
  }
  const { validation, training } = modelCardOf(readOnnx(await readFile(model)))!;
  return { accuracy: validation!.accuracy, loss: validation!.loss!, seconds: training!.seconds! };
}

function percent({ mean, deviation }: { readonly mean: number; readonly deviation: number | null }): string {
  return `${(100 * mean).toFixed(2)}${deviation === null ? '' : ` +- ${(100 * deviation).toFixed(2)}`} %`;
}

function table(steps: readonly Step[], count: number): string {
  const rows = steps.map((step, index) => {
    const now = summariseRuns(step.accuracies);
    const before = index === 0 ? undefined : summariseRuns(steps[index - 1]!.accuracies);
    const gain = before === undefined ? '-' : `${(100 * (now.mean - before.mean)).toFixed(2)}`;
    const loss = summariseRuns(step.losses).mean.toFixed(4);
    const seconds = summariseRuns(step.seconds).mean.toFixed(0);
    return `| ${step.name} | ${step.what} | ${step.parameters.toLocaleString('en')} | ${percent(now)} | ${gain} | ${loss} | ${seconds} s |`;
  });
  return `# The growing series

The report starts with a small network, validates it, and adds a feature at a time. This is that series on MNIST: every recipe
in \`recipes/growing\` has the one before it and one thing more. Six epochs each; accuracy and loss on 10,000 of the
60,000 training digits, which are held back (the test set is not read); mean and deviation of ${count} seeds; points are
percentage points gained over the row before. A gain of less than about two deviations may be chance.

| recipe | what it adds | parameters | validation accuracy | points | validation loss | training |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Written by \`npx tsx scripts/growingSeries.ts --seeds ${count}\`.
`;
}

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '3' } } });
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const files = (await readdir(series)).filter((name) => name.endsWith('.json')).sort();
const steps: Step[] = [];
for (const file of files) {
  const recipe = await openRecipe(join(series, file));
  const outcomes = [];
  for (const seed of seeds) outcomes.push(await outcome(join(series, file), seed));
  steps.push({
    name: recipe.name,
    what: recipe.description.replace('Growing series. ', ''),
    parameters: networkParameters(recipeNetwork(recipe)).reduce(
      (sum, { shape, trainable }) => sum + (trainable ? shape.reduce((a, b) => a * b, 1) : 0),
      0,
    ),
    accuracies: outcomes.map(({ accuracy }) => accuracy),
    losses: outcomes.map(({ loss }) => loss),
    seconds: outcomes.map(({ seconds }) => seconds),
  });
}
await writeFileAtomic(document, new TextEncoder().encode(table(steps, seeds.length)));
console.log(table(steps, seeds.length));
