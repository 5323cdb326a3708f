// Reads the imports of a source tree and judges them by the rules of the house. Knows the rules' form only; the floors
// themselves stand in `imports.test.ts`. Not a linter: it looks at imports and at Math.random, nothing else.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

/** A floor of the house: the files under one folder, and what they may stand on. */
export interface Floor {
  /** Folder, from the root: `src/read`. */
  readonly folder: string;
  /** Folders of the floors that it may import. */
  readonly uses: readonly string[];
  /** Whether its files may import `node:` modules. */
  readonly node?: boolean;
  /** Packages that it may import at any place. */
  readonly packages?: readonly string[];
  /** Packages that may be missing where it runs: types, and `import()` at the moment of need, but no static import. */
  readonly optionalPackages?: readonly string[];
}

/** How one file names another module. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /**
   * `value` and `type` stand at the head of the file; `lazy` is an `import()` expression; `url` is
   * `new URL('./x.ts', import.meta.url)`, by which a worker's file is named.
   */
  readonly kind: 'value' | 'type' | 'lazy' | 'url';
}

/** One breach of a rule. */
export interface Breach {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const sourceName = /\.tsx?$/;
const notShipped = /(\.test\.tsx?|\.d\.ts)$/;

/**
 * Every breach in the tree under `root`, test files left out: they may import what they like.
 *
 * @param root folder that the floors' folders are relative to.
 * @param entries what the package's own public names stand for, from the root: `{ 'ductus/learn': 'src/learn/index.ts'
 * }`.
 */
export function findBreaches(
  root: string,
  floors: readonly Floor[],
  entries: Readonly<Record<string, string>>,
): Breach[] {
  const breaches: Breach[] = [];
  const edges = new Map<string, string[]>();
  for (const floor of floors) {
    for (const file of sourceFiles(root, floor, floors)) {
      const source = parse(file, readFileSync(join(root, file), 'utf8'));
      const targets: string[] = [];
      edges.set(file, targets);
      for (const line of randomLines(source)) {
        breaches.push({ file, line, text: 'Math.random: take a Random from randomStream(seed, ...keys) instead' });
      }
      for (const found of importsOf(source)) {
        // A folder or an asset that is named by its address is not code.
        if (found.kind === 'url' && !sourceName.test(found.specifier)) continue;
        const breach = (text: string): number => breaches.push({ file, line: found.line, text });
        const target = targetOf(file, found.specifier, entries);
        if (target === undefined) {
          const fault = packageFault(floor, found);
          if (fault) breach(fault);
          continue;
        }
        if (!existsSync(join(root, target))) {
          breach(`'${found.specifier}' names ${target}, which does not exist`);
          continue;
        }
        if (!sourceName.test(target)) continue;
        const other = floorOf(target, floors);
        if (other === undefined) {
          breach(`'${found.specifier}' leaves the house: ${target} belongs to no floor`);
        } else if (other === floor) {
          if (found.kind !== 'url') targets.push(target);
          if (notShipped.test(target)) breach(`'${found.specifier}' imports a test`);
        } else if (!floor.uses.includes(other.folder)) {
          breach(
            `'${found.specifier}': ${floor.folder} must not import ${other.folder}; it may import ${list(floor.uses)}`,
          );
        } else {
          if (found.kind !== 'url') targets.push(target);
          if (target !== `${other.folder}/floor.ts`) {
            breach(`'${found.specifier}' goes past ${other.folder}/floor.ts, by which another floor is imported`);
          }
        }
      }
    }
  }
  for (const cycle of findCycles(edges)) {
    breaches.push({ file: cycle[0]!, line: 1, text: `import cycle: ${[...cycle, cycle[0]].join(' -> ')}` });
  }
  return breaches;
}

/** All imports of a parsed file, types' and lazy ones' too, in the order in which they stand there. */
export function importsOf(source: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined, kind: Import['kind']): void => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      found.push({ specifier: specifier.text, line, kind });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, isTypeImport(node.importClause) ? 'type' : 'value');
    } else if (ts.isExportDeclaration(node)) {
      const names = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : undefined;
      const typeOnly =
        node.isTypeOnly || (names !== undefined && names.length > 0 && names.every((name) => name.isTypeOnly));
      add(node, node.moduleSpecifier, typeOnly ? 'type' : 'value');
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node, node.arguments[0], 'lazy');
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node, node.argument.literal, 'type');
    } else if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'URL') {
      if (node.arguments?.[1]?.getText(source) === 'import.meta.url') add(node, node.arguments[0], 'url');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * Groups of files that import each other in a circle, each group once, as one walk round it (Tarjan 1972 finds the
 * groups; the walk is a shortest one, so that the message names no file that is not part of the trouble).
 */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    low.set(file, order.get(file)!);
    stack.push(file);
    for (const next of edges.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file)!, low.get(next)!));
    }
    if (low.get(file) !== order.get(file)) return;
    const group = new Set(stack.splice(stack.indexOf(file)));
    if (group.size > 1 || edges.get(file)?.includes(file)) cycles.push(shortestWalk(file, group, edges));
  };
  for (const file of edges.keys()) if (!order.has(file)) visit(file);
  return cycles;
}

function shortestWalk(
  start: string,
  group: ReadonlySet<string>,
  edges: ReadonlyMap<string, readonly string[]>,
): string[] {
  const walks: string[][] = [[start]];
  const seen = new Set<string>();
  for (const walk of walks) {
    for (const next of edges.get(walk.at(-1)!) ?? []) {
      if (next === start) return walk;
      if (!group.has(next) || seen.has(next)) continue;
      seen.add(next);
      walks.push([...walk, next]);
    }
  }
  throw new Error(`no walk back to ${start}: it is not in a cycle`);
}

/** Parses one file; nothing is resolved or checked. */
export function parse(file: string, text: string): ts.SourceFile {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, false, kind);
}

/** Lines on which `Math.random` is used; comments and strings do not count. */
export function randomLines(source: ts.SourceFile): number[] {
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.name.text === 'random' &&
      node.expression.getText(source) === 'Math'
    ) {
      lines.push(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const names =
    clause.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : undefined;
  return !clause.name && names !== undefined && names.length > 0 && names.every((name) => name.isTypeOnly);
}

function sourceFiles(root: string, floor: Floor, floors: readonly Floor[]): string[] {
  const folder = join(root, floor.folder);
  if (!existsSync(folder)) throw new Error(`the floor ${floor.folder} has no folder in ${root}`);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && sourceName.test(entry.name) && !notShipped.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file) && floorOf(file, floors) === floor)
    .sort();
}

/** The innermost floor that a file stands on. */
function floorOf(file: string, floors: readonly Floor[]): Floor | undefined {
  return floors
    .filter((floor) => file.startsWith(`${floor.folder}/`))
    .sort((left, right) => right.folder.length - left.folder.length)[0];
}

/** The file in the tree that a specifier names, or undefined when it names a package. */
function targetOf(file: string, specifier: string, entries: Readonly<Record<string, string>>): string | undefined {
  const path = withoutQuery(specifier);
  if (path.startsWith('.')) return posix.normalize(posix.join(dirname(file), path));
  return entries[path];
}

function packageFault(floor: Floor, found: Import): string | undefined {
  const { specifier, kind } = found;
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return floor.node ? undefined : `'${specifier}': ${floor.folder} must run without Node`;
  }
  const name = withoutQuery(specifier)
    .split('/', specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (floor.packages?.includes(name)) return undefined;
  if (floor.optionalPackages?.includes(name)) {
    if (kind === 'lazy' || kind === 'type') return undefined;
    return `'${specifier}' is an optional package: import its types, and itself by import() where it is needed`;
  }
  return `'${specifier}': ${floor.folder} may import ${list([...(floor.packages ?? []), ...(floor.optionalPackages ?? [])])}`;
}

/** A query such as Vite's `?worker` or `?url` says how a file is loaded, not which. */
function withoutQuery(specifier: string): string {
  return specifier.replace(/\?.*$/, '');
}

function list(names: readonly string[]): string {
  return names.length > 0 ? names.join(', ') : 'nothing';
}
