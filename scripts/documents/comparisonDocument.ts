// The tables of docs/comparison.md, made from the kept comparison: docs/comparison/NAME.json, beside it the page that
// `ductus compare` wrote.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import {
  aboutSystem,
  type Column,
  comparisonColumns,
  parseSystemResult,
  rejectionColumns,
  type SystemResult,
  trialColumns,
  turnedColumns,
} from '../../src/classic/floor.ts';
import { comparisonPageOf, type FinishedComparison, writeFileAtomic } from '../../src/platform/node/floor.ts';
import { withBetween } from './betweenMarks.ts';
import { markdownTable } from './markdownTable.ts';

/** The kept comparison: all systems, all of MNIST. */
export const keptComparison = 'mnist-60000';
/** The command that makes it. */
export const keptCommand = 'npx ductus compare --train 60000';

const begin = '<!-- comparison: written by npx tsx scripts/documents/keepComparison.ts, not by hand -->';
const end = '<!-- end of comparison -->';
const document = docs('comparison.md');

const madeSchema = v.object({
  command: v.string(),
  date: v.pipe(v.string(), v.isoTimestamp()),
  ductus: v.string(),
  engine: v.string(),
  machine: v.string(),
  node: v.string(),
  jobs: v.number(),
  seed: v.number(),
  sha256: v.object({ training: v.string(), test: v.string() }),
  samples: v.object({ training: v.number(), test: v.number() }),
});
const fileSchema = v.object({
  made: madeSchema,
  results: v.array(v.unknown()),
  failures: v.array(v.object({ system: v.string(), message: v.string() })),
});

/** A file in docs. */
export function docs(file: string): string {
  return fileURLToPath(new URL(`../../docs/${file}`, import.meta.url));
}

/** The comparison in a `comparison.json`. */
export async function readComparison(path: string): Promise<FinishedComparison> {
  const { results, ...rest } = v.parse(fileSchema, JSON.parse(await readFile(path, 'utf8')));
  return { ...rest, results: results.map((result) => parseSystemResult(result, path)) };
}

/** The kept comparison; undefined before there is one. */
export async function readKept(): Promise<FinishedComparison | undefined> {
  const path = docs(`comparison/${keptComparison}.json`);
  return existsSync(path) ? readComparison(path) : undefined;
}

/** Writes the tables of docs/comparison.md, and the page with the charts, from the kept comparison. */
export async function writeComparisonDocument(): Promise<void> {
  const kept = await readKept();
  const text = await readFile(document, 'utf8');
  await writeFileAtomic(document, withComparison(text, kept));
  if (kept !== undefined)
    await writeFileAtomic(docs(`comparison/${keptComparison}.html`), await comparisonPageOf(kept));
}

/** The document with its tables written anew. */
export function withComparison(page: string, kept: FinishedComparison | undefined): string {
  return withBetween(page, 'docs/comparison.md', begin, end, kept === undefined ? notYet : tablesOf(kept));
}

const notYet = `Not recorded yet: \`${keptCommand}\`, then \`npx tsx scripts/documents/keepComparison.ts runs/compare-${keptComparison}\`.\n`;

function tablesOf({ made, results }: FinishedComparison): string {
  const labels = results[0]?.test.labels ?? [];
  const { command, date, ductus, engine, machine, node, jobs, seed, sha256, samples } = made;
  return [
    tableOf(comparisonColumns, results),
    'Right answers in the trials, and pairs of touching characters; last, one taken for the other by a half turn:\n',
    tableOf([...trialColumns, ...turnedColumns(labels)], results),
    'Wrong answers among the others, when the least sure are refused:\n',
    tableOf(rejectionColumns, results),
    'What was published:\n',
    markdownTable(
      ['system', 'what it is', 'published'],
      results.map((result) => [result.system, aboutSystem(result).what, aboutSystem(result).figure]),
    ),
    `\`${command}\`, ${date.slice(0, 10)}: ${samples.training} training samples, ${samples.test} test pictures (SHA-256 ` +
      `${sha256.training.slice(0, 12)}..., ${sha256.test.slice(0, 12)}...), seed ${seed}. ${machine}, ${jobs} systems at a time, ` +
      `Ductus ${ductus}, ${engine}, Node ${node}. All of it, with confusions and charts: ` +
      `[page](comparison/${keptComparison}.html), [JSON](comparison/${keptComparison}.json).\n`,
  ].join('\n');
}

function tableOf(columns: readonly Column[], results: readonly SystemResult[]): string {
  const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
  return markdownTable(
    ['system', ...columns.map(({ title }) => title)],
    results.map((result) => [result.system, ...columns.map(({ value }) => plain(value(result)))]),
  );
}
