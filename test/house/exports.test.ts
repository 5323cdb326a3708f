// The public names of every entry point, held against a committed list: a name that comes, goes or changes its kind
// is a decision, seen in the diff. After such a decision: npx vitest run test/house -u
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { entryPoints, readManifest, root, sourceOf } from './project.ts';

interface PublicName {
  readonly name: string;
  readonly kind: 'class' | 'function' | 'const' | 'type';
}

/** Names that each file exports, by the type checker, sorted; a name that is both value and type counts as the value. */
function publicNames(files: readonly string[]): Map<string, PublicName[]> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.test.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, root);
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  return new Map(
    files.map((file) => {
      const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
      const symbols = module ? checker.getExportsOfModule(module) : [];
      const names = symbols.map((symbol) => ({ name: symbol.name, kind: kindOf(symbol, checker) }));
      return [file, names.sort((left, right) => (left.name < right.name ? -1 : 1))];
    }),
  );
}

function kindOf(symbol: ts.Symbol, checker: ts.TypeChecker): PublicName['kind'] {
  const typeOnly = symbol.declarations?.some(ts.isTypeOnlyExportDeclaration);
  const { flags } = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (typeOnly || !(flags & ts.SymbolFlags.Value)) return 'type';
  if (flags & ts.SymbolFlags.Class) return 'class';
  return flags & ts.SymbolFlags.Function ? 'function' : 'const';
}

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
  const faces = Object.entries(readManifest().imports).map(([name, target]) => [name, [`./${sourceOf(target)}`]]);
  expect(config.compilerOptions.paths).toEqual(Object.fromEntries([...expected, ...faces]));
});

it('the public names are those of the committed list', { tags: ['slow'] }, async () => {
  const entries = Object.entries(entryPoints()).map(([entry, file]) => ({ entry, file: join(root, file) }));
  const names = publicNames(entries.map(({ file }) => file));
  let text = '';
  for (const { entry, file } of entries) {
    const listed = names.get(file)!;
    // Importing every entry point in Node also proves that none needs a DOM at import, as a server that renders pages
    // asks of `ductus/browser`, or an optional package, as `ductus/node` promises.
    const loaded = Object.keys((await import(pathToFileURL(file).href)) as object);
    expect(loaded.sort(), entry).toEqual(listed.filter(({ kind }) => kind !== 'type').map(({ name }) => name));
    text += `${entry}\n${listed.map(({ name, kind }) => `  ${kind} ${name}\n`).join('')}\n`;
  }
  await expect(text).toMatchFileSnapshot('exports.snapshot');
});
