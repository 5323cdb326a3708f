// `npm run check:bench`: the types of the benchmarks. Their peers are installed only by those who run them
// (bench/package.json); where they are not, nothing is checked, and that is said.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

if (existsSync(join(root, 'bench/node_modules'))) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'bench'], { cwd: root, stdio: 'inherit' });
  process.exit(status ?? 1);
}
console.log('bench: types not checked, because the peers are not installed; install them with: npm ci --prefix bench');
