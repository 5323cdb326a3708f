// The public names of every entry point, held against a committed list: a name that comes, goes or changes its kind
// is a decision, seen in the diff. After such a decision: npx vitest run test/house -u
// @module-tag slow
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { entryPoints, readManifest, root } from './project.ts';
import { publicApi } from './publicApi.ts';

it('every target in package.json has its source', () => {
  for (const target of Object.values(readManifest().exports)) {
    if (typeof target === 'string') continue;
    expect(target.types).toBe(target.default.replace(/\.js$/, '.d.ts'));
  }
  for (const file of Object.values(entryPoints())) expect(existsSync(join(root, file)), file).toBe(true);
});

it('tsconfig.paths.json gives the same sources to the same names', () => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.paths.json'), ts.sys.readFile);
  const expected = Object.entries(entryPoints()).map(([entry, file]) => [entry, [`./${file}`]]);
  const floors = ['src/core', ...Object.values(entryPoints()).map((file) => dirname(file))];
  const faces = floors.map((floor) => [`#${basename(floor)}`, [`./${floor}/floor.ts`]]);
  expect(config.compilerOptions.paths).toEqual(Object.fromEntries([...expected, ...faces]));
});

it('the public names are those of the committed list', async () => {
  let text = '';
  for (const [entry, file] of Object.entries(entryPoints())) {
    // A namespace is one name.
    const listed = publicApi().filter((name) => name.entry === entry && !name.name.includes('.'));
    // Importing every entry point in Node also proves that none needs a DOM at import, as a server that renders pages
    // asks of `ductus/browser`, or an optional package, as `ductus/node` promises.
    const loaded = Object.keys((await import(pathToFileURL(join(root, file)).href)) as object);
    expect(loaded.sort(), entry).toEqual(listed.filter(({ kind }) => kind !== 'type').map(({ name }) => name));
    text += `${entry}\n${listed.map(({ name, kind }) => `  ${kind} ${name}\n`).join('')}\n`;
  }
  await expect(text).toMatchFileSnapshot('exports.snapshot');
});
