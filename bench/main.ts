// Runs benchmarks: prints one table, keeps the figures in bench/results, and writes the tables of docs/performance.md
// anew. Run: npm run bench, or npm run bench -- NAME ...; npm run bench -- --help. Benchmarks never gate tests.
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { onnxRuntimeEngine, writeFileAtomic } from 'ductus/node';
import { packageVersion } from '#node';
import { benchmarks } from './benchmarks.ts';
import type { Benchmark, BenchmarkRow, FailedRow, ResultRow } from './harness/benchmark.ts';
import { withTables } from './harness/performanceDocument.ts';
import { type Machine, type Results, readResults, writeResults } from './harness/results.ts';
import { formatSpread, formatTable } from './harness/table.ts';
import { Peers } from './peers/peers.ts';

const document = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

const help = `npm run bench -- [options] [NAME ...]

Runs all benchmarks, or those that are named, one after the other. After each, its figures are kept in bench/results and
the tables of docs/performance.md are written anew: of every figure the newest stands there. A benchmark that fails has its
error as a row; the others go on, and the exit code is 1.

Peers: TensorFlow.js and jax-js come by npm ci --prefix bench, PyTorch by the system's packages. A peer that is not there is not
measured, and the command that installs it is printed.

options
  --write-docs  measures nothing; writes the tables of docs/performance.md from bench/results
  --no-write    measures and prints, but keeps nothing
  --help        prints this

benchmarks
${benchmarks.map(({ name, description }) => `  ${name.padEnd(14)}  ${description}`).join('\n')}
`;

process.exitCode = await main(process.argv.slice(2));
// ONNX Runtime's and TensorFlow.js's threads would keep the process waiting.
process.exit();

async function main(parameters: string[]): Promise<number> {
  const flags = {
    help: { type: 'boolean' },
    'write-docs': { type: 'boolean' },
    'no-write': { type: 'boolean' },
  } as const;
  let values: { help?: boolean; 'write-docs'?: boolean; 'no-write'?: boolean };
  let names: string[];
  try {
    ({ values, positionals: names } = parseArgs({ args: parameters, options: flags, allowPositionals: true }));
  } catch (error) {
    return refuse((error as Error).message);
  }
  const unknown = names.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
  if (unknown.length > 0) {
    return refuse(`unknown benchmark ${unknown.join(', ')}; expected ${benchmarks.map(({ name }) => name).join(', ')}`);
  }
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (values['write-docs']) {
    if (names.length > 0) return refuse(`--write-docs: expected no benchmark, received ${names.join(', ')}`);
    await writeDocument();
    return 0;
  }
  return run(names, !values['no-write']);
}

function refuse(message: string): number {
  process.stderr.write(`${message}\nsee npm run bench -- --help\n`);
  return 2;
}

/** Runs benchmarks by name, all where none is named. @param keep whether figures are written. */
async function run(names: readonly string[], keep: boolean): Promise<number> {
  const chosen = names.length === 0 ? benchmarks : benchmarks.filter(({ name }) => names.includes(name));
  const command = ['npm run bench', ...(names.length === 0 ? [] : ['--', ...names])].join(' ');
  const machine = await describeMachine();
  const peers = new Peers(machine.threads);
  const rows: ResultRow[] = [];
  process.stdout.write(`${JSON.stringify(machine)}\n\n`);
  let path: string | undefined;
  for (const [index, benchmark] of chosen.entries()) {
    const { name, description } = benchmark;
    process.stdout.write(`${name}: ${description}\n`);
    for (const row of await measure(benchmark, peers)) {
      rows.push({ benchmark: name, ...row });
      process.stdout.write(`  ${describeRow(row)}\n`);
    }
    if (!keep) continue;
    const { opened, absent } = peers;
    const incomplete = index + 1 < chosen.length && { incomplete: true as const };
    const results: Results = { command, ...incomplete, machine, peers: opened, absent, rows };
    path = await writeResults(results, names);
    await writeDocument();
  }
  await peers.close();
  process.stdout.write(`\n${formatTable(rows)}\nmedian (least-greatest); ratio above 1: ours is better\n`);
  for (const { name, install } of peers.absent) {
    process.stdout.write(`not measured: ${name}; install it with: ${install}\n`);
  }
  if (path !== undefined) process.stdout.write(`\nwritten to ${path} and ${document}\n`);
  return rows.some((row) => 'error' in row) ? 1 : 0;
}

/** A benchmark's rows, or the one row that says why there are none. */
async function measure({ name, run }: Benchmark, peers: Peers): Promise<(BenchmarkRow | FailedRow)[]> {
  try {
    return await run(peers);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    // A peer may have been left in the middle of an answer.
    await peers.close();
    return [{ what: name, error: (error instanceof Error ? error.message : String(error)).split('\n')[0]! }];
  }
}

function describeRow(row: BenchmarkRow | FailedRow): string {
  if ('error' in row) return `${row.what}: failed: ${row.error}`;
  const beside = (row.peers ?? []).map(({ name, ratio }) => `; ${formatSpread(ratio)} times ${name}`);
  const note = row.note === undefined ? '' : ` (${row.note})`;
  return `${row.what}: ${formatSpread(row.ours)} ${row.unit}${note}${beside.join('')}`;
}

async function writeDocument(): Promise<void> {
  const names = benchmarks.map(({ name }) => name);
  const text = await readFile(document, 'utf8');
  const written = withTables(text, await readResults(), names);
  if (written !== text) await writeFileAtomic(document, written);
}

async function describeMachine(): Promise<Machine> {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    threads: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    engine: (await onnxRuntimeEngine()).description,
    ductus: packageVersion(),
    load: Number(loadavg()[0]!.toFixed(2)),
    date: new Date().toISOString(),
  };
}
