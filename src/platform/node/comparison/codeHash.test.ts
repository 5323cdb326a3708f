import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { classifierKinds } from '../../../classic/floor.ts';
import { codeHash } from './codeHash.ts';
import { measuringHost } from './measuringHost.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-code-'));
});
afterAll(() => rm(folder, { recursive: true }));

const files = {
  'begin.ts': [
    "import { type Shape, one } from './one.ts';",
    'import type {\n  Other,\n} from "./types.ts";',
    "export * from './deep/two.ts';",
    "const three = await import('./three.ts');",
    "// taken over from './gone.ts'",
  ].join('\n'),
  'one.ts': "import './begin.ts';\nexport const one = 1;",
  'types.ts': 'export type Other = 1;',
  'deep/two.ts': "export { one } from '../one.ts';",
  'three.ts': 'export default 3;',
  'beside.ts': 'export const beside = 1;',
};

/** The hash of `begin.ts` in a folder of these files, some changed. */
async function hashOf(name: string, changed: Partial<typeof files> = {}): Promise<string> {
  await mkdir(join(folder, name, 'deep'), { recursive: true });
  for (const [file, text] of Object.entries({ ...files, ...changed })) {
    await writeFile(join(folder, name, file), text);
  }
  return codeHash([pathToFileURL(join(folder, name, 'begin.ts')).href]);
}

it('is the same wherever the code lies, and another when anything changes that it runs', async () => {
  const hash = await hashOf('a');
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(await hashOf('b')).toBe(hash);
  expect(await hashOf('c', { 'types.ts': '', 'beside.ts': '' })).toBe(hash);
  for (const file of ['begin.ts', 'one.ts', 'deep/two.ts', 'three.ts'] as const) {
    expect(await hashOf('d', { [file]: `${files[file]}\n// more` }), file).not.toBe(hash);
  }
});

it('tells the code of one compared system from that of another', () => {
  const hashes = new Map(classifierKinds(measuringHost()).map(({ name, modules }) => [name, codeHash(modules)]));
  const own = ['support-vectors', 'nearest-neighbours', 'hidden-markov', 'fuzzy-membership', 'multiscale', 'cnn'];
  expect(new Set([...own, 'deep-belief'].map((name) => hashes.get(name))).size).toBe(own.length + 1);
});
