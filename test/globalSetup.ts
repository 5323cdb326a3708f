// Before the end-to-end tests, and only before them: a Chromium that all of them drive and the page, built as it ships.
// It fails when `models/digits.onnx` is missing; `DUCTUS_MODEL=FILE` runs the same tests on another model.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { chromiumArguments, ensureChromium } from '../scripts/build/chromium.ts';
import { buildPage } from './e2e/buildPage.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the running Chromium is reached. */
    browser: string;
    /** Folder for what the tests build and write, removed when all of them are over. */
    scratchFolder: string;
    /** Folder with the built page; it is there a second time under `subPath`. */
    pageFolder: string;
    /** Where the second copy of the page stands, below the first. */
    subPath: string;
  }
}

const root = fileURLToPath(new URL('..', import.meta.url));
const subPath = 'deep/below';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = await ensureChromium();
  const browser = await chromium.launchServer({ executablePath, args: [...chromiumArguments] });
  // A folder of its own for each run, so that two runs at once, or a server of the real build, do not disturb each
  // other.
  const scratchFolder = join(root, 'runs/e2e', String(process.pid));
  const pageFolder = join(scratchFolder, 'page');
  await buildPage(pageFolder);
  const copy = join(scratchFolder, 'copy');
  cpSync(pageFolder, copy, { recursive: true });
  mkdirSync(join(pageFolder, subPath), { recursive: true });
  cpSync(copy, join(pageFolder, subPath), { recursive: true });
  project.provide('browser', browser.wsEndpoint());
  project.provide('scratchFolder', scratchFolder);
  project.provide('pageFolder', pageFolder);
  project.provide('subPath', subPath);
  return async () => {
    await browser.close();
    rmSync(scratchFolder, { recursive: true, force: true });
  };
}
