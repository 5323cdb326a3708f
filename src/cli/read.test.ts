// @module-tag slow
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DigitPage, digitPage, matchBoxes } from '../../test/digitPage.ts';
import { printedBy, startDuctus } from '../../test/runDuctus.ts';
import { encodePng, openDataset } from '../platform/node/floor.ts';
import { limitSamples, materialize } from '../samples/floor.ts';

let folder: string;
let page: DigitPage;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-read-'));
  const digits = materialize(limitSamples(await openDataset('mnist:train'), 18, 4));
  page = digitPage(digits, { width: 500, height: 260, digits: 18, perLine: 6, seed: 5, sizes: [40, 46], noise: 5 });
  writeFileSync(join(folder, 'page.png'), await encodePng(page.picture));
});
afterAll(() => rmSync(folder, { recursive: true }));
const run = (...args: string[]): Promise<string> => printedBy(['read', ...args]);

interface Printed {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
  readonly characters: readonly {
    readonly text: string;
    readonly confidence: number;
    readonly alternatives: readonly { readonly text: string; readonly confidence: number }[];
    readonly line: number;
    readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
    readonly relativeHeight: number;
  }[];
}

describe('ductus read', () => {
  const labels = (): string[] => page.digits.map(({ label }) => label);

  it('prints lines of text with the confidence of each character', async () => {
    const lines = (await run(join(folder, 'page.png'))).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^[0-9 ]{6,}( {2})\((\d{1,3} ){5}\d{1,3} %\)$/);
    const read = lines.flatMap((line) => [...line.replace(/\(.*/, '').replaceAll(' ', '')]);
    expect(read.filter((text, at) => text === labels()[at]).length).toBeGreaterThanOrEqual(17);
  });

  it('takes what else is on the page into account, where it is told to', async () => {
    const right = async (...more: string[]): Promise<number> => {
      const printed = await run(join(folder, 'page.png'), '--model', 'characters-slim', '--json', ...more);
      const { characters } = JSON.parse(printed) as Printed;
      return characters.filter(({ text }, at) => text === labels()[at]).length;
    };
    const untold = await right();
    const told = await right('--frequencies', 'estimate');
    expect(told).toBeGreaterThanOrEqual(untold);
    expect(told).toBeGreaterThanOrEqual(16);
  });

  it('prints boxes and answers as JSON', async () => {
    const printed = await run(join(folder, 'page.png'), '--json');
    const { file, width, height, lines, characters } = JSON.parse(printed) as Printed;
    expect({ file, width, height }).toEqual({ file: join(folder, 'page.png'), width: 500, height: 260 });
    expect(lines.join('').replaceAll(' ', '')).toBe(characters.map(({ text }) => text).join(''));
    expect(characters.map(({ line }) => line)).toEqual(page.digits.map(({ line }) => line));
    const found = matchBoxes(
      page.digits.map(({ box }) => box),
      characters.map(({ box }) => box),
    );
    expect(found).toEqual([...page.digits.keys()]);
    for (const { text, confidence, alternatives, relativeHeight } of characters) {
      expect(alternatives[0]).toEqual({ text, confidence });
      expect(alternatives).toHaveLength(3);
      expect(relativeHeight > 0 && relativeHeight <= 1).toBe(true);
    }
  });

  it('draws a coloured box about each character and leaves the rest as it was', async () => {
    const out = join(folder, 'boxes.png');
    const printed = await run(join(folder, 'page.png'), '--out', out, '--json');
    const { characters } = JSON.parse(printed) as Printed;
    const { data, info } = await sharp(out).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([500, 260]);
    const colourAt = (x: number, y: number): number[] => [
      ...data.subarray((y * 500 + x) * info.channels).subarray(0, 3),
    ];
    const spread = (colour: readonly number[]): number => Math.max(...colour) - Math.min(...colour);
    for (const { box } of characters) {
      expect(spread(colourAt(box.left + (box.width >> 1), box.top + box.height))).toBeGreaterThan(40);
      expect(spread(colourAt(box.left + (box.width >> 1), box.top + (box.height >> 1)))).toBe(0);
    }
    expect(spread(colourAt(499, 259))).toBe(0);
  });

  it('answers within an alphabet', async () => {
    const printed = await run(join(folder, 'page.png'), '--alphabet', '0,1', '--json');
    expect((JSON.parse(printed) as Printed).lines.join('')).toMatch(/^[01 ]+$/);
  });

  it('says when there is nothing', async () => {
    const blank = join(folder, 'blank.png');
    writeFileSync(blank, await encodePng({ width: 60, height: 40, pixels: new Uint8Array(2400).fill(230) }));
    expect(await run(blank)).toBe(`${blank}: nothing found\n`);
  });

  it('refuses another kind of file to draw to, and files that are no pictures', async () => {
    await expect(run(join(folder, 'page.png'), '--out', 'boxes.jpg')).rejects.toThrow(
      /--out <file.png>' argument 'boxes.jpg' is invalid. Expected .* ends in \.png/,
    );
    writeFileSync(join(folder, 'page.txt'), 'no picture');
    await expect(run(join(folder, 'page.txt'))).rejects.toThrow(/page\.txt/);
    await expect(run(join(folder, 'absent.png'))).rejects.toThrow(/absent\.png/);
  });

  it('is a command of ductus, and reads standard input', async () => {
    const input = await encodePng(page.picture);
    const { code, stdout, stderr } = await startDuctus(['read', '-', '--json'], { folder, input }).ended;
    expect([code, stderr]).toEqual([0, '']);
    expect((JSON.parse(stdout) as Printed).characters).toHaveLength(18);
  });
});
