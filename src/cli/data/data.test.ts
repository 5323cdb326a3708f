import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gntOf } from '../../../test/gntOf.ts';
import { printedBy } from '../../../test/runDuctus.ts';
import { openDataset } from '../../platform/node/floor.ts';
import { pictureAt, sheetSamples } from '../../samples/floor.ts';
import { formatGlyphs } from './glyphs.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-show-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
const run = (...args: string[]): Promise<string> => printedBy(['data', 'show', ...args]);

describe('ductus data show', () => {
  it('prints the class counts with bars', async () => {
    const printed = await run('mnist:test');
    expect(printed).toContain('mnist:test: 10000 pictures of 28x28');
    expect(printed).toMatch(/^0 +980 +9\.80 % +#{26}$/m);
    expect(printed).toMatch(/^1 +1135 +11\.35 % +#{30}$/m);
  });

  it('prints JSON and draws a contact sheet, a row a class', async () => {
    const out = join(folder, 'sheet.png');
    const printed = await run('mnist:test', '--json', '--out', out, '--per-class', '7');
    expect(JSON.parse(printed)).toMatchObject({
      name: 'mnist:test',
      count: 10000,
      classes: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009].map((count, digit) => ({
        label: `${digit}`,
        count,
      })),
      empty: [],
      sheet: out,
    });
    const { format, width, height } = await sharp(out).metadata();
    expect({ format, width, height }).toEqual({ format: 'png', width: 7 * 30 + 2, height: 10 * 30 + 2 });
  });

  it('draws what a distortion makes of a sample of each class, the original first', { tags: ['slow'] }, async () => {
    const out = join(folder, 'variants.png');
    const printed = await run(
      'mnist:train',
      '--distort',
      'ciresan2010',
      '--out',
      out,
      '--per-class',
      '3',
      '--seed',
      '2',
    );
    expect(printed).toContain('Distortion ciresan2010: Ciresan, Meier, Gambardella and Schmidhuber 2010');
    const variants = await sharp(out).greyscale().raw().toBuffer({ resolveWithObject: true });
    expect(variants.info).toMatchObject({ width: 4 * 30 + 2, height: 10 * 30 + 2 });
    await run('mnist:train', '--out', out, '--per-class', '3', '--seed', '2');
    const samples = await sharp(out).greyscale().raw().toBuffer({ resolveWithObject: true });
    // A column of each sheet, without the gaps. Both begin with the same samples; variants or other samples follow.
    const column = ({ data, info }: typeof samples, left: number): string =>
      Array.from({ length: 10 * 30 }, (_, y) =>
        data.subarray((y + 2) * info.width + left, (y + 2) * info.width + left + 28).join(),
      ).join();
    expect(column(variants, 2)).toBe(column(samples, 2));
    expect(column(variants, 32)).not.toBe(column(samples, 32));
    expect(column(variants, 32)).not.toBe(column(variants, 2));
    expect(column(variants, 32)).not.toBe(column(variants, 62));
  });

  it('draws what a capture makes of a sample of each class, and what framing makes of that', {
    tags: ['slow'],
  }, async () => {
    const out = join(folder, 'captured.png');
    const printed = await run('mnist:train', '--capture', 'formCell', '--out', out, '--per-class', '2');
    expect(printed).toContain('Capture formCell: A cell cut from a scanned form');
    expect(await sharp(out).metadata()).toMatchObject({ format: 'png', width: 3 * 58 + 2, height: 20 * 58 + 2 });
    await expect(run('mnist:test', '--capture', 'formCell')).rejects.toThrow('--capture: expected --out');
    await expect(run('mnist:test', '--capture', 'fax', '--out', out)).rejects.toThrow('ballpointScan, pencil');
    await expect(run('mnist:test', '--capture', 'camera', '--distort', 'digits', '--out', out)).rejects.toThrow(
      'expected it without --distort',
    );
  });

  it('draws the first sample of each class in the terminal, under its text', { tags: ['slow'] }, async () => {
    const mnist = await openDataset('mnist:train');
    const printed = await run('mnist:train', '--draw', '--seed', '2');
    const glyphs = sheetSamples(mnist, { perClass: 1, seed: 2 }).map(([sample], digit) => ({
      title: [`${digit}`],
      picture: pictureAt(mnist, sample!),
    }));
    expect(glyphs).toHaveLength(10);
    expect(printed).toContain(formatGlyphs(glyphs, process.stdout.columns ?? 80));
    // A row of a digit: paper, then ink in one stroke or two.
    expect(printed).toMatch(/^ {6,}[█▀▄]{2,}/m);
  });

  it('shows the characters of a .gnt file as they are framed for a network', async () => {
    const digits = await openDataset('mnist:test');
    const file = join(folder, '1001.gnt');
    const codes = [
      [0xb0, 0xa1],
      [0xb0, 0xa2],
    ] as const;
    writeFileSync(file, gntOf(codes.map((code, i) => ({ code, picture: pictureAt(digits, i) }))));
    const printed = await run(file, '--json');
    const classes = [
      { label: '啊', count: 1 },
      { label: '阿', count: 1 },
    ];
    expect(JSON.parse(printed)).toMatchObject({ count: 2, width: 48, height: 48, writers: 1, classes });
    expect(JSON.parse(await run(file, '--json', '--frame', 'mnist'))).toMatchObject({ width: 28, height: 28 });
  });

  it('refuses a distortion without a place for the sheet, or an unknown one', async () => {
    await expect(run('mnist:test', '--distort', 'digits')).rejects.toMatchObject({ code: 2 });
    await expect(run('mnist:test', '--distort', 'digits')).rejects.toThrow('expected --out');
    const out = join(folder, 'none.png');
    await expect(run('mnist:test', '--distort', 'digit', '--out', out)).rejects.toThrow('simard2003, ciresan2010');
  });

  it('passes on what is wrong', async () => {
    await expect(run(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 1 });
    await expect(run('mnist:test', '--out', join(folder, 'no', 'sheet.png'))).rejects.toThrow(
      'to exist, received none',
    );
  });
});
