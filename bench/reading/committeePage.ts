// How long a committee of five takes in a page: strokes to decision in a headless Chromium, by the runtime that pages
// load.
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { digitStrokes } from '../../test/e2e/strokes.ts';
import { type Benchmark, type BenchmarkRow, spread } from '../harness/benchmark.ts';
import { withBenchmarkPage } from './benchmarkPage.ts';
import type { CommitteePage } from './committeePage/committee.ts';

/**
 * Members: all five are the shipped network, each with weights and memory of its own: time does not hang on what they
 * are.
 */
const size = 5;

/** How often each of the ten digits is decided on, after once for warming up. */
const rounds = 10;

const source = fileURLToPath(new URL('committeePage/', import.meta.url));
const shipped = fileURLToPath(new URL('../../models/digits.onnx', import.meta.url));

/** On the page's own thread, one member after the other; and with a worker for each. */
export const committeePageBenchmark: Benchmark = {
  name: 'committee-page',
  description: `a committee of ${size} in a page, strokes to decision, headless Chromium, milliseconds`,
  run() {
    const models = Array.from({ length: size }, (_, member) => `models/${member}.onnx`);
    return withBenchmarkPage(
      source,
      'committeePage',
      async (folder) => {
        await mkdir(join(folder, 'models'));
        for (const model of models) await copyFile(shipped, join(folder, model));
      },
      async (page, version) => {
        const rows: BenchmarkRow[] = [];
        for (const workers of [false, true]) {
          rows.push({
            what: `committee of ${size}, ${workers ? 'a worker each' : "on the page's own thread"}`,
            unit: 'ms',
            ours: spread(await decisions(page, models, workers)),
            note: `Chromium ${version}`,
          });
        }
        return rows;
      },
    );
  },
};

/**
 * Milliseconds of every decision. @throws {Error} when one is wrong: a committee that does not read must not look fast.
 */
async function decisions(page: Page, models: readonly string[], workers: boolean): Promise<number[]> {
  await page.evaluate(
    ({ models, workers }) =>
      (globalThis as unknown as { committeePage: CommitteePage }).committeePage.open(models, workers),
    { models, workers },
  );
  const started = page.workers().length;
  if (started !== (workers ? models.length : 0)) throw new Error(`committee in the page: received ${started} workers`);
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const [digit, paths] of Object.entries(digitStrokes)) {
      const strokes = paths.map((path) => path.map(([x, y]) => ({ x, y })));
      const { label, milliseconds } = await page.evaluate(
        (ink) => (globalThis as unknown as { committeePage: CommitteePage }).committeePage.decide(ink),
        { strokes },
      );
      if (label !== digit) throw new Error(`committee in the page: expected ${digit}, received ${label}`);
      if (round > 0) times.push(milliseconds);
    }
  }
  return times;
}
