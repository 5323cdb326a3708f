import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuctusError, FormatError } from '../../../../core/floor.ts';
import { maxInkLine } from '../../../../samples/floor.ts';
import { readInkFile } from './inkFile.ts';

let folder = '';
const at = (name: string) => join(folder, name);
const classes = ['A', '宋'];
const line = (label: string, writer: number) => JSON.stringify({ label, writer, strokes: [[0, 0, writer, 5]] });
const read = (name: string, most = 10_000) => readInkFile(at(name), classes, most);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-ink-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('readInkFile', () => {
  it('reads every line, plain or gzip, with or without an end of the last, however the pieces are cut', async () => {
    // Beyond a piece of the file, and with characters of several bytes, some of which a cut goes through.
    const lines = Array.from({ length: 6000 }, (_, i) => line(classes[i % 2]!, i));
    for (const [name, text] of [
      ['plain', lines.join('\n')],
      ['ended', `${lines.join('\r\n')}\r\n`],
    ] as const) {
      writeFileSync(at(name), text);
      writeFileSync(at(`${name}.gz`), gzipSync(text));
      for (const file of [name, `${name}.gz`]) {
        const { targets, writers, inks } = await read(file);
        expect(inks).toHaveLength(6000);
        expect(writers.every((writer, i) => writer === i)).toBe(true);
        expect(targets.every((target, i) => target === i % 2)).toBe(true);
        expect(inks[7]).toEqual({
          strokes: [
            [
              { x: 0, y: 0 },
              { x: 7, y: 5 },
            ],
          ],
        });
      }
    }
    writeFileSync(at('empty'), '');
    expect((await read('empty')).inks).toEqual([]);
  });

  it('tells how far it is', async () => {
    const steps: number[] = [];
    await readInkFile(at('plain'), classes, 6000, (done) => steps.push(done));
    expect(steps).toEqual([1000, 2000, 3000, 4000, 5000, 6000]);
  });

  it('refuses a blank line, a long one, one too many, and bytes that are no text, by their line', async () => {
    writeFileSync(at('blank'), `${line('A', 1)}\n\n${line('A', 1)}`);
    await expect(read('blank')).rejects.toThrow(`${at('blank')} line 2: reading strokes: expected a JSON object`);
    writeFileSync(at('long'), `${line('A', 1)}\n${' '.repeat(3 * maxInkLine)}`);
    await expect(read('long')).rejects.toThrow(
      `long line 2: reading strokes: expected at most ${maxInkLine} characters`,
    );
    await expect(read('plain', 5999)).rejects.toThrow(`${at('plain')} line 6000: expected at most 5999 lines`);
    writeFileSync(at('bytes'), Buffer.concat([Buffer.from(`${line('A', 1)}\n`), Uint8Array.of(0xc3, 0x28, 10)]));
    await expect(read('bytes')).rejects.toThrow(FormatError);
    await expect(read('bytes')).rejects.toThrow(`${at('bytes')}: reading strokes: expected UTF-8`);
  });

  it('stops at an endless line without holding it', async () => {
    await expect(readInkFile('/dev/zero', classes, 10)).rejects.toThrow('expected at most');
  });

  it('answers random bytes and texts only with its own errors', async () => {
    const text = [line('A', 1), line('宋', 2)].join('\n');
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.array(fc.string(), { maxLength: 5 }).map((lines) => Buffer.from(lines.join('\n'))),
      fc.nat(text.length).map((length) => Buffer.from(text).subarray(0, length)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        writeFileSync(at('random'), content);
        await read('random').catch((error) => expect(error).toBeInstanceOf(DuctusError));
      }),
      { numRuns: 100 },
    );
  });
});
