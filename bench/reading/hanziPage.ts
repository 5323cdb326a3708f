// What networks for Chinese characters weigh and how long they take in a page: strokes to answer in a headless
// Chromium.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRecognizer } from 'ductus';
import { networkNamed, withClasses } from 'ductus/engine';

import { halveWeights, writeOnnx } from 'ductus/onnx';
import { hanziFraming, type Ink } from 'ductus/picture';
import type { Page } from 'playwright-core';
import { digitStrokes } from '../../test/e2e/strokes.ts';
import { type Benchmark, type BenchmarkRow, spread } from '../harness/benchmark.ts';
import { untrainedModel } from '../harness/workload.ts';
import { withBenchmarkPage } from './benchmarkPage.ts';
import type { CharacterPage } from './hanziPage/character.ts';

/** How often each drawing is read, after once for warming up. */
const rounds = 5;

/** Untrained: what is trained on CASIA's characters may not be passed on, and the time does not hang on the weights. */
const contestants = [
  { network: 'hanziSlim', classes: 105 },
  { network: 'hanzi15', classes: 105 },
  { network: 'hanziSlim', classes: 3755 },
  { network: 'hanzi15wide', classes: 3755 },
] as const;

const source = fileURLToPath(new URL('hanziPage/', import.meta.url));

/** The compact network beside the deep one, with few classes and with many. */
export const hanziPageBenchmark: Benchmark = {
  name: 'hanzi-page',
  description: 'Chinese characters in a page: size, and strokes to answer on one thread, headless Chromium',
  run() {
    const models = contestants.map(({ network, classes }) => {
      const labels = Array.from({ length: classes }, (_, index) => String.fromCodePoint(0x4e00 + index));
      const model = untrainedModel(withClasses(networkNamed(network), classes), labels, hanziFraming);
      return {
        what: `${network}, ${classes} classes`,
        file: `models/${network}-${classes}.onnx`,
        bytes: writeOnnx(halveWeights(model)),
      };
    });
    return withBenchmarkPage(
      source,
      'characterPage',
      async (folder) => {
        await mkdir(join(folder, 'models'));
        for (const { file, bytes } of models) await writeFile(join(folder, file), bytes);
      },
      async (page, version) => {
        const rows: BenchmarkRow[] = [];
        for (const { what, file, bytes } of models) {
          rows.push({
            what: `size of ${what}, float16`,
            unit: 'KiB',
            ours: spread([bytes.length / 1024]),
          });
          rows.push({
            what: `strokes to answer, ${what}`,
            unit: 'ms',
            ours: spread(await answers(page, file, bytes)),
            note: `Chromium ${version}`,
          });
        }
        return rows;
      },
    );
  },
};

/** Milliseconds of every answer. @throws {Error} when one is not what the same model answers outside of the page. */
async function answers(page: Page, file: string, bytes: Uint8Array): Promise<number[]> {
  const outside = createRecognizer(bytes);
  await page.evaluate(
    (url) => (globalThis as unknown as { characterPage: CharacterPage }).characterPage.open(url),
    file,
  );
  const times: number[] = [];
  try {
    for (const paths of Object.values(digitStrokes)) {
      const ink: Ink = { strokes: paths.map((path) => path.map(([x, y]) => ({ x, y }))) };
      const expected = await outside.recognize(ink);
      for (let round = 0; round <= rounds; round++) {
        const { label, milliseconds } = await page.evaluate(
          (drawing) => (globalThis as unknown as { characterPage: CharacterPage }).characterPage.read(drawing),
          ink,
        );
        if (expected.empty || label !== expected.label) {
          throw new Error(
            `${file} in the page: expected ${expected.empty ? 'no answer' : expected.label}, received ${label}`,
          );
        }
        if (round > 0) times.push(milliseconds);
      }
    }
  } finally {
    outside.dispose();
  }
  return times;
}
