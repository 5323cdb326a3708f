// The public names of the package as the compiler sees them: kind, place, docstring and examples. The checks of the
// house and `scripts/documents/apiDocument.ts` read them from here.
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { entryPoints, root } from './project.ts';

/** A name that the package exports, or a member of one. */
export interface PublicName {
  /** `ductus/learn`. */
  readonly entry: string;
  /** `train`; `ops.add` for a name within a namespace. */
  readonly name: string;
  readonly kind: 'class' | 'function' | 'const' | 'type';
  /** Where it is declared: `src/learn/train/trainer.ts:12`. */
  readonly place: string;
  /** Its docstring without tags; empty where it has none. */
  readonly docs: string;
  /** The code of its `@example` tags. */
  readonly examples: readonly Example[];
  /** Members of an interface, or public ones of a class, that its own declaration has. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly name: string;
  readonly docs: string;
  readonly place: string;
}

export interface Example {
  readonly code: string;
  /** Line of its first code line in the file, from 1. */
  readonly line: number;
  readonly file: string;
  /**
   * Whether it can be run here: not where its block says `no-run`, as those of the browser and of what takes minutes
   * do.
   */
  readonly runs: boolean;
}

let known: readonly PublicName[] | undefined;

/** All public names, by entry point and name; a namespace's own names come after it. */
export function publicApi(): readonly PublicName[] {
  known ??= readApi();
  return known;
}

function readApi(): PublicName[] {
  const entries = Object.entries(entryPoints()).map(([entry, file]) => ({ entry, file: join(root, file) }));
  const files = entries.map(({ file }) => file);
  const { config } = ts.readConfigFile(join(root, 'tsconfig.test.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, root);
  // Names and docstrings need no types of the language's or Node's own, whose reading takes most of the time.
  const program = ts.createProgram(files, { ...options, noLib: true, types: [], noEmit: true });
  const checker = program.getTypeChecker();
  return entries.flatMap(({ entry, file }) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
    return namesOf(entry, module ? checker.getExportsOfModule(module) : [], checker, '');
  });
}

function namesOf(entry: string, symbols: readonly ts.Symbol[], checker: ts.TypeChecker, prefix: string): PublicName[] {
  const sorted = [...symbols].sort((left, right) => (left.name < right.name ? -1 : 1));
  return sorted.flatMap((symbol) => {
    const own = publicName(entry, symbol, checker, prefix);
    const target = aliased(symbol, checker);
    if (!(target.flags & ts.SymbolFlags.ValueModule)) return [own];
    return [own, ...namesOf(entry, checker.getExportsOfModule(target), checker, `${symbol.name}.`)];
  });
}

function publicName(entry: string, symbol: ts.Symbol, checker: ts.TypeChecker, prefix: string): PublicName {
  const target = aliased(symbol, checker);
  const declarations = target.declarations ?? [];
  const first = declarations[0]!;
  const documented = declarations.find((declaration) => docsOf(declaration) !== '') ?? first;
  return {
    entry,
    name: prefix + symbol.name,
    kind: kindOf(symbol, target),
    place: placeOf(first),
    docs: docsOf(documented),
    examples: examplesOf(documented),
    members: declarations.flatMap(membersOf),
  };
}

function aliased(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function kindOf(symbol: ts.Symbol, { flags }: ts.Symbol): PublicName['kind'] {
  const typeOnly = symbol.declarations?.some(ts.isTypeOnlyExportDeclaration);
  if (typeOnly || !(flags & ts.SymbolFlags.Value)) return 'type';
  if (flags & ts.SymbolFlags.Class) return 'class';
  return flags & ts.SymbolFlags.Function ? 'function' : 'const';
}

/** What stands in a declaration's docstring before its tags; a file's head, for a file that is a namespace. */
function docsOf(declaration: ts.Declaration): string {
  if (ts.isSourceFile(declaration)) {
    const head = /^(?:\/\/.*\n)+/.exec(declaration.text)?.[0] ?? '';
    return head.replaceAll(/^\/\/ ?/gm, '').trim();
  }
  const text = ts
    .getJSDocCommentsAndTags(declaration)
    .filter(ts.isJSDoc)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
    .join('\n');
  return text.trim();
}

function examplesOf(declaration: ts.Declaration): Example[] {
  const source = declaration.getSourceFile();
  return ts
    .getJSDocTags(declaration)
    .filter(({ tagName }) => tagName.text === 'example')
    .map((tag) => {
      // By the text of the file: the compiler's reading of a tag drops indentation.
      const text = source.text.slice(tag.tagName.end, tag.end);
      const block = /```ts( no-run)?\r?\n([\s\S]*?)```/.exec(text);
      if (block === null) throw new Error(`${placeOf(declaration)}: expected a block of ts after @example`);
      const code = block[2]!.replaceAll(/^[ \t]*\* ?/gm, '').trimEnd();
      const line = source.getLineAndCharacterOfPosition(tag.tagName.end + block.index).line + 2;
      return { code, line, file: fileOf(source), runs: block[1] === undefined };
    });
}

function membersOf(declaration: ts.Declaration): Member[] {
  if (!ts.isInterfaceDeclaration(declaration) && !ts.isClassDeclaration(declaration)) return [];
  const members = new Map<string, Member>();
  for (const member of [...declaration.members].filter(isPublic)) {
    const name = member.name?.getText() ?? member.getText();
    // A docstring of the getter is that of the setter, too.
    if (members.get(name)?.docs) continue;
    members.set(name, { name, docs: docsOf(member), place: placeOf(member) });
  }
  return [...members.values()];
}

/** What the browser calls of an element is documented by the standard, what overrides a class by that class. */
const calledByBrowser = /^(observedAttributes|(connected|disconnected|attributeChanged)Callback)$/;

function isPublic(member: ts.TypeElement | ts.ClassElement): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return false;
  if (calledByBrowser.test(member.name?.getText() ?? '')) return false;
  if (ts.isConstructorDeclaration(member) || ts.isClassStaticBlockDeclaration(member)) return false;
  const flags = ts.getCombinedModifierFlags(member);
  return (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Override)) === 0;
}

function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${fileOf(source)}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
}

function fileOf(source: ts.SourceFile): string {
  return relative(root, source.fileName).split(sep).join('/');
}
