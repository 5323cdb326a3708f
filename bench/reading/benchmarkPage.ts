// A page of a benchmark in a headless Chromium: built as an application's is, served with the files that it loads.

import type { Page } from 'playwright-core';
import { build } from 'vite';
import { withFolder } from '../harness/workload.ts';
import { withServedPage } from './withServedPage.ts';

/**
 * Builds a page, opens it, and closes everything again.
 *
 * @param source folder of the page's `index.html`.
 * @param functions global name under which the page puts what the benchmark calls; it is waited for.
 * @param prepare puts files beside the built page: models.
 * @param work is told the browser's version.
 */
export function withBenchmarkPage<T>(
  source: string,
  functions: string,
  prepare: (folder: string) => Promise<void>,
  work: (page: Page, version: string) => Promise<T>,
): Promise<T> {
  return withFolder(async (folder) => {
    await build({
      configFile: false,
      root: source,
      base: '../',
      worker: { format: 'es' },
      build: { outDir: folder, emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
      logLevel: 'warn',
    });
    await prepare(folder);
    return withServedPage(folder, async (url, browser) => {
      const page = await browser.newPage();
      await page.goto(url);
      await page.waitForFunction((name) => name in globalThis, functions);
      return work(page, browser.version());
    });
  });
}
