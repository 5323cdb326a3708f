// Runs benchmarks, prints one table and writes the figures to bench/results/<date>.json.
// Run: npm run bench, or npm run bench -- NAME for one. Benchmarks never gate tests.
import { mkdir } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onnxRuntimeEngine, packageVersion, writeFileAtomic } from '../src/platform/node/index.ts';
import type { Benchmark, BenchmarkRow } from './benchmark.ts';
import { formulationsBenchmark } from './formulations.ts';
import { framingBenchmark } from './framing.ts';
import { inferenceBenchmark } from './inference.ts';
import { memoryGrowthBenchmark } from './memoryGrowth.ts';
import { modelSizeBenchmark } from './modelSize.ts';
import { pageBenchmark } from './page.ts';
import { peakMemoryBenchmark } from './peakMemory.ts';
import { Peers } from './peers/peers.ts';
import { rooflineBenchmark } from './roofline.ts';
import { samplesBenchmark } from './samples.ts';
import { startUpBenchmark } from './startUp.ts';
import { formatSpread, formatTable } from './table.ts';
import { timeToAccuracyBenchmark } from './timeToAccuracy.ts';
import { trainingBenchmark } from './training.ts';
import { trainingTensorFlowJsBenchmark } from './trainingTensorFlowJs.ts';

const benchmarks: readonly Benchmark[] = [
  rooflineBenchmark,
  trainingBenchmark,
  trainingTensorFlowJsBenchmark,
  formulationsBenchmark,
  inferenceBenchmark,
  samplesBenchmark,
  framingBenchmark,
  startUpBenchmark,
  peakMemoryBenchmark,
  memoryGrowthBenchmark,
  modelSizeBenchmark,
  timeToAccuracyBenchmark,
  pageBenchmark,
];

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
  /** Threads of our engine and of every peer that lets itself be told. */
  threads: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  system: `${process.platform} ${process.arch}`,
  node: process.versions.node,
  engine: (await onnxRuntimeEngine()).description,
  ductus: packageVersion(),
  date: new Date().toISOString(),
};
process.stdout.write(`${JSON.stringify(machine)}\n\n`);

const peers = new Peers(machine.threads);
const rows: (BenchmarkRow & { readonly benchmark: string })[] = [];
try {
  for (const { name, description, run } of chosen) {
    process.stdout.write(`${name}: ${description}\n`);
    for (const row of await run(peers)) {
      rows.push({ benchmark: name, ...row });
      const beside = (row.peers ?? []).map(({ name, ratio }) => `; ${formatSpread(ratio)} times ${name}`);
      process.stdout.write(`  ${row.what}: ${formatSpread(row.ours)} ${row.unit}${beside.join('')}\n`);
    }
  }
} finally {
  await peers.close();
}
process.stdout.write(`\n${formatTable(rows)}\nmedian (least-greatest); ratio above 1: ours is better\n`);
for (const { name, install } of peers.absent)
  process.stdout.write(`not measured: ${name}; install it with: ${install}\n`);

const folder = fileURLToPath(new URL('results/', import.meta.url));
await mkdir(folder, { recursive: true });
const file = join(
  folder,
  `${machine.date.slice(0, 10)}-${chosen.length === benchmarks.length ? 'all' : names.join('-')}.json`,
);
const results = { machine, peers: peers.opened, absent: peers.absent, rows };
await writeFileAtomic(file, `${JSON.stringify(results, null, 2)}\n`);
process.stdout.write(`\nwritten to ${file}\n`);
// ONNX Runtime's and TensorFlow.js's threads would keep the process waiting.
process.exit();
