// How long the page takes from the pen to the answer: opens the built page in a headless Chromium, draws digits with the
// mouse, and reads the page's own marks. Run: npx tsx bench/page.ts [--digits 20] [--json]
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { chromiumArguments, ensureChromium } from '../scripts/chromium.ts';
import { startStaticServer } from '../src/platform/node/index.ts';
import { digitStrokes } from '../test/e2e/strokes.ts';

interface Spread {
  readonly count: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { digits: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } },
});
const digits = Number(values.digits);
if (!Number.isSafeInteger(digits) || digits < 1) {
  throw new RangeError(`--digits: expected a whole number from 1, received ${values.digits}`);
}

const folder = mkdtempSync(join(tmpdir(), 'ductus-bench-'));
const executablePath = await ensureChromium();
await build({
  configFile: join(root, 'apps/web/vite.config.ts'),
  build: { outDir: folder, emptyOutDir: true },
  logLevel: 'warn',
});
const server = await startStaticServer({ folder, port: 0 });
const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(server.url);
  await page.locator('.loading').waitFor({ state: 'detached' });
  for (let index = 0; index < digits; index++) {
    await draw(page, String(index % 10));
    await page.getByRole('button', { name: 'CLEAR' }).click();
  }
  const result = {
    browser: browser.version(),
    machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    recognize: await spreadOf(page, 'ductus:recognize'),
    answer: await spreadOf(page, 'ductus:answer'),
  };
  if (values.json) console.log(JSON.stringify(result));
  else {
    console.log(`Chromium ${result.browser}, ${result.machine}, Node ${result.node}, ${result.date}`);
    print('question to answer (worker and back)', result.recognize);
    // Frames come every 16.7 ms, so that this figure holds up to one frame of waiting for the pen's event and one for the paint.
    print('pen event to answer on the screen', result.answer);
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}

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

async function spreadOf(page: Page, name: string): Promise<Spread> {
  const durations = await page.evaluate(
    (wanted) => performance.getEntriesByName(wanted).map(({ duration }) => duration),
    name,
  );
  const sorted = durations.sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { count: sorted.length, median, min: sorted[0]!, max: sorted[sorted.length - 1]! };
}

function print(what: string, { count, median, min, max }: Spread): void {
  const ms = (value: number): string => `${value.toFixed(1)} ms`.padStart(10);
  console.log(`${what.padEnd(40)} median${ms(median)}   min${ms(min)}   max${ms(max)}   (${count} answers)`);
}
