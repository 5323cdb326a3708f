// The floors of the house and what each may stand on; `docs/architecture.md` draws the same picture.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { type Floor, findBreaches } from './importGraph.ts';
import { entryPoints, readManifest, root } from './project.ts';

const manifest = readManifest();
const page = readManifest('apps/web');
const dependencies = Object.keys(manifest.dependencies);
const optionalPackages = Object.keys(manifest.peerDependencies ?? {});
const learning = ['src/engine', 'src/samples', 'src/learn'];
const ground = ['src/core', 'src/picture', 'src/onnx'];

const floors: readonly Floor[] = [
  { folder: 'src/core', uses: [], packages: ['valibot'] },
  { folder: 'src/picture', uses: ['src/core'], packages: dependencies },
  { folder: 'src/onnx', uses: ['src/core'], packages: dependencies },
  { folder: 'src/read', uses: ground, packages: dependencies },
  { folder: 'src/engine', uses: ['src/core', 'src/onnx'], packages: dependencies },
  { folder: 'src/samples', uses: ['src/core', 'src/picture'], packages: dependencies },
  { folder: 'src/learn', uses: [...ground, 'src/read', 'src/engine', 'src/samples'], packages: dependencies },
  { folder: 'src/classic', uses: [...ground, 'src/read', ...learning], packages: dependencies },
  {
    folder: 'src/platform/node',
    uses: [...ground, 'src/read', ...learning, 'src/classic'],
    packages: dependencies,
    optionalPackages,
    node: true,
  },
  { folder: 'src/platform/browser', uses: [...ground, 'src/read'], packages: dependencies },
  {
    folder: 'src/cli',
    uses: [...ground, 'src/read', ...learning, 'src/classic', 'src/platform/node'],
    packages: dependencies,
    optionalPackages,
    node: true,
  },
  {
    folder: 'apps/web/src',
    uses: [...ground, 'src/read', 'src/platform/browser'],
    // `#kinds` is a module that its build makes.
    packages: ['#kinds', ...Object.keys({ ...page.dependencies, ...page.devDependencies })],
  },
];

describe('import direction', () => {
  it('holds in every file', { tags: ['slow'] }, () => {
    const breaches = findBreaches(root, floors, entryPoints());
    expect(breaches.map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual([]);
  });

  // The compiler's project references are the second wall; the two must not drift apart.
  it.each(floors.filter((floor) => floor.folder.startsWith('src/')))(
    '$folder: the same in its tsconfig.json',
    (floor) => {
      const path = join(root, floor.folder, 'tsconfig.json');
      const { config } = ts.parseConfigFileTextToJson(path, readFileSync(path, 'utf8')) as {
        config: { references: { path: string }[] };
      };
      const references = config.references.map((reference) => posix.join(floor.folder, reference.path));
      expect(references.sort()).toEqual([...floor.uses].sort());
    },
  );

  it('knows the index of every floor and the source of every public entry point', () => {
    for (const file of Object.values(entryPoints())) expect(existsSync(join(root, file)), file).toBe(true);
  });
});
