// Finds the built page. In a source checkout it builds the page first when it is missing or older than its sources; the
// installed package contains the built page.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuctusError, MissingError } from '../../core/floor.ts';

/** The package's root, two floors up both in src and in dist. */
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The page's sources: when one of them is newer than the page, the page is built again. */
const sources = [
  'apps/web',
  'models',
  'package-lock.json',
  'src/core',
  'src/picture',
  'src/onnx',
  'src/read',
  'src/platform/browser',
];

/** Folders that building and checking write. */
const written = /^(dist|node_modules|\.vite)$|\.tsbuildinfo$|\.test\.tsx?$/;

/**
 * Folder of the built page.
 *
 * In a checkout the environment variable `DUCTUS_MODEL` names a model file for the page, instead of the shipped
 * models; `DUCTUS_MODELS` a folder of models with the names of the shipped ones; and `DUCTUS_COMMITTEE` a committee's
 * file, offered beside the first of them (`none`: no committee).
 *
 * @param note called when a build begins; it takes seconds.
 * @throws {MissingError} when there is neither a built page nor sources to build it from.
 * @throws {DuctusError} when the build fails; its last lines are in the message.
 */
export async function webPageFolder(note: (text: string) => void): Promise<string> {
  if (!existsSync(join(root, 'apps/web/vite.config.ts'))) {
    const installed = join(root, 'dist/web');
    if (existsSync(join(installed, 'index.html'))) return installed;
    throw new MissingError(`${installed}: finding the page: expected it built, received nothing; install ductus again`);
  }
  const { DUCTUS_MODEL: model, DUCTUS_MODELS: models, DUCTUS_COMMITTEE: committee } = process.env;
  const chosen = [model || models, committee].filter(Boolean);
  if (chosen.length > 0) {
    // A page with the user's own models is built anew each time, separate from the page that ships.
    const own = join(root, 'runs/page');
    note(`Building the page with ${chosen.join(' and ')} ...`);
    await build(own);
    return own;
  }
  const folder = join(root, 'apps/web/dist');
  const built = await stat(join(folder, 'index.html')).catch(() => undefined);
  if (built === undefined || (await newest(sources)) > built.mtimeMs) {
    note(built === undefined ? 'Building the page ...' : 'Building the page again, its sources have changed ...');
    await build(folder);
  }
  return folder;
}

/** Time of the last change of anything among these files and folders, in milliseconds. */
async function newest(paths: readonly string[]): Promise<number> {
  let latest = 0;
  for (const path of paths) {
    const full = join(root, path);
    const found = await stat(full).catch(() => undefined);
    if (found === undefined) continue;
    // A folder's own time would show removed files too, but also changes of the files that are skipped below.
    if (!found.isDirectory()) {
      latest = Math.max(latest, found.mtimeMs);
      continue;
    }
    const entries = await readdir(full, { withFileTypes: true });
    const inside = entries.filter(({ name }) => !written.test(name));
    latest = Math.max(latest, await newest(inside.map(({ name }) => join(path, name))));
  }
  return latest;
}

async function build(folder: string): Promise<void> {
  const require = createRequire(import.meta.url);
  let manifest: string;
  try {
    manifest = require.resolve('vite/package.json');
  } catch {
    throw new MissingError('building the page: expected the development packages, received none; run "npm ci"');
  }
  const { bin } = require(manifest) as { bin: Record<string, string> };
  const vite = join(dirname(manifest), bin.vite!);
  const args = [vite, 'build', 'apps/web', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-4000);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  if (code !== 0) throw new DuctusError(`building the page: vite ended with exit code ${code}:\n${output.trim()}`);
}
