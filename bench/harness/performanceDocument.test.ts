import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { benchmarks } from '../benchmarks.ts';
import { type ResultRow, spread } from './benchmark.ts';
import { withTables } from './performanceDocument.ts';
import { type Results, readResults, writeResults } from './results.ts';
import { withFolder } from './workload.ts';

const names = ['speed', 'size'];

const empty = [...names, 'runs']
  .map((name) => `By hand: ${name}.\n\n${mark(name)}\n${endMark(name)}\n`)
  .join('\nMore by hand.\n\n');

function mark(name: string): string {
  return `<!-- bench ${name}: written by npm run bench, not by hand -->`;
}

function endMark(name: string): string {
  return `<!-- end of bench ${name} -->`;
}

function measured(benchmark: string, what: string, figure: number): ResultRow {
  return { benchmark, what, unit: 'ms', ours: spread([figure]) };
}

function results(date: string, rows: readonly ResultRow[], more: Partial<Results> = {}): Results {
  const machine = {
    processor: 'a processor',
    cores: 2,
    threads: 2,
    memoryGiB: 8,
    system: 'linux x64',
    node: '20.20.2',
    engine: 'onnxruntime-node 1.30.0',
    ductus: '0.1.0',
    load: 0.25,
    date,
  };
  return { command: `npm run bench -- of ${date}`, machine, peers: {}, absent: [], rows, ...more };
}

/** What stands between a benchmark's marks. */
function tableOf(text: string, name: string): string {
  return text.slice(text.indexOf(mark(name)) + mark(name).length, text.indexOf(endMark(name)));
}

describe('docs/performance.md', () => {
  it('has the tables that the kept results give (npm run bench -- --write-docs)', async () => {
    const path = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));
    const text = await readFile(path, 'utf8');
    const all = benchmarks.map(({ name }) => name);
    expect(text).toBe(withTables(text, await readResults(), all));
    // What it is compared with is more than marks: some figures are kept.
    expect(tableOf(text, 'runs')).toMatch(/\n1\. 20\d\d-/);
  });
});

describe('withTables', () => {
  const old = results('2026-01-01T10:00:00.000Z', [
    measured('speed', 'one', 111),
    measured('speed', 'two', 222),
    measured('size', 'file', 333),
  ]);
  const fresh = results('2026-02-01T10:00:00.000Z', [measured('speed', 'one', 444)]);

  it('shows the newest figure of each row with the run that it comes from', () => {
    const text = withTables(empty, [old, fresh], names);
    expect(tableOf(text, 'speed')).toMatch(/\| one +\| ms +\| 444 +\|.*\| 2 +\|\n\| two +\| ms +\| 222 +\|.*\| 1 +\|/);
    expect(text).not.toContain('111');
    expect(tableOf(text, 'size')).toContain('333');
    const runs = tableOf(text, 'runs');
    expect(runs).toContain(
      '1. 2026-01-01 10:00 UTC, `npm run bench -- of 2026-01-01T10:00:00.000Z`: a processor, 2 cores',
    );
    expect(runs).toContain('Node 20.20.2, onnxruntime-node 1.30.0, 2 threads. Load before it 0.25');
    expect(runs).toContain('\n2. 2026-02-01');
  });

  it('leaves out runs that no figure comes from any more', () => {
    const newest = results('2026-03-01T10:00:00.000Z', [measured('speed', 'one', 555)]);
    const runs = tableOf(withTables(empty, [old, fresh, newest], names), 'runs');
    expect(runs).toContain('2. 2026-03-01');
    expect(runs).not.toContain('2026-02-01');
  });

  it('changes nothing outside of the marks, and nothing when written again', () => {
    const text = withTables(empty, [old, fresh], names);
    const byHand = (all: string): string => all.replace(/(<!-- bench [^>]*-->)[\s\S]*?(<!-- end)/g, '$1\n$2');
    expect(byHand(text)).toBe(empty);
    expect(withTables(text, [old, fresh], names)).toBe(text);
  });

  it('names peers with their versions, peers that were not there with their install command, and a run that was stopped', () => {
    const run = results('2026-02-01T10:00:00.000Z', [measured('speed', 'one', 1)], {
      incomplete: true,
      peers: { PyTorch: { torch: '1.13.0', threads: 2 } },
      absent: [{ name: 'other', install: 'npm install other', reason: 'not found' }],
    });
    const runs = tableOf(withTables(empty, [run], names), 'runs');
    expect(runs).toContain('stopped before its end');
    expect(runs).toContain('. Beside PyTorch (torch 1.13.0, threads 2). Not there: other (`npm install other`)');
  });

  it('says that a benchmark failed, beside its last figures, until it has been measured again', () => {
    const failure = { benchmark: 'speed', what: 'speed', error: 'no | such\nthing' };
    const failed = results('2026-03-01T10:00:00.000Z', [failure]);
    const table = tableOf(withTables(empty, [old, failed], names), 'speed');
    expect(table).toContain('222');
    expect(table).toContain('speed (no \\| such thing)');
    const again = results('2026-04-01T10:00:00.000Z', [measured('speed', 'one', 1)]);
    expect(withTables(empty, [old, failed, again], names)).not.toContain('such');
  });

  it('says what has not been measured', () => {
    expect(tableOf(withTables(empty, [], names), 'size')).toContain('Not measured yet: `npm run bench -- size`');
  });

  it.each([
    ['a benchmark without marks', empty, [...names, 'other'], 'bench other:'],
    ['marks of no benchmark', empty, ['speed'], 'mark "size"'],
    ['marks without an end', empty.replace(endMark('size'), ''), names, endMark('size')],
    ['marks twice', `${empty}${mark('size')}${endMark('size')}`, names, 'found more'],
  ])('refuses %s', (_, text, all, message) => {
    expect(() => withTables(text, [], all)).toThrow(message);
  });
});

describe('results files', () => {
  it('come back as they were written, the oldest first, the same run in the same file', () =>
    withFolder(async (folder) => {
      const late = results('2026-02-01T10:00:00.000Z', [measured('speed', 'one', 2)]);
      const early = results('2026-01-01T10:00:00.000Z', [measured('speed', 'one', 1)]);
      await writeResults(late, ['speed'], folder);
      await writeResults({ ...early, incomplete: true }, [], folder);
      await writeResults(early, [], folder);
      expect(await readResults(folder)).toEqual([early, late]);
    }));

  it('do not name the folder of this checkout', () =>
    withFolder(async (folder) => {
      const root = fileURLToPath(new URL('../../', import.meta.url));
      const error = `cannot find ${join(root, 'bench/x.ts')}`;
      const path = await writeResults(
        results('2026-01-01T10:00:00.000Z', [{ benchmark: 'a', what: 'a', error }]),
        [],
        folder,
      );
      const text = await readFile(path, 'utf8');
      expect(text).toContain('cannot find bench/x.ts');
      expect(text).not.toContain(root);
    }));
});
