// How long a whole process takes from its start to a trained, measured and saved digit recogniser of some test
// accuracy.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { summariseRuns } from 'ductus/learn';
import { type Benchmark, spread } from '../harness/benchmark.ts';

/** Seeds, each a process of its own. */
const seeds = [1, 2, 3, 4, 5];

/** A benchmark of one recipe and the accuracy that it is made to reach, in percent. */
function timeTo(level: number, recipe: string): Benchmark {
  return {
    name: `time-to-${level}`,
    description: `whole process from start to ${level.toFixed(1)} % on mnist:test (recipe "${recipe}")`,
    async run() {
      const runs: { seconds: number; accuracy: number }[] = [];
      for (const seed of seeds) runs.push(await timedTraining(recipe, seed));
      const accuracies = runs.map(({ accuracy }) => 100 * accuracy);
      const { mean, deviation } = summariseRuns(accuracies);
      const reached = accuracies.filter((value) => value >= level).length;
      return [
        {
          what: `start to trained model, recipe ${recipe}`,
          unit: 's',
          ours: spread(runs.map(({ seconds }) => seconds)),
          note: `mnist:test ${mean.toFixed(2)} +- ${deviation!.toFixed(2)} %, ${reached} of ${seeds.length} seeds at ${level.toFixed(1)} % or above`,
        },
      ];
    },
  };
}

/** `ductus train --recipe quick`, timed from outside. */
export const timeTo99Benchmark: Benchmark = timeTo(99, 'quick');

/** `ductus train --recipe fast`, likewise. */
export const timeTo995Benchmark: Benchmark = timeTo(99.5, 'fast');

async function timedTraining(recipe: string, seed: number): Promise<{ seconds: number; accuracy: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'ductus-bench-'));
  const launcher = fileURLToPath(new URL('../../bin/ductus.js', import.meta.url));
  try {
    const start = performance.now();
    const output = await new Promise<string>((resolve, reject) => {
      const child = spawn(
        process.execPath,
        [launcher, 'train', '--recipe', recipe, '--seed', String(seed), '--out', join(folder, 'run'), '--json'],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0 ? resolve(text) : reject(new Error(`ductus train ended with code ${code}`)),
      );
    });
    const seconds = (performance.now() - start) / 1000;
    const last = JSON.parse(output.trimEnd().split('\n').at(-1)!) as { test: { accuracy: number } };
    return { seconds, accuracy: last.test.accuracy };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
