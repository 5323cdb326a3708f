// What holds for every file of the project: its length, and that it names no machine and no package registry's address.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFiles, root } from './project.ts';

const warnLines = 400;
const failLines = 600;
/** A larger file is data; a path in it would have come in by a smaller one. */
const maxScannedBytes = 32 * 1024 * 1024;

/** The addresses that `text` should not hold: folders of one machine, and where one machine fetches its packages. */
function strayAddresses(text: string, registry: string): string[] {
  const patterns = [
    // A whole path only: with a name or dots before its first slash it is none.
    /(?<![\w.~*-])\/(?:work|root|home\/\w+|Users\/\w+)\/[^\s'"`)]*/g,
    /"resolved": "https?:[^"]*/g,
    /\bregistry\.[\w-]+\.\w+\b[^\s'"`)]*/g,
  ];
  const found = patterns.flatMap((pattern) => text.match(pattern) ?? []);
  return text.includes(registry) ? [...found, registry] : found;
}

describe('file length', () => {
  it(`stays under ${failLines} lines`, () => {
    const lengths = projectFiles()
      .filter((file) => /\.(tsx?|js|mjs|svelte|css)$/.test(file))
      .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }));
    for (const { file, lines } of lengths) {
      if (lines > warnLines) console.warn(`${file}: ${lines} lines; over ${warnLines} it should be divided`);
    }
    expect(lengths.filter(({ lines }) => lines > failLines)).toEqual([]);
  });
});

describe('addresses of one machine', () => {
  it('stand in no file', () => {
    const host = new URL(execFileSync('npm', ['config', 'get', 'registry'], { cwd: root, encoding: 'utf8' }).trim())
      .host;
    const found: string[] = [];
    for (const file of projectFiles()) {
      if (statSync(join(root, file)).size > maxScannedBytes) continue;
      for (const address of strayAddresses(readFileSync(join(root, file), 'latin1'), host))
        found.push(`${file}: ${address}`);
    }
    expect(found).toEqual([]);
  });

  it('would be found', () => {
    const machine = ['', 'work', 'main', 'x.ts'].join('/');
    expect(strayAddresses(`see '${machine}'`, 'mirror:1')).toEqual([machine]);
    expect(strayAddresses(`see ${['', 'home', 'me', 'x'].join('/')}`, 'mirror:1')).toHaveLength(1);
    expect(strayAddresses(`${'"resolved"'}: "https://example.org/x.tgz"`, 'mirror:1')).toHaveLength(1);
    expect(strayAddresses(`from ${['registry', 'example', 'org'].join('.')}/x`, 'mirror:1')).toHaveLength(1);
    expect(strayAddresses('from mirror:1/x', 'mirror:1')).toEqual(['mirror:1']);
    for (const lead of ['framework', '..', 'src']) {
      expect(strayAddresses([lead, 'work', 'x'].join('/'), 'mirror:1')).toEqual([]);
    }
  });
});
