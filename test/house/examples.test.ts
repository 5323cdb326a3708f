// The examples in the docstrings of public names: all are checked by the compiler, and all but those of the browser and
// of what takes minutes are run as they stand; what they say that they print, they print. Every public function and
// class is used by one.
// @module-tag slow
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from './project.ts';
import { type Example, publicApi } from './publicApi.ts';

const api = publicApi();
const examples = api.flatMap((name) =>
  name.examples.map((example) => ({ ...example, of: `${name.entry}, ${name.name}` })),
);

/**
 * Names that need no example: errors are caught by their class and thrown by nobody outside, and a module's end is its
 * start's.
 */
const obvious = new Set(['DivergenceError', 'MissingError', 'ShapeError', 'UnsupportedError', 'InkPadElement']);

// Inside the project, where imports of packages find node_modules; `runs` is not committed.
mkdirSync(join(root, 'runs'), { recursive: true });
const folder = mkdtempSync(join(root, 'runs/examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes an example as a module of its own, its lines where they are in the example, and returns its path. */
function fileOf({ code }: Example, index: number): string {
  const file = join(folder, `example-${index}.ts`);
  // What it prints comes here and not to the terminal.
  const console = `const console: { log(...values: unknown[]): void } = (globalThis as never as { [key: symbol]: never })[Symbol.for('example')];`;
  writeFileSync(file, `${console} void console; export {};\n${code}\n`);
  return file;
}

const files = examples.map(fileOf);

describe('the examples of public names', () => {
  it('fit the types', () => {
    const { config } = ts.readConfigFile(join(root, 'tsconfig.test.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
    const program = ts.createProgram(files, { ...options, noEmit: true });
    const faults = files.flatMap((file, index) => {
      const source = program.getSourceFile(file)!;
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return found.map(({ start, messageText }) => {
        const { file: at, line, of } = examples[index]!;
        const place = line + source.getLineAndCharacterOfPosition(start ?? 0).line - 1;
        return `${at}:${place} (${of}) ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      });
    });
    expect(faults).toEqual([]);
  });

  it.each(examples.map((example, index) => ({ ...example, index })).filter(({ runs }) => runs))(
    '$of runs and prints what it says',
    async ({ code, index }) => {
      const printed: string[] = [];
      const log = (...values: unknown[]): number => printed.push(format(...values));
      (globalThis as { [key: symbol]: unknown })[Symbol.for('example')] = { log };
      await import(/* @vite-ignore */ files[index]!);
      const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
      expect(promised.length).toBeGreaterThan(0);
      expect(printed).toEqual(promised);
    },
  );

  it('use every public function and class', () => {
    const code = examples.map((example) => example.code).join('\n');
    const unused = api.filter(
      ({ name, kind }) =>
        (kind === 'function' || kind === 'class') &&
        !name.includes('.') &&
        !obvious.has(name) &&
        !new RegExp(`\\b${name}\\b`).test(code),
    );
    expect(unused.map(({ entry, name }) => `${entry} ${name}`)).toEqual([]);
  });
});
