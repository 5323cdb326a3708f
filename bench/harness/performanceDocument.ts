// The tables of docs/performance.md, made from results files. Each stands between two marks, comments that readers do
// not see; what stands outside of the marks is written by hand and stays as it is.
import { markdownTable } from '../../scripts/documents/markdownTable.ts';
import type { ResultRow } from './benchmark.ts';
import type { Results } from './results.ts';
import { rowCells, rowHeadings } from './table.ts';

/** Mark of the list of runs that the figures come from. */
const runsMark = 'runs';

/** Where the text between the marks of this name stands. */
function marks(name: string): { readonly begin: string; readonly end: string } {
  return {
    begin: `<!-- bench ${name}: written by npm run bench, not by hand -->`,
    end: `<!-- end of bench ${name} -->`,
  };
}

/** A figure that the document shows, and the run that it comes from. */
interface Shown {
  readonly row: ResultRow;
  readonly run: Results;
}

/**
 * The document with its tables written anew.
 *
 * Of every row (the same benchmark, the same words) the newest figure wins; a benchmark that failed later than it was
 * last measured keeps its figures and says so. Runs are numbered by date, those only that a figure comes from.
 *
 * @param results runs, the oldest first.
 * @param benchmarks names of all benchmarks: each has its marks in the document.
 * @throws {Error} naming the mark that is missing, there twice, without its end, or of no benchmark.
 */
export function withTables(document: string, results: readonly Results[], benchmarks: readonly string[]): string {
  const known = [...benchmarks, runsMark];
  for (const [, name] of document.matchAll(/<!-- bench ([\w-]+):/g)) {
    if (!known.includes(name!)) throw new Error(`docs/performance.md: expected a benchmark, received mark "${name}"`);
  }
  const shown = newestRows(results, benchmarks);
  const runs = results.filter((run) => shown.some((figure) => figure.run === run));
  let text = document;
  for (const name of benchmarks) {
    const rows = shown.filter(({ row }) => row.benchmark === name);
    text = between(text, name, tableOf(name, rows, runs));
  }
  return between(text, runsMark, runs.map(describeRun).join('') || 'None yet: `npm run bench` measures.\n');
}

function newestRows(results: readonly Results[], benchmarks: readonly string[]): Shown[] {
  const newest = new Map<string, Shown>();
  const failed = new Map<string, Shown>();
  for (const run of results) {
    for (const row of run.rows) {
      if (!benchmarks.includes(row.benchmark)) continue;
      if ('error' in row) failed.set(row.benchmark, { row, run });
      else {
        newest.set(`${row.benchmark}\n${row.what}`, { row, run });
        failed.delete(row.benchmark);
      }
    }
  }
  return [...newest.values(), ...failed.values()];
}

function tableOf(benchmark: string, rows: readonly Shown[], runs: readonly Results[]): string {
  const command = `\`npm run bench -- ${benchmark}\``;
  if (rows.length === 0) return `Not measured yet: ${command}.\n`;
  const lines = rows.flatMap(({ row, run }) =>
    rowCells(row).map((cells, line) => [...cells, line === 0 ? String(runs.indexOf(run) + 1) : '']),
  );
  return `${markdownTable([...rowHeadings, 'run'], lines)}\n${command}\n`;
}

function describeRun({ command, incomplete, machine, peers, absent }: Results, index: number): string {
  const { processor, cores, threads, memoryGiB, system, node, engine, ductus, load, date } = machine;
  const when = `${date.slice(0, 10)} ${date.slice(11, 16)} UTC`;
  const where = `${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}`;
  const versions = `Ductus ${ductus}, Node ${node}, ${engine}, ${threads} threads${load === undefined ? '' : `. Load before it ${load}`}`;
  const beside = Object.entries(peers).map(
    ([name, figures]) =>
      `${name} (${Object.entries(figures)
        .map(([what, value]) => `${what} ${value}`)
        .join(', ')})`,
  );
  const missing = absent.map(({ name, install }) => `${name} (\`${install}\`)`);
  return [
    `${index + 1}. ${when}, \`${command}\`${incomplete ? ', stopped before its end' : ''}: ${where}. ${versions}`,
    ...beside.map((peer) => `. Beside ${peer}`),
    missing.length > 0 ? `. Not there: ${missing.join(', ')}` : '',
    '.\n',
  ].join('');
}

/** The document with this between the marks of that name. */
function between(document: string, name: string, content: string): string {
  const { begin, end } = marks(name);
  const [start, stop] = [document.indexOf(begin), document.indexOf(end)];
  if (start < 0 || stop < start) {
    throw new Error(`docs/performance.md: expected the marks ${begin} and, after it, ${end}`);
  }
  if (document.indexOf(begin, start + 1) >= 0 || document.indexOf(end, stop + 1) >= 0) {
    throw new Error(`docs/performance.md: expected one pair of marks for "${name}", found more`);
  }
  return `${document.slice(0, start + begin.length)}\n\n${content}\n${document.slice(stop)}`;
}
