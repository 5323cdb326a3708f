import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuctusError, FormatError } from '../../../../core/floor.ts';
import { formatIdx, parseIdx } from '../../../../samples/floor.ts';
import { readMnist } from '../sources/mnist.ts';
import { readIdxPictures } from './idxPictures.ts';

let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-pictures-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('readIdxPictures', () => {
  it('reads what the whole reader reads, plain or gzip, into shared memory', async () => {
    const digits = (await readMnist('test')).images.subarray(0, 2000 * 784);
    const bytes = formatIdx({ type: 'uint8', shape: [2000, 28, 28], data: digits });
    writeFileSync(at('plain'), bytes);
    writeFileSync(at('zipped'), gzipSync(bytes));
    for (const name of ['plain', 'zipped']) {
      const { images, ...extents } = await readIdxPictures(at(name));
      expect(extents).toEqual({ count: 2000, height: 28, width: 28 });
      expect(images.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(Buffer.compare(images, digits)).toBe(0);
    }
  });

  it('agrees with the whole reader on random and cut-off files, and fails only with its own errors', async () => {
    const whole = formatIdx({ type: 'uint8', shape: [3, 2, 2], data: Uint8Array.from({ length: 12 }, (_, i) => i) });
    const file = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.nat(whole.length).map((length) => whole.subarray(0, length)),
      fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([i, value]) => whole.with(i, value)),
      fc.uint8Array({ minLength: 1, maxLength: 3 }).map((more) => Buffer.concat([whole, more])),
    );
    await fc.assert(
      fc.asyncProperty(file, async (bytes) => {
        writeFileSync(at('random'), bytes);
        let expected: unknown;
        try {
          expected = [...(parseIdx(bytes, 'x', { rank: 3, types: ['uint8'] }).data as Uint8Array)];
        } catch {
          expected = 'refused';
        }
        const received = await readIdxPictures(at('random')).then(
          ({ images }) => [...images],
          (error) => {
            expect(error).toBeInstanceOf(DuctusError);
            return 'refused';
          },
        );
        expect(received).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('refuses a header that announces more than there may be, or is', async () => {
    const header = Uint8Array.of(0, 0, 8, 3, 255, 255, 255, 255, 0, 0, 4, 0, 0, 0, 4, 0);
    writeFileSync(at('vast'), header);
    await expect(readIdxPictures(at('vast'))).rejects.toThrow(FormatError);
    await expect(readIdxPictures(at('vast'))).rejects.toThrow('received a header of [4294967295, 1024, 1024]');
    writeFileSync(at('false'), header.with(4, 0).with(5, 0).with(6, 0));
    await expect(readIdxPictures(at('false'))).rejects.toThrow(
      'expected 267386896 bytes for uint8 [255, 1024, 1024], received 16 bytes (too short)',
    );
  });
});
