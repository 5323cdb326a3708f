// Before the end-to-end tests, and only before them: a Chromium to drive and the page, built as it ships. It fails when
// `models/digits.onnx` is missing; `DUCTUS_MODEL=FILE` runs the same tests on another model.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { ensureChromium } from '../scripts/build/chromium.ts';
import { buildPage } from './e2e/buildPage.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Executable of the Chromium to drive. */
    chromium: string;
    /** Folder with the built page; it is there a second time under `subPath`. */
    pageFolder: string;
  }
}

/** Where the second copy of the page stands, below the first. */
export const subPath = 'deep/below';

const root = fileURLToPath(new URL('..', import.meta.url));

export default async function setup(project: TestProject): Promise<() => void> {
  project.provide('chromium', await ensureChromium());
  // A folder of its own for each run, so that two runs at once, or a server of the real build, do not disturb each other.
  const folder = join(root, 'runs/e2e', `page-${process.pid}`);
  await buildPage(folder);
  const copy = `${folder}-copy`;
  cpSync(folder, copy, { recursive: true });
  mkdirSync(join(folder, subPath), { recursive: true });
  cpSync(copy, join(folder, subPath), { recursive: true });
  rmSync(copy, { recursive: true });
  project.provide('pageFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
