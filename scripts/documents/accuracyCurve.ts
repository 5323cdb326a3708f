// Draws test accuracy against the arithmetic of training, our recipes from the kept logs beside published networks, as
// docs/images/accuracy-cost.svg. Arithmetic, not time: published times are of other machines, and ours of one with
// other work on it. Run: npx tsx scripts/documents/accuracyCurve.ts
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { placeLayers } from '../../src/engine/floor.ts';
import { type Recipe, recipeNetwork, summariseRuns } from '../../src/learn/floor.ts';
import {
  type LinePoint,
  lineChart,
  openAnyRecipe,
  recipesFolder,
  writeFileAtomic,
} from '../../src/platform/node/floor.ts';
import { type RunLog, readLogs } from './runLog.ts';

/** Floating-point operations of a training step by the forward pass's: itself, and two products as large backwards. */
const stepsPerForward = 3;
const trillion = 1e12;

/**
 * Published points whose arithmetic can be worked out: forward multiply-adds, times 2, times 3, times samples, times
 * epochs. How far each can be believed stands in its name.
 */
const published: readonly LinePoint[] = [
  // 13.88 M multiply-adds, 60,000 samples, 10 epochs; the report's own log, not its claim of 99.75 %.
  { x: (13.88e6 * 6 * 60_000 * 10) / trillion, y: 98.82, label: '2020 report, its log' },
  // 1.24 M multiply-adds, one and two epochs (tuomaso, train_mnist_fast), means of 30 seeds.
  { x: (1.24e6 * 6 * 60_000) / trillion, y: 99.04, label: 'tuomaso 2019, 1 epoch' },
  { x: (1.24e6 * 6 * 60_000 * 2) / trillion, y: 99.245, label: '2 epochs' },
  // 15.2 M multiply-adds, 30 epochs; mean of 1,500 networks, and of votes of 15 (cdeotte 2018).
  { x: (15.2e6 * 6 * 60_000 * 30) / trillion, y: 99.641, label: 'cdeotte 2018' },
  { x: (15 * 15.2e6 * 6 * 60_000 * 30) / trillion, y: 99.745, label: 'cdeotte 2018, vote of 15', labelled: 'left' },
  // 1.89 M multiply-adds, about 800 epochs, 35 columns (Ciresan, Meier and Schmidhuber 2012).
  { x: (35 * 1.89e6 * 6 * 60_000 * 800) / trillion, y: 99.77, label: 'MCDNN 2012, 35 columns', labelled: 'left' },
];

/** Points with a neighbour close on their right. */
const leftward: ReadonlySet<string> = new Set(['committee', 'single']);

// Those of captured samples are made for other hands than MNIST's, and how many captures were framed is in no log.
const logs = (await readLogs()).filter(
  ({ settings, test }) => test?.[0]?.data === 'mnist:test' && !('captures' in settings),
);
const names = [...new Set(logs.map(({ recipe }) => recipe))];
const ours: LinePoint[] = [];
for (const name of names) {
  const runs = logs.filter(({ recipe }) => recipe === name);
  const accuracies = runs.flatMap(({ test }) => test?.[0]?.accuracy ?? []);
  if (accuracies.length === 0) continue;
  const { mean, least, greatest } = summariseRuns(accuracies);
  const point = {
    x: await arithmetic(name, samplesOf(runs[0]!)),
    y: 100 * mean,
    label: name,
    ...(leftward.has(name) && { labelled: 'left' as const }),
  };
  ours.push(accuracies.length === 1 ? point : { ...point, low: 100 * least, high: 100 * greatest });
}
ours.sort((left, right) => Number(left.x) - Number(right.x));
const chart = await lineChart({
  title: 'Accuracy on the MNIST test set against the arithmetic of training',
  x: { label: 'training, 10\u00b9\u00b2 operations', logarithmic: true },
  y: { label: 'test accuracy (%)' },
  series: [
    { name: 'Ductus, mean over seeds', points: ours, line: false },
    { name: 'published', points: published, line: false },
  ],
  height: 480,
});
const file = fileURLToPath(new URL('../../docs/images/accuracy-cost.svg', import.meta.url));
await writeFileAtomic(file, new TextEncoder().encode(chart));
for (const { label, x, y } of [...ours, ...published]) {
  console.log(`${label}: ${Number(x).toPrecision(3)} x 10^12 operations, ${y.toFixed(2)} %`);
}

/** Samples of an epoch. */
function samplesOf({ trainedOn }: RunLog): number {
  return trainedOn.reduce((sum, { count }) => sum + count, 0);
}

/**
 * Operations of a recipe: its own training, what its teacher says and what the teacher had cost, and for a committee
 * its members'.
 */
async function arithmetic(name: string, samples: number): Promise<number> {
  const recipe = await openNamed(name);
  if ('members' in recipe) {
    const each = await Promise.all(recipe.members.map((member) => arithmetic(member, samples)));
    const count = recipe.count ?? recipe.members.length;
    return Array.from({ length: count }, (_, index) => each[index % each.length]!).reduce((sum, one) => sum + one, 0);
  }
  let total = ofTraining(recipe, samples);
  for (const teacher of recipe.teacher?.models ?? []) {
    const of = await openNamed(teacher);
    const members = 'members' in of ? (of.count ?? of.members.length) : 1;
    const member = 'members' in of ? ((await openNamed(of.members[0]!)) as Recipe) : of;
    const asked = recipe.teacher!.ask === 'one' ? 1 : members;
    total += (asked * forward(member) * samples * recipe.epochs) / trillion + (await arithmetic(teacher, samples));
  }
  return total;
}

function openNamed(name: string): ReturnType<typeof openAnyRecipe> {
  return openAnyRecipe(join(recipesFolder, `${name}.json`));
}

function ofTraining(recipe: Recipe, samples: number): number {
  return (stepsPerForward * forward(recipe) * samples * recipe.epochs) / trillion;
}

/** Operations of a forward pass over one picture: a multiplication and an addition each. */
function forward(recipe: Recipe): number {
  return 2 * placeLayers(recipeNetwork(recipe)).reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
}
