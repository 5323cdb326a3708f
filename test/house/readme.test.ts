// Runs the code blocks of the documents that are marked with `<!-- test -->`, as a reader would, page by page, each in
// its order: a `ts` block by tsx, where `ductus` means this source tree (the paths of tsconfig.json), an `sh` block by
// bash with `-e` and `-u`. Both run in the root.
// @module-tag slow
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { documents, root } from './project.ts';
import { type Block, markedBlocks } from './readmeBlocks.ts';

const run = promisify(execFile);
const bin = join(root, 'node_modules/.bin');
// Inside the project, where imports of packages find node_modules; `runs` is not committed.
mkdirSync(join(root, 'runs'), { recursive: true });
const folder = mkdtempSync(join(root, 'runs/readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs one block; resolves to what it printed, rejects with its error output when it fails. */
async function runBlock({ language, code, line }: Block): Promise<string> {
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const file = join(folder, `line-${line}.${language}`);
  writeFileSync(file, code);
  const [command, args] = language === 'ts' ? [join(bin, 'tsx'), [file]] : ['bash', ['-euo', 'pipefail', file]];
  const { stdout } = await run(command, args, { cwd: root, env });
  return stdout;
}

for (const page of documents()) {
  for (const block of markedBlocks(readFileSync(join(root, page), 'utf8'))) {
    it(`${page}, line ${block.line}, runs (${block.language})`, async () => {
      await runBlock(block);
    });
  }
}

it('some blocks of the README are run', () => {
  expect(markedBlocks(readFileSync(join(root, 'README.md'), 'utf8')).length).toBeGreaterThan(0);
});

describe('a block', () => {
  it('in ts imports this source tree by its public names', async () => {
    const code = `import * as read from 'ductus';\nimport { readOnnx } from 'ductus/onnx';\nconst kind: string = typeof readOnnx;\nconsole.log(typeof read, kind);`;
    expect(await runBlock({ language: 'ts', code, line: 1 })).toBe('object function\n');
  });
  it('in sh stands in the root and finds the installed commands', async () => {
    expect(await runBlock({ language: 'sh', code: 'test -f package.json\ncommand -v biome', line: 2 })).toContain(
      'biome',
    );
  });
  it.each([
    ['ts', `import { nothing } from 'ductus/onnx';\nnothing();`],
    ['sh', 'false\ntrue'],
    ['sh', 'echo $unset_name'],
  ] as const)('in %s fails when its code does', async (language, code) => {
    await expect(runBlock({ language, code, line: 3 })).rejects.toThrow();
  });
});
