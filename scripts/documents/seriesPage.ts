// The section of a series in docs/experiments.md, from its kept log: a table, and charts where the series is about
// gradients. It stands between two marks; what stands outside of them is written by hand and stays as it is.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Recipe, type RecipeData, summariseRuns } from '../../src/learn/floor.ts';
import { type LinePoint, lineChart, writeFileAtomic } from '../../src/platform/node/floor.ts';
import { withBetween } from './betweenMarks.ts';
import { markdownTable } from './markdownTable.ts';
import { openSeries, readSeriesLog, type SeriesAbout, type SeriesLog } from './seriesLog.ts';

type Step = SeriesLog['steps'][number];

function docs(file: string): string {
  return fileURLToPath(new URL(`../../docs/${file}`, import.meta.url));
}

/** The page that holds all series. */
export const experimentsPage: string = docs('experiments.md');

/** Writes a series' section of docs/experiments.md, and its charts, from recipes/logs/series/NAME.json. */
export async function writeSeriesSection(name: string): Promise<void> {
  const [log, { about, recipes }] = await Promise.all([readSeriesLog(name), openSeries(name)]);
  const text = new TextEncoder();
  const page = await readFile(experimentsPage, 'utf8');
  await writeFileAtomic(experimentsPage, text.encode(withSeries(page, log, about, recipes)));
  if (about.gradients) {
    await writeFileAtomic(docs(`images/${name}-gradients.svg`), text.encode(await gradientsChart(log)));
    await writeFileAtomic(docs(`images/${name}-learning.svg`), text.encode(await learningChart(log)));
  }
}

/**
 * The page with the section of a series written anew.
 *
 * @throws {Error} when the page lacks the marks of this series, has them twice or in the wrong order.
 */
export function withSeries(page: string, log: SeriesLog, about: SeriesAbout, recipes: readonly Recipe[]): string {
  const begin = `<!-- series ${log.series}: written by npx tsx scripts/documents/series.ts ${log.series}, not by hand -->`;
  const end = `<!-- end of series ${log.series} -->`;
  return withBetween(page, 'docs/experiments.md', begin, end, seriesSection(log, about, recipes));
}

function seriesSection(log: SeriesLog, about: SeriesAbout, recipes: readonly Recipe[]): string {
  const { series, steps, machine, node, date } = log;
  const accuracies = (step: Step): number[] => step.runs.map(({ accuracy }) => accuracy);
  const seeds = steps[0]!.runs.length;
  const rows = steps.map((step, index) => {
    const base = baseOf(index, about.compare);
    const now = summariseRuns(accuracies(step));
    const gain = base === index ? '-' : gainOver(accuracies(steps[base]!), accuracies(step), about.compare === 'pairs');
    const loss = summariseRuns(step.runs.map((run) => run.loss)).mean.toFixed(4);
    const seconds = summariseRuns(step.runs.map((run) => run.seconds)).mean.toFixed(0);
    const deviation = now.deviation === null ? '' : ` +- ${(100 * now.deviation).toFixed(2)}`;
    const accuracy = `${(100 * now.mean).toFixed(2)}${deviation} %`;
    return [step.name, step.what, step.parameters.toLocaleString('en'), accuracy, gain, loss, `${seconds} s`];
  });
  const head = ['recipe', 'what', 'parameters', 'validation accuracy', 'points', 'validation loss', 'training'];
  const charts = about.gradients
    ? `
Norm of the loss's gradient with respect to each layer's kernel, at the end of the first epoch, mean of the seeds:

![Gradient norm by layer, with and without auxiliary outputs](images/${series}-gradients.svg)

Validation loss after each epoch:

![Validation loss by epoch, with and without auxiliary outputs](images/${series}-learning.svg)
`
    : '';
  const from = { before: 'the row before', first: 'the first row', pairs: 'the first row of each pair' }[about.compare];
  return `## ${about.title}

${about.text}

${budgetOf(about, recipes)}. The test set is not read.
Figures are of ${seeds === 1 ? 'one seed' : `${seeds} seeds, mean and deviation`}. Points are percentage points over ${from}${about.compare === 'pairs' && seeds > 1 ? ', with the deviation of their differences by seed' : ''}.
A gain of less than about ${seeds === 1 ? '0.2 points' : 'two deviations'} may be chance.

${markdownTable(head, rows, { padded: false })}${charts}${about.finding === undefined ? '' : `\n${about.finding}\n`}
Written by \`npx tsx scripts/documents/series.ts ${series} --seeds ${seeds}\` on ${date}: ${machine.cores} cores of ${machine.processor}, ${machine.memoryGiB} GiB,
${machine.system}, Node ${node}. Training times are those of a machine with other work beside it.
`;
}

/**
 * Percentage points that a step gained on another.
 *
 * @param paired whether the deviation of the differences, seed by seed, is given, too: both runs of a seed hold back
 * the same samples, so that it lacks what the seeds differ by in that.
 */
function gainOver(base: readonly number[], own: readonly number[], paired: boolean): string {
  const { mean, deviation } = summariseRuns(own.map((accuracy, seed) => 100 * (accuracy - base[seed]!)));
  return `${mean.toFixed(2)}${paired && deviation !== null ? ` +- ${deviation.toFixed(2)}` : ''}`;
}

/** For how long the recipes train, and what they are judged on; `about` says the latter where their data differ. */
function budgetOf({ varies }: SeriesAbout, recipes: readonly Recipe[]): string {
  const { epochs, data } = recipes[0]!;
  if (varies === 'data') {
    return `Epochs: ${recipes.map((recipe) => recipe.epochs).join(', ')}. Accuracy and loss are those on the validation samples`;
  }
  return `${epochs} epochs each. Accuracy and loss are those on ${heldBackOf(data)}, which are held back`;
}

/** What the series was judged on. */
function heldBackOf({ train, validation, splitBy }: RecipeData): string {
  if (train === 'mnist:train') return `${validation.toLocaleString('en')} of MNIST's 60,000 training digits`;
  const which = splitBy === 'order' ? ', the last of every class' : '';
  return `about ${validation.toLocaleString('en')} samples of \`${[train].flat().join('`, `')}\`${which}`;
}

function baseOf(index: number, compare: SeriesAbout['compare']): number {
  if (compare === 'first') return 0;
  return compare === 'before' ? Math.max(0, index - 1) : index - (index % 2);
}

/** Convolutions and dense layers in order; `conv2d_3/kernel` is named `conv2d_3`. */
function gradientsChart({ steps }: SeriesLog): Promise<string> {
  const points = ({ runs }: Step): LinePoint[] =>
    Object.keys(runs[0]!.gradientNorms).map((kernel) => {
      const norms = runs.map((run) => run.gradientNorms[kernel]!);
      // The mean of logarithms: norms of different seeds differ by factors.
      const mean = Math.exp(summariseRuns(norms.map((norm) => Math.log(Math.max(norm, 1e-12)))).mean);
      return { x: kernel.replace('/kernel', ''), y: mean };
    });
  return lineChart({
    title: 'Norm of the gradient by layer',
    x: { label: 'layer' },
    y: { label: 'gradient norm', logarithmic: true },
    series: steps.map((step) => ({ name: step.name, points: points(step) })),
  });
}

function learningChart({ steps }: SeriesLog): Promise<string> {
  const points = ({ runs }: Step): LinePoint[] =>
    runs[0]!.validationLosses.map((_, epoch) => {
      const losses = summariseRuns(runs.map((run) => run.validationLosses[epoch]!));
      return { x: epoch + 1, y: losses.mean, low: losses.least, high: losses.greatest };
    });
  return lineChart({
    title: 'Validation loss by epoch',
    x: { label: 'epoch' },
    y: { label: 'validation loss (nats)', logarithmic: true },
    series: steps.map((step) => ({ name: step.name, points: points(step) })),
  });
}
