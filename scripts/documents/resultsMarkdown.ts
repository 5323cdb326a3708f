// The table of trained networks in docs/results.md, made from the kept logs. It stands between two marks; what stands
// outside of them is written by hand and stays as it is.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { summariseRuns, wilsonInterval } from '../../src/learn/floor.ts';
import { writeFileAtomic } from '../../src/platform/node/floor.ts';
import { withBetween } from './betweenMarks.ts';
import { markdownTable } from './markdownTable.ts';
import { checkRecipe, logName, type RunLog, readLogs } from './runLog.ts';

const begin = '<!-- results: written by npx tsx scripts/documents/resultsTable.ts from recipes/logs, not by hand -->';
const end = '<!-- end of results -->';

const document = fileURLToPath(new URL('../../docs/results.md', import.meta.url));

/**
 * Writes the table of docs/results.md from the logs in recipes/logs, each of which must be of its recipe as it stands.
 */
export async function writeResults(): Promise<void> {
  const logs = await readLogs();
  for (const log of logs) await checkRecipe(log, `recipes/logs/${logName(log)}`);
  const text = await readFile(document, 'utf8');
  const written = withResults(text, logs);
  if (written !== text) await writeFileAtomic(document, new TextEncoder().encode(written));
}

/**
 * A page with its results table written anew.
 *
 * @throws {Error} when the page lacks the marks, has them twice or in the wrong order.
 */
export function withResults(page: string, logs: readonly RunLog[]): string {
  return withBetween(page, 'docs/results.md', begin, end, resultsTable(logs));
}

/** A row for each recipe, best first, and where and when it was measured. */
export function resultsTable(logs: readonly RunLog[]): string {
  const recipes = [...new Set(logs.map(({ recipe }) => recipe))].map((recipe) =>
    logs.filter((log) => log.recipe === recipe).sort((left, right) => left.seed - right.seed),
  );
  // One test set after the other, the most used first: figures on different ones say nothing beside each other.
  const uses = (set: string): number => recipes.filter(([first]) => testedOn(first!) === set).length;
  const tested = [...new Set(logs.map(testedOn))].sort(
    (left, right) => uses(right) - uses(left) || (left < right ? -1 : 1),
  );
  recipes.sort(
    (left, right) =>
      tested.indexOf(testedOn(left[0]!)) - tested.indexOf(testedOn(right[0]!)) || meanTest(right) - meanTest(left),
  );
  const named = (first: RunLog): string => (tested.length > 1 && testedOn(first) !== '' ? `, ${testedOn(first)}` : '');
  const rows = recipes.map((runs) => {
    const [first] = runs as [RunLog];
    const members = first.members === undefined ? '' : `${first.members.length} networks, `;
    return [
      `\`${first.recipe}\``,
      `${members}${first.parameters.toLocaleString('en')} weights`,
      accuracyOf(runs, ({ validation }) => validation),
      `${accuracyOf(runs, ({ test }) => test?.[0])}${named(first)}`,
      runs.map(({ seed }) => seed).join(', '),
      `${(summariseRuns(runs.map(({ seconds }) => seconds)).mean / 60).toFixed(1)} min`,
      `\`${first.command}\``,
    ];
  });
  const head = ['recipe', 'size', 'validation', 'test', 'seeds', 'training', 'command'];
  return `${markdownTable(head, rows, { padded: false })}\n${provenance(logs)}\n`;
}

type Figure = NonNullable<RunLog['validation']>;

/** Mean and deviation over seeds; of a single run Wilson's interval, as there is no deviation. */
function accuracyOf(runs: readonly RunLog[], figureOf: (log: RunLog) => Figure | undefined): string {
  const figures = runs.map(figureOf).filter((figure) => figure !== undefined);
  if (figures.length === 0) return '-';
  if (figures.length !== runs.length || figures.some(({ count }) => count !== figures[0]!.count)) {
    throw new Error(`logs of ${runs[0]!.recipe}: expected every run to be measured on equally many pictures, or none`);
  }
  const { mean, deviation } = summariseRuns(figures.map(({ accuracy }) => accuracy));
  const percent = (share: number): string => (100 * share).toFixed(2);
  if (deviation !== null) return `${percent(mean)} +- ${percent(deviation)} %`;
  const [{ accuracy, count }] = figures as [Figure];
  const [low, high] = wilsonInterval(Math.round(accuracy * count), count);
  return `${percent(accuracy)} % (${percent(low)} to ${percent(high)})`;
}

/** The set of the figure that the table shows; of several the recipe's first. */
function testedOn({ test }: RunLog): string {
  return test?.[0]?.data ?? '';
}

function meanTest(runs: readonly RunLog[]): number {
  const accuracies = runs.flatMap(({ test }) => test?.[0]?.accuracy ?? []);
  return accuracies.length === 0 ? 0 : summariseRuns(accuracies).mean;
}

/** What was measured on, when, where and with what; several when the logs differ. */
function provenance(logs: readonly RunLog[]): string {
  const each = (values: readonly string[]): string => [...new Set(values)].join('; ');
  const tests = each(logs.flatMap(({ test }) => test?.[0]?.data ?? [])) || 'none';
  const dates = logs.map(({ date }) => date).sort();
  const when = dates[0] === dates.at(-1) ? dates[0] : `${dates[0]} to ${dates.at(-1)}`;
  return [
    `Several seeds: mean +- deviation. One seed: accuracy and its 95 % interval (Wilson). Test: ${tests}; read once a run,`,
    'when training was over. Validation: the part of its training data that each recipe sets aside.',
    `Trained ${when} on ${each(logs.map(({ machine }) => `${machine.cores} cores of ${machine.processor}, ${machine.memoryGiB} GiB, ${machine.system}`))}.`,
    `Versions: ${each(logs.map(({ versions }) => `Ductus ${versions.ductus}, Node ${versions.node}, ${versions.engine}`))}.`,
  ].join('\n');
}
