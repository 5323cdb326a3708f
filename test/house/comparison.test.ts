// docs/comparison.md holds what the kept comparison says.
// @module-tag slow
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  docs,
  keptComparison,
  readComparison,
  readKept,
  withComparison,
} from '../../scripts/documents/comparisonDocument.ts';
import { classifierKinds, comparisonColumns, trialColumns } from '../../src/classic/floor.ts';
import { comparisonPageOf, type FinishedComparison, measuringHost } from '../../src/platform/node/floor.ts';
import { runDuctus } from '../runDuctus.ts';

let folder: string;
let found: FinishedComparison;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-comparison-'));
  const args = ['--held-back', '--train', '60', '--limit', '40', '--trials', '10', '--systems', 'fuzzy-membership'];
  await runDuctus(['compare', ...args, '--out', 'out'], { folder });
  found = await readComparison(join(folder, 'out/comparison.json'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('docs/comparison.md', () => {
  it('has the tables that the kept comparison gives (npx tsx scripts/documents/keepComparison.ts)', async () => {
    const page = await readFile(docs('comparison.md'), 'utf8');
    expect(page).toBe(withComparison(page, await readKept()));
  });

  it('links a page that is made from the same figures', async () => {
    const page = await readFile(docs(`comparison/${keptComparison}.html`), 'utf8');
    expect(page).toBe(await comparisonPageOf((await readKept())!));
  });

  it('says what every system and every column is', async () => {
    const page = await readFile(docs('comparison.md'), 'utf8');
    for (const { name } of classifierKinds(measuringHost())) {
      expect(page, name).toContain(name.startsWith('fourier-') ? '`fourier-...`' : `\`${name}\``);
    }
    const explained = [...page.matchAll(/^\| ([a-z ,]+) \|/gm)].flatMap(([, titles]) => titles!.split(', '));
    for (const { title } of [...comparisonColumns, ...trialColumns]) expect(explained, title).toContain(title);
  });
});

describe('withComparison', () => {
  const page = `By hand.\n<!-- comparison: written by npx tsx scripts/documents/keepComparison.ts, not by hand -->\n<!-- end of comparison -->\nMore.\n`;

  it('writes a row a system, and how it was made, and nothing outside of the marks', () => {
    const written = withComparison(page, found);
    expect(written).toMatch(/^By hand\.\n<!-- comparison[\s\S]*<!-- end of comparison -->\nMore\.\n$/);
    expect(written).toMatch(/^\| system +\| right +\| interval +\| in first two +\| trained on +\| learning/m);
    expect(written).toMatch(/^\| fuzzy-membership +\| \d\d\.\d\d % +\| \d\d\.\d\d % to \d\d\.\d\d % +\|.*\| 60 +\|/m);
    expect(written).toMatch(/^\| system +\| clean .*\| 6 for 9 \|$/m);
    expect(written).toMatch(/^\| system +\| 1 % refused/m);
    expect(written).toMatch(/60 training samples, 40 test pictures .*seed 1\. .*, onnxruntime-node .*, Node v/);
    expect(withComparison(written, found)).toBe(written);
    expect(withComparison(written, undefined)).toContain('Not recorded yet');
  });

  it('refuses a page without marks, and a comparison that is damaged', async () => {
    expect(() => withComparison('By hand.', found)).toThrow(/docs\/comparison\.md: expected one mark/);
    const file = join(folder, 'damaged.json');
    const json = JSON.parse(await readFile(join(folder, 'out/comparison.json'), 'utf8'));
    await writeFile(file, JSON.stringify({ ...json, results: [{ ...json.results[0], bytes: -1 }] }));
    await expect(readComparison(file)).rejects.toThrow(/damaged\.json: result/);
  });
});
