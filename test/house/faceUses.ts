// Which names the files of the project take from the floors' private faces, in whatever way they are imported. Reads,
// and judges nothing.
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { parse } from './importGraph.ts';
import { privateFaces, projectFiles, root } from './project.ts';

/** Names that the file of a face exports, each by its own name. */
export function namesOf(face: string): string[] {
  const names: string[] = [];
  for (const statement of parsed(face).statements) {
    if (!ts.isExportDeclaration(statement)) continue;
    const clause = statement.exportClause;
    if (clause === undefined) throw new Error(`${face}: 'export *' hides what is exported; name it`);
    if (ts.isNamespaceExport(clause)) names.push(clause.name.text);
    else names.push(...clause.elements.map(({ name }) => name.text));
  }
  return names;
}

/** The names that are taken from each face by the files of the project, tests, scripts and benchmarks included. */
export function usesOfFaces(): Map<string, Set<string>> {
  const faces = Object.values(privateFaces());
  const uses = new Map(faces.map((face) => [face, new Set<string>()]));
  for (const file of projectFiles().filter((name) => /\.tsx?$/.test(name))) {
    const source = parsed(file);
    const take = (specifier: string, names: readonly string[]): void => {
      const used = uses.get(faceOf(file, specifier));
      for (const name of names) used?.add(name);
    };
    const visit = (node: ts.Node): void => {
      takeFrom(node, source, take);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return uses;
}

/** Tells `take` what one node imports, if it is an import. */
function takeFrom(node: ts.Node, source: ts.SourceFile, take: (specifier: string, names: string[]) => void): void {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const names = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
    if (node.moduleSpecifier === undefined || !ts.isStringLiteral(node.moduleSpecifier)) return;
    if (names !== undefined && 'elements' in names) {
      take(
        node.moduleSpecifier.text,
        names.elements.map(({ propertyName, name }) => (propertyName ?? name).text),
      );
    } else if (names !== undefined && ts.isNamespaceImport(names)) {
      take(node.moduleSpecifier.text, membersOf(source, names.name.text));
    }
  } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && node.qualifier) {
    take((node.argument.literal as ts.StringLiteral).text, [node.qualifier.getText(source).split('.')[0]!]);
  } else if (ts.isVariableDeclaration(node)) {
    // const { name } = await import('...'), or const module = await import('...') and its members
    const specifier = node.initializer && lazyImport(node.initializer);
    if (specifier === undefined) return;
    if (ts.isObjectBindingPattern(node.name)) {
      take(
        specifier,
        node.name.elements.map(({ propertyName, name }) => (propertyName ?? name).getText(source)),
      );
    } else take(specifier, membersOf(source, node.name.getText(source)));
  } else if (ts.isPropertyAccessExpression(node)) {
    const specifier = lazyImport(node.expression);
    if (specifier !== undefined) take(specifier, [node.name.text]);
  }
}

/** The specifier of `await import('...')`, with or without brackets around it. */
function lazyImport(node: ts.Expression): string | undefined {
  if (ts.isParenthesizedExpression(node)) return lazyImport(node.expression);
  if (!ts.isAwaitExpression(node) || !ts.isCallExpression(node.expression)) return undefined;
  const [argument] = node.expression.arguments;
  const isImport = node.expression.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport && argument && ts.isStringLiteralLike(argument) ? argument.text : undefined;
}

/** Members that are read of a variable: `name` of `module.name`. */
function membersOf(source: ts.SourceFile, variable: string): string[] {
  const members: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.expression.getText(source) === variable)
      members.push(node.name.text);
    if (ts.isQualifiedName(node) && node.left.getText(source) === variable) members.push(node.right.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return members;
}

const privateNames = privateFaces();
const parsedFiles = new Map<string, ts.SourceFile>();

function parsed(file: string): ts.SourceFile {
  const known = parsedFiles.get(file) ?? parse(file, readFileSync(join(root, file), 'utf8'));
  parsedFiles.set(file, known);
  return known;
}

/** The file in the tree that a specifier names: a path, or a private name. */
function faceOf(file: string, specifier: string): string {
  const target = privateNames[specifier];
  return target === undefined ? posix.normalize(posix.join(dirname(file), specifier)) : target;
}
