// How long the page takes from the pen to the answer: opens the built page in a headless Chromium, draws digits with
// the mouse, and reads the page's own marks.
import type { Page } from 'playwright-core';
import { buildPage } from '../../test/e2e/buildPage.ts';
import { digitStrokes } from '../../test/e2e/strokes.ts';
import { type Benchmark, spread } from '../harness/benchmark.ts';
import { withFolder } from '../harness/workload.ts';
import { withServedPage } from './withServedPage.ts';

/** Digits drawn: every one twice. */
const drawings = 20;

/** From question to answer, and from the pen's event to the answer on the screen. */
export const pageBenchmark: Benchmark = {
  name: 'page',
  description: 'time to an answer in the page, headless Chromium',
  run: () =>
    withFolder(async (folder) => {
      await buildPage(folder);
      return withServedPage(folder, async (url, browser) => {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
        await page.goto(url);
        await page.locator('.loading').waitFor({ state: 'detached' });
        for (let index = 0; index < drawings; index++) {
          await draw(page, String(index % 10));
          await page.getByRole('button', { name: 'CLEAR' }).click();
        }
        return [
          {
            what: 'question to answer (worker and back)',
            unit: 'ms',
            ours: spread(await durations(page, 'ductus:recognize')),
            note: `Chromium ${browser.version()}`,
          },
          {
            // Frames come every 16.7 ms: this holds up to one frame of waiting for the pen's event and one for the
            // paint.
            what: 'pen event to answer on the screen',
            unit: 'ms',
            ours: spread(await durations(page, 'ductus:answer')),
          },
        ];
      });
    }),
};

async function draw(page: Page, label: string): Promise<void> {
  const box = (await page.locator('ductus-ink-pad').boundingBox())!;
  for (const path of digitStrokes[label]!) {
    const points = path.map(([x, y]) => ({ x: box.x + x * box.width, y: box.y + y * box.height }));
    await page.mouse.move(points[0]!.x, points[0]!.y);
    await page.mouse.down();
    for (const { x, y } of points) await page.mouse.move(x, y);
    await page.mouse.up();
  }
}

function durations(page: Page, name: string): Promise<number[]> {
  return page.evaluate((wanted) => performance.getEntriesByName(wanted).map(({ duration }) => duration), name);
}
