// What the checks of the house share: where the project stands, its manifest, and its files.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The project's root folder, without a slash at its end. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** The part of `package.json` that the checks look at. */
export interface Manifest {
  readonly name: string;
  readonly files: readonly string[];
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A manifest of the project: its own, or that of a workspace. */
export function readManifest(folder = '.'): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
}

/** The source file behind a built one: `./dist/learn/index.js` is `src/learn/index.ts`. */
export function sourceOf(target: string): string {
  return target.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts');
}

/** The package's public entry points and the source file behind each: `{ 'ductus/learn': 'src/learn/index.ts' }`. */
export function entryPoints(): Record<string, string> {
  const { name, exports } = readManifest();
  const entries: Record<string, string> = {};
  for (const [path, target] of Object.entries(exports)) {
    if (typeof target === 'string') continue;
    entries[name + path.slice(1)] = sourceOf(target.default);
  }
  return entries;
}

/** What is installed, built or kept by git itself, the same as in `.gitignore`; `.git` is a file in a worktree. */
const notOurs = new Set(['node_modules', 'dist', 'runs', 'coverage', '.git']);

/** Every file of the project, from the root, with `/`; walks the folders, because a machine with Node may lack git. */
export function projectFiles(): string[] {
  const files: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (notOurs.has(entry.name)) continue; // `.git` is a file in a second working tree
      if (entry.isDirectory()) {
        walk(path);
      } else if (entry.isFile() && !/\.(tsbuildinfo|tgz)$/.test(entry.name)) {
        files.push(relative(root, path).split(sep).join('/'));
      }
    }
  };
  walk(root);
  return files.sort();
}

/** The pages that readers are sent to, from the root: README, CONTRIBUTING, CHANGELOG and all of `docs`. */
export function documents(): string[] {
  return projectFiles().filter((file) => /^((README|CONTRIBUTING|CHANGELOG)|docs\/.*)\.md$/.test(file));
}

/** The private face of each floor, by the name that benchmarks have for it: `{ '#learn': 'src/learn/floor.ts' }`. */
export function privateFaces(): Record<string, string> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.paths.json'), ts.sys.readFile);
  const paths = config.compilerOptions.paths as Record<string, [string]>;
  return Object.fromEntries(
    Object.entries(paths).flatMap(([name, [file]]) => (name.startsWith('#') ? [[name, file.slice('./'.length)]] : [])),
  );
}
