// The judge itself on small made-up trees: every rule must be able to fail.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Floor, findBreaches, findCycles, importsOf, parse, randomLines } from './importGraph.ts';

const floors: readonly Floor[] = [
  { folder: 'src/ground', uses: [] },
  { folder: 'src/left', uses: ['src/ground'], packages: ['pbf'] },
  { folder: 'src/right', uses: ['src/ground'] },
  { folder: 'src/roof', uses: ['src/ground', 'src/left'], node: true, optionalPackages: ['@heavy/engine'] },
];
const sound: Readonly<Record<string, string>> = {
  'src/ground/floor.ts': `export { one } from './one.ts';`,
  'src/ground/one.ts': 'export const one = 1; // not Math.random()',
  'src/left/floor.ts': `import { one } from '../ground/floor.ts';\nimport { Pbf } from 'pbf';\nexport const left = [one, Pbf];`,
  'src/left/index.test.ts': `import '../roof/floor.ts';\nimport 'vitest';\nMath.random();`,
  'src/right/floor.ts': 'export const right = 2;',
  'src/roof/floor.ts': [
    `import { readFile } from 'node:fs/promises';`,
    `import type { Engine } from '@heavy/engine/types';`,
    `import { left } from '../left/floor.ts?inline';`,
    `export const roof = async (): Promise<Engine> => [left, readFile, await import('@heavy/engine')];`,
    `export const worker = new URL('./worker.ts', import.meta.url);`,
    `export const models = new URL('../../models/', import.meta.url);`,
  ].join('\n'),
  'src/roof/worker.ts': `import { roof } from './floor.ts';\nexport { roof };`,
};
const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** Breaches of the sound tree with some files changed or added, as `file:line text`. */
function breachesWith(changes: Readonly<Record<string, string>>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'ductus-house-'));
  made.push(root);
  for (const [file, text] of Object.entries({ ...sound, ...changes })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return findBreaches(root, floors, { house: 'src/left/floor.ts', 'house/roof': 'src/roof/floor.ts' }).map(
    (breach) => `${breach.file}:${breach.line} ${breach.text}`,
  );
}

describe('findBreaches', () => {
  it('finds nothing in a sound tree, whatever its tests import', () => {
    expect(breachesWith({})).toEqual([]);
  });

  const faults: readonly [rule: string, file: string, text: string, expected: RegExp][] = [
    [
      'a floor above',
      'src/ground/one.ts',
      `\nimport '../roof/floor.ts';`,
      /^src\/ground\/one.ts:2 .*must not import src\/roof; .*nothing$/,
    ],
    [
      'a floor beside',
      'src/right/floor.ts',
      `import { left } from '../left/floor.ts';`,
      /src\/right must not import src\/left/,
    ],
    [
      'a floor above, its types only',
      'src/ground/one.ts',
      `import type { left } from '../left/floor.ts';`,
      /must not import/,
    ],
    [
      'a floor above, inside a type',
      'src/ground/one.ts',
      `export type X = import('../left/floor.ts').left;`,
      /must not import/,
    ],
    [
      'a floor above, later on',
      'src/ground/one.ts',
      `export const x = () => import('../left/floor.ts');`,
      /must not import/,
    ],
    ['a floor above, re-exported', 'src/ground/one.ts', `export * from '../left/floor.ts';`, /must not import/],
    [
      'a floor above, as a worker',
      'src/ground/one.ts',
      `new URL('../left/floor.ts', import.meta.url);`,
      /must not import/,
    ],
    ['a floor above, by public name', 'src/ground/one.ts', `import 'house';`, /must not import src\/left/],
    [
      'a way past the index',
      'src/left/floor.ts',
      `import { one } from '../ground/one.ts';`,
      /goes past src\/ground\/floor.ts/,
    ],
    [
      'a way out of the house',
      'src/left/floor.ts',
      `import { x } from '../outside.ts';`,
      /outside.ts belongs to no floor/,
    ],
    [
      'a file that is not there',
      'src/left/floor.ts',
      `import { x } from './gone.ts';`,
      /src\/left\/gone.ts, which does not exist/,
    ],
    ['a test', 'src/left/floor.ts', `import './index.test.ts';`, /imports a test/],
    ['a node: module below', 'src/left/floor.ts', `import 'node:fs';`, /must run without Node/],
    ['a bare node module below', 'src/left/floor.ts', `import 'fs';`, /must run without Node/],
    ['a package that is not declared', 'src/left/floor.ts', `import 'lodash';`, /'lodash': src\/left may import pbf/],
    [
      'an optional package at once',
      'src/roof/floor.ts',
      `import { run } from '@heavy/engine';`,
      /is an optional package/,
    ],
    ['Math.random', 'src/ground/one.ts', 'export const one = 1 + Math.random();', /^src\/ground\/one.ts:1 Math.random/],
    [
      'a file that imports itself',
      'src/ground/one.ts',
      `import './one.ts';`,
      /cycle: src\/ground\/one.ts -> src\/ground\/one.ts$/,
    ],
    [
      'a cycle in a folder',
      'src/ground/one.ts',
      `import { one } from './floor.ts';`,
      /^src\/ground\/floor.ts:1 import cycle: /,
    ],
    ['a cycle of types', 'src/ground/one.ts', `import type { one } from './floor.ts';`, /import cycle/],
  ];
  it.each(faults)('finds %s', (_rule, file, text, expected) => {
    const breaches = breachesWith({ 'src/outside.ts': 'export const x = 1;', [file]: text });
    expect(breaches).toHaveLength(1);
    expect(breaches[0]).toMatch(expected);
  });

  it('takes a public name for the file behind it', () => {
    expect(breachesWith({ 'src/roof/floor.ts': `import { left } from 'house';\nexport const roof = left;` })).toEqual(
      [],
    );
  });

  it('says so when a floor is missing, rather than finding nothing', () => {
    expect(() => findBreaches(tmpdir(), [{ folder: 'src/nowhere', uses: [] }], {})).toThrow(
      'src/nowhere has no folder',
    );
  });
});

describe('findCycles', () => {
  it('gives a shortest walk, once for each group', () => {
    const edges = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['b']],
      ['d', ['e']],
      ['e', ['f']],
      ['f', ['d', 'e']],
    ]);
    expect(findCycles(edges)).toEqual([
      ['d', 'e', 'f'],
      ['b', 'c'],
    ]);
  });
});

describe('importsOf', () => {
  it('tells kinds apart and gives lines', () => {
    const text = [
      `import a, { type B } from './a.ts';`,
      `import { type C, type D } from './c.ts';`,
      `export type { E } from './e.ts';`,
      `export { f } from './f.ts';`,
      `// import './comment.ts';`,
      `const g = "import './string.ts'";`,
      `const h = await import('./h.ts');`,
      `new URL('./i.ts', import.meta.url); new URL('./j.ts', base);`,
    ].join('\n');
    expect(importsOf(parse('x.ts', text)).map((found) => [found.specifier, found.line, found.kind])).toEqual([
      ['./a.ts', 1, 'value'],
      ['./c.ts', 2, 'type'],
      ['./e.ts', 3, 'type'],
      ['./f.ts', 4, 'value'],
      ['./h.ts', 7, 'lazy'],
      ['./i.ts', 8, 'url'],
    ]);
  });
});

describe('randomLines', () => {
  it('sees code, not comments or strings', () => {
    const text = `// Math.random()\nconst text = 'Math.random';\nconst draw = Math.random;\nconst dice = other.random();`;
    expect(randomLines(parse('x.ts', text))).toEqual([3]);
  });
});
