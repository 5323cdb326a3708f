// @module-tag slow
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, printedBy, runDuctus, startDuctus } from '../../../test/runDuctus.ts';
import type { ReviewCurve } from '../../learn/floor.ts';
import { encodePng, openDataset } from '../../platform/node/floor.ts';
import { formatIdx, limitSamples, materialize, pictureAt } from '../../samples/floor.ts';

/** Pictures in the folder of scans. */
const scanCount = 12;

let folder: string;
let truth: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-review-'));
  const digits = materialize(limitSamples(await openDataset('mnist:train'), 60, 5));
  truth = Array.from(digits.targets.subarray(0, scanCount), String);
  await mkdir(join(folder, 'scans'));
  for (let index = 0; index < scanCount; index++) {
    const { width, height, pixels } = pictureAt(digits, index);
    // Dark on light, as paper is; the names in the order of the pictures.
    const paper = { width, height, pixels: pixels.map((ink) => 255 - ink) };
    await writeFile(join(folder, 'scans', `${String.fromCharCode(97 + index)}.png`), await encodePng(paper));
  }
  await writeFile(
    join(folder, 'x-images.idx3'),
    formatIdx({ type: 'uint8', shape: [60, 28, 28], data: digits.images }),
  );
  const labels = Uint8Array.from(digits.targets);
  await writeFile(join(folder, 'x-labels.idx1'), formatIdx({ type: 'uint8', shape: [60], data: labels }));
});
afterAll(() => rm(folder, { recursive: true }));

const review = (input: string, ...args: string[]): Promise<Ended> =>
  runDuctus(['review', 'scans', '--script', '--target-error', '0', ...args], { folder, input });
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

describe('ductus review, by a script', () => {
  it('asks with pictures, takes answers, undoes, keeps all at the end, and goes on from there', async () => {
    // Accepts, corrects, undoes that, corrects otherwise, postpones, and leaves.
    const begun = await review('\n3\nu\n4\nl\nq\n', '--out', 'a.csv');
    expect(begun.stderr).toBe('');
    expect(begun.code).toBe(0);
    expect(begun.stdout).toMatch(/as found +as read/);
    expect(begun.stdout).toMatch(/[█▀▄]{3,}/);
    expect(begun.stdout).toMatch(/scans\/[a-l]\.png: \d \(\d+\.\d\d %; else \d \d+\.\d\d %, /);
    expect(begun.stdout).toMatch(/2 asked, [12] corrected, 1 put off; expected error \d\.\d{3} %, target 0\.000 %/);
    expect(begun.stdout).toMatch(/2 of 12 asked \(16\.67 %\).*--resume goes on\nLabels: a\.csv, a\.json\n$/);
    const { events } = JSON.parse(await read('a.session.json'));
    expect(events).toHaveLength(3);
    expect(events[1]).toMatchObject({ label: '4' });
    expect(events[2]).toMatchObject({ skipped: true });
    const rows = (await read('a.csv')).trimEnd().split('\n');
    expect(rows[0]).toBe('file,label,confidence,reviewed');
    expect(rows).toHaveLength(1 + scanCount);
    expect(rows.filter((row) => row.endsWith(',1.000000,person'))).toHaveLength(2);
    expect(rows).toContain(`${events[1].id},4,1.000000,person`);
    const results = JSON.parse(await read('a.json'));
    expect(results).toMatchObject({ data: 'scans', model: 'digits', framing: 'raw', total: 12, asked: 2, done: false });
    expect(results.labels.filter(({ by }: { by: string }) => by === 'person')).toHaveLength(2);

    const again = await review('', '--out', 'a.csv');
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toMatch(/a\.session\.json: answers are kept there already; --resume/);

    // The end of the input is an end like any other.
    const resumed = await review('\n'.repeat(4), '--out', 'a.csv', '--resume');
    expect(resumed.stdout).toContain('6 of 12 asked');
    expect(JSON.parse(await read('a.session.json')).events.slice(0, 3)).toEqual(events);

    const finished = await review('\n'.repeat(20), '--out', 'a.csv', '--resume');
    expect(finished.stdout).toMatch(/12 of 12 asked \(100\.00 %\).*expected error 0\.000 %, target 0\.000 %\n/);
    const labels = (JSON.parse(await read('a.json')) as { labels: { label: string }[] }).labels;
    // All are accepted except the one that was corrected to 4.
    const wrong = labels.filter(({ label }, index) => label !== truth[index]);
    expect(wrong.length).toBeLessThanOrEqual(2);
  });

  it('keeps what came before a line that means nothing', async () => {
    const { code, stderr } = await review('\n\nx\n\n', '--out', 'b.csv');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: standard input, line 3: .*received "x"\n$/);
    expect(JSON.parse(await read('b.session.json')).events).toHaveLength(2);
    expect((await read('b.csv')).match(/,person\n/g)).toHaveLength(2);
  });

  it('refuses to ask where nobody can answer', async () => {
    const { code, stdout, stderr } = await startDuctus(['review', 'scans'], { folder }).ended;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/expected a terminal to ask in.*--script.*--simulate/);
  });
});

describe('ductus review of labelled data', () => {
  const run = (...args: string[]): Promise<string> => printedBy(['review', ...args]);

  it('simulates: curves of three orders, with and without adaptation, as JSON, chart and labels', async () => {
    const data = join(folder, 'x-images.idx3');
    const [chart, out] = [join(folder, 'c.svg'), join(folder, 'c.csv')];
    const printed = await run(data, '--simulate', '--json', '--up-to', '50%', '--chart', chart, '--out', out);
    const result = JSON.parse(printed) as { curves: ReviewCurve[] };
    expect(result).toMatchObject({ data, count: 60, targetError: 0.001, upTo: 0.5, framing: 'framed', chart });
    expect(result.curves.map(({ order, adapt }) => `${order} ${adapt}`)).toEqual([
      ...['leastCertain false', 'leastCertain true', 'random false', 'random true', 'given false', 'given true'],
    ]);
    for (const { points } of result.curves) {
      expect(points.at(-1)).toMatchObject({ asked: 30, share: 0.5 });
      expect(points.map(({ asked }) => asked)).toEqual(points.map(({ asked }) => asked).toSorted((a, b) => a - b));
    }
    const svg = await read('c.svg');
    for (const name of ['least certain first, adapted', 'at random', 'all, one by one']) expect(svg).toContain(name);
    expect((await read('c.csv')).trimEnd().split('\n')).toHaveLength(61);
    expect(JSON.parse(await read('c.json'))).toMatchObject({ simulated: true, done: true, total: 60 });
  });

  it('prints the curves as a table', async () => {
    const printed = await run(
      join(folder, 'x-images.idx3'),
      '--simulate',
      '--no-adapt',
      '--limit',
      '30',
      '--target-error',
      '5%',
    );
    expect(printed).toMatch(/^30 pictures, \d wrong \(\d\.\d{3} %\), expected \d\.\d{3} %; target 5\.000 %/);
    expect(printed).toMatch(/\nleast certain first +0\.00 % /);
    expect(printed).not.toContain('adapted');
  });

  it.each<[string, string[], RegExp]>([
    ['to simulate without labels', ['scans', '--simulate'], /expected labelled data, received .*scans/],
    ['a limit on pictures without labels', ['scans', '--simulate', '--limit', '3'], /--limit: expected labelled data/],
    [
      'labels that the model may not answer',
      ['x-images.idx3', '--simulate', '--alphabet', '1,2'],
      /classes of the model \(1 2\), received also .*0/,
    ],
    ['a chart of nothing', ['scans', '--script', '--chart', 'c.svg'], /--chart: expected it with --simulate/],
    ['a table that is no CSV', ['scans', '--script', '--out', 'c.txt'], /name of a CSV file/],
    ['to go on where nothing is', ['scans', '--script', '--resume', '--out', 'none.csv'], /none\.session\.json/],
    ['a script of a simulation', ['scans', '--script', '--simulate'], /cannot be used with/],
    ['a share of nothing', ['scans', '--simulate', '--up-to', '0'], /share above 0/],
    ['an unknown folder', ['nowhere', '--simulate'], /no such file/],
  ])('refuses %s', async (_, [where, ...args], message) => {
    await expect(
      run(join(folder, where!), ...args.map((arg) => (/\.(csv|svg|txt)$/.test(arg) ? join(folder, arg) : arg))),
    ).rejects.toThrow(message);
  });
});
