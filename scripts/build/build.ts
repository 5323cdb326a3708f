// `npm run build`: the published package in `dist`: every floor by the TypeScript compiler, and the page in `dist/web`.
// Incremental; what remains of a source file that was renamed or removed is deleted, so that it is never published.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

removeOrphans();
run('tsc', ['-b']);
run('vite', ['build', 'apps/web', '--outDir', join(root, 'dist/web'), '--emptyOutDir']);

/** Deletes every compiled file in `dist` that has no source file any more; the compiler never does. */
function removeOrphans(): void {
  const dist = join(root, 'dist');
  if (!existsSync(dist)) return;
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const path = relative(dist, join(entry.parentPath, entry.name));
    if (!entry.isFile() || /^(web|\.build)[\\/]/.test(path)) continue;
    const source = join(root, 'src', path.replace(/\.(js|d\.ts)(\.map)?$/, '.ts'));
    if (existsSync(source) || existsSync(`${source}x`)) continue;
    console.log(`dist/${path}: its source is gone, removed`);
    rmSync(join(dist, path));
  }
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(join(root, 'node_modules/.bin', command), args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status || 1);
}
