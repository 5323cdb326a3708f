import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from '../../../../test/zipOf.ts';
import { DuctusError, FormatError, MissingError } from '../../../core/floor.ts';
import { type UnpackOptions, unpackZip } from './unpackZip.ts';

const text = (bytes: string) => new TextEncoder().encode(bytes);
const files = new Map([
  ['gzip/a.gz', text('first '.repeat(5000))],
  ['gzip/b.txt', text('second')],
  ['gzip/unwanted.gz', text('third')],
]);
let root = '';
let archive = '';
const unpack = (options: Partial<UnpackOptions> = {}) =>
  unpackZip({ archive, names: ['b.txt', 'a.gz'], folder: join(root, 'out'), maxBytes: 100_000, ...options });
const put = (bytes: Uint8Array) => writeFileSync(archive, bytes);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ductus-zip-'));
  archive = join(root, 'in.zip');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('unpackZip', () => {
  it('takes out what is named, packed or stored, and nothing else', async () => {
    for (const compress of [true, false]) {
      put(await zipOf(files, compress));
      const told: number[][] = [];
      await unpack({ onProgress: (...progress) => told.push(progress) });
      expect(readdirSync(join(root, 'out')).sort()).toEqual(['a.gz', 'b.txt']);
      expect(readFileSync(join(root, 'out', 'a.gz'), 'utf8')).toBe('first '.repeat(5000));
      expect(readFileSync(join(root, 'out', 'b.txt'), 'utf8')).toBe('second');
      expect(told.at(-1)).toEqual([30_006, 30_006]);
    }
  });

  it('says what the archive lacks, or that there is none', async () => {
    await expect(unpack()).rejects.toThrow(MissingError);
    put(await zipOf(files));
    await expect(unpack({ names: ['b.txt', 'c.txt', 'd.txt'] })).rejects.toThrow(FormatError);
    await expect(unpack({ names: ['b.txt', 'c.txt', 'd.txt'] })).rejects.toThrow(
      `${archive}: unpacking: expected c.txt, d.txt in it, received an archive of 3 others`,
    );
    expect(existsSync(join(root, 'out'))).toBe(false);
  });

  it('refuses an archive with names that lead out of it, and writes nothing', async () => {
    for (const name of ['../../../evil', '/evil/xy/z', 'gzip/../e', 'C:/evil/x']) {
      // A name of the same length in its place, in both headers: the library that makes archives refuses such names,
      // too.
      const stand = 'n'.repeat(name.length);
      const bytes = Buffer.from(await zipOf(new Map([...files, [stand, text('x')]])));
      for (let at = bytes.indexOf(stand); at >= 0; at = bytes.indexOf(stand)) bytes.write(name, at);
      put(bytes);
      await expect(unpack(), name).rejects.toThrow(FormatError);
      await expect(unpack(), name).rejects.toThrow(/(absolute|invalid relative) path/);
      expect(readdirSync(root)).toEqual(['in.zip']);
    }
  });

  it('refuses two files of one name', async () => {
    put(await zipOf(new Map([...files, ['other/b.txt', text('another')]])));
    await expect(unpack()).rejects.toThrow('expected one b.txt, received two');
  });

  it('refuses more bytes than its bound, announced or not', async () => {
    const bytes = Buffer.from(await zipOf(files));
    put(bytes);
    await expect(unpack({ maxBytes: 30_005 })).rejects.toThrow('expected at most 30005 bytes in all, received 30006');
    // The central directory says that a.gz is small; what comes out of it is not.
    const entry = bytes.indexOf('gzip/a.gz', bytes.indexOf('PK\u0001\u0002')) - 46;
    expect(bytes.readUInt32LE(entry + 24)).toBe(30_000);
    bytes.writeUInt32LE(10, entry + 24);
    put(bytes);
    await expect(unpack()).rejects.toThrow(/unpacking gzip\/a\.gz: expected an undamaged zip archive.*too many bytes/);
    expect(readdirSync(join(root, 'out'))).toEqual(['b.txt']);
  });

  it('refuses an archive that lists files without end', { tags: ['slow'] }, async () => {
    put(await zipOf(new Map(Array.from({ length: 1001 }, (_, index) => [`${index}`, text('')]))));
    await expect(unpack()).rejects.toThrow('expected at most 1000 files, received 1001');
  });

  it('refuses content that is not what the checksum says', async () => {
    const bytes = Buffer.from(await zipOf(files, false));
    bytes.write('SECOND', bytes.indexOf('second'));
    put(bytes);
    await expect(unpack()).rejects.toThrow(/unpacking gzip\/b\.txt: expected CRC-32 [\da-f]{8}, received [\da-f]{8}/);
    expect(readdirSync(join(root, 'out'))).toEqual([]);
  });

  it('ends when it is told to, and leaves no part of a file', async () => {
    put(await zipOf(files));
    const controller = new AbortController();
    const onProgress = (done: number): void => {
      if (done > 6) controller.abort(new DuctusError('enough'));
    };
    await expect(unpack({ onProgress, signal: controller.signal })).rejects.toThrow('enough');
    expect(readdirSync(join(root, 'out'))).toEqual(['b.txt']);
  });

  it('answers cut-off, changed and random archives only with its own errors', async () => {
    const whole = await zipOf(files);
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(whole.length - 1).map((length) => whole.slice(0, length)),
      fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, value]) => whole.with(at, value)),
    );
    await fc.assert(
      fc.asyncProperty(any, async (bytes) => {
        put(bytes);
        await unpack().catch((error) => expect(error).toBeInstanceOf(DuctusError));
      }),
      { numRuns: 150 },
    );
  });
});
