// Runs benchmarks, prints one table and writes the figures to bench/results/<date>.json.
// Run: npm run bench, or npm run bench -- NAME for one. Benchmarks never gate tests.
import { mkdir } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onnxRuntimeEngine, packageVersion, writeFileAtomic } from '../src/platform/node/index.ts';
import type { Benchmark, BenchmarkRow, Spread } from './benchmark.ts';
import { pageBenchmark } from './page.ts';
import { timeToAccuracyBenchmark } from './timeToAccuracy.ts';
import { trainingBenchmark } from './training.ts';

const benchmarks: readonly Benchmark[] = [trainingBenchmark, timeToAccuracyBenchmark, pageBenchmark];

const names = process.argv.slice(2);
const unknown = names.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `unknown benchmark ${unknown.join(', ')}; expected ${benchmarks.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}
const chosen = names.length === 0 ? benchmarks : benchmarks.filter(({ name }) => names.includes(name));

const machine = {
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  system: `${process.platform} ${process.arch}`,
  node: process.versions.node,
  engine: (await onnxRuntimeEngine()).description,
  ductus: packageVersion(),
  date: new Date().toISOString(),
};
process.stdout.write(`${JSON.stringify(machine)}\n\n`);

const rows: (BenchmarkRow & { readonly benchmark: string })[] = [];
for (const { name, description, run } of chosen) {
  process.stdout.write(`${name}: ${description}\n`);
  for (const row of await run()) {
    rows.push({ benchmark: name, ...row });
    process.stdout.write(`  ${row.what}: ${format(row.ours)} ${row.unit}`);
    if (row.peer)
      process.stdout.write(
        `; ${row.peer.name} ${format(row.peer)}, ratio ${(row.ours.median / row.peer.median).toFixed(2)}`,
      );
    process.stdout.write(`${row.note === undefined ? '' : `; ${row.note}`}\n`);
  }
}
const folder = fileURLToPath(new URL('results/', import.meta.url));
await mkdir(folder, { recursive: true });
const file = join(
  folder,
  `${machine.date.slice(0, 10)}-${chosen.length === benchmarks.length ? 'all' : names.join('-')}.json`,
);
await writeFileAtomic(file, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
process.stdout.write(`\nwritten to ${file}\n`);

function format({ median, min, max, count }: Spread): string {
  const digits = median >= 100 ? 0 : median >= 10 ? 1 : 2;
  return `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)}, ${count} runs)`;
}
