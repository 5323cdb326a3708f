import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GntLike, gntOf } from '../../../../../test/gntOf.ts';
import { DuctusError } from '../../../../core/floor.ts';
import { frameCharacter, hanziFraming, mnistFraming } from '../../../../picture/floor.ts';
import { pictureAt } from '../../../../samples/floor.ts';
import { openDataset, openPictures, openStored } from '../data.ts';
import { findData } from '../sources/sources.ts';
import { readGntRecords } from './gntFiles.ts';

let folder = '';
let records: GntLike[] = [];
const file = (name: string) => join(folder, name);

/** Codes of \u554a, \u963f and the digit 3, as GB 2312 has them. */
const codes = [
  [0xb0, 0xa1],
  [0xb0, 0xa2],
  [0x33, 0x00],
] as const;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-gnt-'));
  const digits = await openDataset('mnist:train');
  records = Array.from({ length: 12 }, (_, i) => ({ code: codes[i % 3]!, picture: pictureAt(digits, i) }));
  mkdirSync(file('set/inner'), { recursive: true });
  writeFileSync(file('set/002.gnt'), gntOf(records.slice(0, 6)));
  writeFileSync(file('set/inner/001.gnt'), gntOf(records.slice(6)));
  writeFileSync(file('set/readme.txt'), 'not a character');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('gnt files', () => {
  it('are data by their path: a file, or a folder of them, each file a writer', async () => {
    const whole = await openDataset(file('set'));
    expect(whole.count).toBe(12);
    // Digits first, then by code point: \u554a is before \u963f.
    expect(whole.labels).toEqual(['3', '\u554a', '\u963f']);
    expect([...whole.targets.subarray(0, 6)]).toEqual([1, 2, 0, 1, 2, 0]);
    expect([...whole.writers!]).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
    expect([whole.width, whole.height]).toEqual([28, 28]);
    const one = await openDataset(file('set/002.gnt'));
    expect(one.images).toEqual(whole.images.subarray(0, one.images.length));
    expect((await findData(file('set'))).terms).toContain('research');
    await expect(openStored(file('set'))).rejects.toThrow('received pictures of many sizes');
  });

  it('are framed as the recogniser frames the same character: MNIST comes back', async () => {
    const again = await openDataset(file('set'));
    for (const [i, { picture }] of records.entries()) {
      expect(pictureAt(again, i).pixels).toEqual(frameCharacter(picture, mnistFraming)!.pixels);
    }
    const large = await openDataset(file('set'), { frame: hanziFraming });
    for (const [i, { picture }] of records.entries()) {
      expect(pictureAt(large, i).pixels).toEqual(frameCharacter(picture, hanziFraming)!.pixels);
    }
    const progress: number[] = [];
    const singly = await openPictures(file('set'), (done) => progress.push(done));
    expect(progress).toEqual([1, 2]);
    expect(singly.targets).toEqual(again.targets);
    expect(frameCharacter(singly.pictures[4]!, mnistFraming)!.pixels).toEqual(pictureAt(again, 4).pixels);
    expect(singly.sources[0]).toBe(`${file('set/002.gnt')}, record 1`);
  });

  it('are read record by record, without their pixels where these are not wanted', async () => {
    const headers = [];
    for await (const { pixels, ...header } of readGntRecords(file('set/002.gnt'), true)) {
      expect(pixels).toBeUndefined();
      headers.push(header);
    }
    expect(headers.map(({ label }) => label).join('')).toBe('\u554a\u963f3\u554a\u963f3');
    expect(headers.reduce((sum, { size }) => sum + size, 0)).toBe(readFileSync(file('set/002.gnt')).length);
  });

  it.each<[string, (bytes: Buffer) => Uint8Array, RegExp]>([
    ['an empty file', () => new Uint8Array(), /expected at least one record/],
    ['a header cut off', (b) => b.subarray(0, 7), /record 1 at byte 0: .*expected 10 .*cut off/],
    ['pixels cut off', (b) => b.subarray(0, b.length - 1), /record 6 .*cut off/],
    [
      'a size that contradicts the extents',
      (b) => patched(b, (h) => h.writeUInt32LE(11, 0)),
      /expected a record of \d+ bytes.*size of 11/,
    ],
    ['no width', (b) => patched(b, (h) => h.writeUInt16LE(0, 6)), /received 0x\d+/],
    ['no height', (b) => patched(b, (h) => h.writeUInt16LE(0, 8)), /received \d+x0/],
    ['a huge picture', (b) => patched(b, (h) => h.fill(255, 6, 10)), /received 65535x65535/],
    [
      'a large picture that the file does not hold',
      (b) =>
        patched(b, (h) => {
          h.writeUInt16LE(4096, 6);
          h.writeUInt16LE(4096, 8);
          h.writeUInt32LE(10 + 4096 ** 2, 0);
        }),
      /cut off/,
    ],
    ['a code of no character', (b) => patched(b, (h) => h.fill(255, 4, 6)), /code of one character.*ff ff/],
    ['a control character', (b) => patched(b, (h) => h.fill(0, 4, 6)), /code of one character.*00 00/],
  ])('refuses %s, naming file and record', async (_, damage, message) => {
    const path = file('damaged.gnt');
    writeFileSync(path, damage(readFileSync(file('set/002.gnt'))));
    await expect(openDataset(path)).rejects.toThrow(DuctusError);
    await expect(openDataset(path)).rejects.toThrow(message);
    await expect(openDataset(path)).rejects.toThrow(path);
    await expect(openPictures(path)).rejects.toThrow(message);
  });

  it('refuses files in which there is no ink at all', async () => {
    const path = file('blank.gnt');
    const blank = gntOf(records.slice(0, 1)).fill(255, 10);
    writeFileSync(path, blank);
    await expect(openDataset(path)).rejects.toThrow('expected ink in at least one character');
    writeFileSync(path, Buffer.concat([blank, gntOf(records.slice(1, 3))]));
    const empty: string[] = [];
    expect((await openDataset(path, { onEmpty: (sources) => empty.push(...sources) })).count).toBe(2);
    expect(empty).toEqual([`${path}, record 1`]);
  });

  it('gives an error of ours, or characters, for any bytes', async () => {
    const path = file('random.gnt');
    const whole = readFileSync(file('set/002.gnt'));
    const change = fc.record({ at: fc.nat(whole.length - 1), bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }) });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      change.map(({ at, bytes: others }) =>
        Buffer.concat([whole.subarray(0, at), others, whole.subarray(at + others.length)]),
      ),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        writeFileSync(path, content);
        try {
          for await (const { label, width, height, pixels } of readGntRecords(path)) {
            expect([...label]).toHaveLength(1);
            expect(pixels).toHaveLength(width * height);
          }
        } catch (error) {
          if (!(error instanceof DuctusError)) throw error;
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** A copy with a header changed: that of the second record. */
function patched(bytes: Buffer, change: (header: Buffer) => void): Uint8Array {
  const copy = Buffer.from(bytes);
  change(copy.subarray(copy.readUInt32LE(0)));
  return copy;
}
