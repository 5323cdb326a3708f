// The comparison as a user runs it: processes, files, going on, and wrong usage.
// @module-tag slow
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDuctus, startDuctus } from '../../../test/runDuctus.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-compare-'));
});
afterAll(() => rm(folder, { recursive: true }));

// Held back: a test never reads MNIST's test set.
const common = ['compare', '--held-back', '--train', '100', '--limit', '60', '--trials', '20', '--out', 'out'];

describe('ductus compare', () => {
  it('measures systems, writes table, JSON and page, and keeps what it has', async () => {
    const run = await runDuctus([...common, '--systems', 'fuzzy-membership'], { folder });
    expect(run.stderr).toMatch(/100 training samples, 60 test pictures, 1 systems/);
    expect(run.stderr).toMatch(/1 of 1: fuzzy-membership: \d\d\.\d\d % right, learnt in/);
    expect(run.stdout).toMatch(
      /^system +right +interval +in first two +trained on +learning +a character +size +memory\n/,
    );
    expect(run.stdout).toMatch(/^system +clean +noise +rotation +thin +thick +pairs read +pairs refused +6 for 9\n/m);
    expect(run.stdout).toMatch(/^system +1 % refused +2 % refused/m);
    expect(run.stdout).toMatch(/^fuzzy-membership: Fuzzy membership .*\n {2}Published: /m);
    expect(run.code).toBe(0);
    const kept = await readFile(join(folder, 'out/systems/fuzzy-membership.json'), 'utf8');

    const more = await runDuctus([...common, '--systems', 'fuzzy-membership,nearest-neighbours', '--json'], { folder });
    expect(more.code).toBe(0);
    const results = more.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results.map(({ system }) => system)).toEqual(['fuzzy-membership', 'nearest-neighbours']);
    expect(results[0]).toEqual(JSON.parse(kept).result);
    expect(results[1].test.accuracy).toBeGreaterThan(0.5);
    expect(results[1].memory.peak).toBeGreaterThan(results[1].memory.before);
    const json = JSON.parse(await readFile(join(folder, 'out/comparison.json'), 'utf8'));
    expect(json.results).toEqual(results);
    expect(json.made.sha256.training).toMatch(/^[0-9a-f]{64}$/);
    const page = await readFile(join(folder, 'out/comparison.html'), 'utf8');
    expect(page).toContain('nearest-neighbours');
    expect(page.match(/<svg/g)).toHaveLength(2);
  });

  it('measures anew when the samples are others, and says which system failed', async () => {
    const before = await readFile(join(folder, 'out/systems/fuzzy-membership.json'), 'utf8');
    const run = await runDuctus([...common, '--train', '5', '--systems', 'fuzzy-membership'], { folder });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/error: fuzzy-membership: .*expected at least 1 sample of each class/);
    expect(run.stderr).toMatch(/^fuzzy-membership: measured again; changed since: training$/m);
    expect(await readFile(join(folder, 'out/systems/fuzzy-membership.json'), 'utf8')).toBe(before);
  });

  it('measures anew what was measured with other code or settings, and says so', async () => {
    const file = join(folder, 'out/systems/fuzzy-membership.json');
    const saved = JSON.parse(await readFile(file, 'utf8'));
    expect(saved.key).toMatchObject({ settings: '{"fused":10,"softness":0.7}', seed: 1, trials: 20 });
    expect(saved.key.code).toMatch(/^[0-9a-f]{64}$/);
    await writeFile(file, JSON.stringify({ ...saved, key: { ...saved.key, code: 'older', settings: '{}' } }));
    const run = await runDuctus([...common, '--seed', '2', '--systems', 'fuzzy-membership'], { folder });
    expect(run.stderr).toMatch(
      /^fuzzy-membership: measured again; changed since: code, settings, training, test, seed$/m,
    );
    expect(run.stderr).toMatch(/1 of 1: fuzzy-membership: .* right, learnt in/);
    const again = await runDuctus([...common, '--seed', '2', '--systems', 'fuzzy-membership'], { folder });
    expect(again.stderr).toMatch(/1 of 1: fuzzy-membership: .* right, measured before/);
  });

  it('goes on where it was stopped, with what is measured already', async () => {
    const two = ['--train', '1000', '--jobs', '1', '--systems', 'fuzzy-membership,multiscale', '--out', 'stopped'];
    const { ended } = startDuctus([...common, ...two], { folder, interruptAt: /1 of 2: / });
    const { code, stderr: said } = await ended;
    expect([code, said]).toEqual([
      1,
      expect.stringMatching(/stopping; the same command goes on with the systems that are left/),
    ]);
    expect((await readdir(join(folder, 'stopped/systems'))).sort()).toEqual([
      'fuzzy-membership.json',
      'fuzzy-membership.onnx',
    ]);
    const { stderr } = await runDuctus([...common, ...two], { folder });
    expect(stderr).toMatch(/^1 of 2: fuzzy-membership: .*measured before\n2 of 2: multiscale: .* learnt in/m);
  });

  it('lists the systems with what was published of them', async () => {
    const { stdout, code } = await runDuctus(['compare', '--list'], { folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^support-vectors\n {2}Support vector machine.*\n {2}Published: 1\.4 % error/m);
  });

  it('refuses what it does not know', async () => {
    const unknown = await runDuctus(['compare', '--systems', 'magic'], { folder });
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/unknown system "magic"; expected one of .*support-vectors/);
    const both = await runDuctus([...common, '--test', 'mnist:test'], { folder });
    expect(both.stderr).toMatch(/expected one of them, received both/);
    expect(both.code).toBe(2);
    await writeFile(join(folder, 'out/systems/fuzzy-membership.json'), 'no JSON');
    const damaged = await runDuctus([...common, '--systems', 'fuzzy-membership'], { folder });
    expect(damaged.stderr).toMatch(/fuzzy-membership\.json: expected the result of a system/);
    expect(damaged.code).toBe(1);
  });
});
