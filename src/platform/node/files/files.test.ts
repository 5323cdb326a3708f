import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuctusError, FormatError, MissingError } from '../../../core/floor.ts';
import { readFileBounded, readMaybeGzip, readPieces, writeFileAtomic } from './files.ts';

let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('readFileBounded', () => {
  it('reads a file up to its bound', { tags: ['slow'] }, async () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i);
    writeFileSync(at('a'), bytes);
    expect(await readFileBounded(at('a'), 200_000)).toEqual(bytes);
    await expect(readFileBounded(at('a'), 199_999)).rejects.toThrow(
      `${at('a')}: reading: expected at most 199999 bytes, received 200000`,
    );
    writeFileSync(at('empty'), '');
    expect(await readFileBounded(at('empty'), 10)).toHaveLength(0);
  });

  it('refuses a huge file by its size and an endless one by what it has read', async () => {
    writeFileSync(at('huge'), '');
    truncateSync(at('huge'), 2 ** 40);
    await expect(readFileBounded(at('huge'), 1000)).rejects.toThrow(FormatError);
    await expect(readFileBounded('/dev/zero', 300_000)).rejects.toThrow('expected at most 300000 bytes, received more');
  });

  it('reads a pipe, which has no size', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const reading = readFileBounded(at('pipe'), 100_000);
    spawn('sh', ['-c', `head -c 90000 /dev/zero > '${at('pipe')}'`]);
    expect(await reading).toHaveLength(90_000);
  });

  it('says what is missing or a folder', async () => {
    await expect(readFileBounded(at('none'), 1)).rejects.toThrow(MissingError);
    await expect(readFileBounded(at('none'), 1)).rejects.toThrow(`${at('none')}: reading: expected a file`);
    await expect(readFileBounded(folder, 1)).rejects.toThrow('expected a file, received a folder');
    await expect(readFileBounded(at('a/b'), 1)).rejects.toThrow(DuctusError);
  });
});

describe('readMaybeGzip', () => {
  it('unzips by content, not by name', async () => {
    writeFileSync(at('zipped'), gzipSync('some text'));
    writeFileSync(at('plain.gz'), 'some text');
    for (const name of ['zipped', 'plain.gz']) {
      expect(new TextDecoder().decode(await readMaybeGzip(at(name), 100))).toBe('some text');
    }
  });

  it('stops a file that inflates beyond the bound', async () => {
    const bomb = gzipSync(new Uint8Array(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    writeFileSync(at('bomb.gz'), bomb);
    await expect(readMaybeGzip(at('bomb.gz'), 1_000_000)).rejects.toThrow(FormatError);
    await expect(readMaybeGzip(at('bomb.gz'), 1_000_000)).rejects.toThrow(
      '(unzipped): reading: expected at most 1000000',
    );
  });

  it('answers damaged and cut-off streams only with its own errors', async () => {
    const whole = gzipSync(Uint8Array.from({ length: 300 }, (_, i) => (i * i) % 251));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (position, value, cut) => {
        const damaged = Uint8Array.from(cut ? whole.subarray(0, position) : whole);
        if (!cut) damaged[position] = value;
        writeFileSync(at('damaged.gz'), damaged);
        await readMaybeGzip(at('damaged.gz'), 1000).catch((error) => expect(error).toBeInstanceOf(DuctusError));
      }),
      { numRuns: 100 },
    );
    writeFileSync(at('cut.gz'), whole.subarray(0, whole.length - 9));
    await expect(readMaybeGzip(at('cut.gz'), 1000)).rejects.toThrow('cut.gz: unzipping: expected an undamaged gzip');
  });
});

describe('readPieces', () => {
  const gather = async (path: string, maxBytes: number): Promise<Uint8Array> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of readPieces(path, maxBytes)) pieces.push(piece);
    return Buffer.concat(pieces);
  };

  it('gives what the whole reader gives, plain or zipped, in more than one piece', async () => {
    const bytes = Uint8Array.from({ length: 700_000 }, (_, i) => (i * i) % 253);
    writeFileSync(at('long'), bytes);
    writeFileSync(at('long.gz'), gzipSync(bytes));
    for (const name of ['long', 'long.gz']) {
      expect(Buffer.compare(await gather(at(name), 700_000), bytes)).toBe(0);
      await expect(gather(at(name), 699_999)).rejects.toThrow('expected at most 699999 bytes');
    }
    writeFileSync(at('nothing'), '');
    expect(await gather(at('nothing'), 10)).toHaveLength(0);
    writeFileSync(at('one'), 'x');
    expect(await gather(at('one'), 10)).toHaveLength(1);
  });

  it('reads a zipped pipe that comes byte by byte', async () => {
    execFileSync('mkfifo', [at('slow')]);
    writeFileSync(at('small.gz'), gzipSync('some text'));
    const reading = gather(at('slow'), 100);
    spawn('sh', ['-c', `(head -c 1 '${at('small.gz')}'; sleep 0.1; tail -c +2 '${at('small.gz')}') > '${at('slow')}'`]);
    expect(new TextDecoder().decode(await reading)).toBe('some text');
  });

  it('can be left early, and refuses what the whole reader refuses', async () => {
    for await (const piece of readPieces(at('long.gz'), 700_000)) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    await expect(gather(at('none'), 1)).rejects.toThrow(MissingError);
    await expect(gather(folder, 1)).rejects.toThrow('expected a file, received a folder');
    writeFileSync(at('bomb2.gz'), gzipSync(new Uint8Array(50_000_000)));
    await expect(gather(at('bomb2.gz'), 1_000_000)).rejects.toThrow('(unzipped): reading: expected at most 1000000');
    writeFileSync(at('cut2.gz'), readFileSync(at('long.gz')).subarray(0, -9));
    await expect(gather(at('cut2.gz'), 700_000)).rejects.toThrow(`${at('cut2.gz')}: unzipping: expected an undamaged`);
  });
});

describe('writeFileAtomic', () => {
  it('replaces a file and leaves nothing else behind', async () => {
    await mkdir(at('out'));
    await writeFileAtomic(at('out/a'), 'old');
    await writeFileAtomic(at('out/a'), Uint8Array.of(1, 2));
    expect([...readFileSync(at('out/a'))]).toEqual([1, 2]);
    expect(readdirSync(at('out'))).toEqual(['a']);
  });

  it('cleans up after a failure and says what is missing', async () => {
    await mkdir(at('out2/taken'), { recursive: true });
    await expect(writeFileAtomic(at('out2/taken'), 'x')).rejects.toThrow(DuctusError);
    expect(readdirSync(at('out2'))).toEqual(['taken']);
    await expect(writeFileAtomic(at('none/a'), 'x')).rejects.toThrow(`expected the folder ${at('none')} to exist`);
  });

  it('lets many write at once: one of them wins whole', async () => {
    await mkdir(at('out3'));
    const texts = Array.from({ length: 8 }, (_, i) => String(i).repeat(50_000));
    await Promise.all(texts.map((text) => writeFileAtomic(at('out3/a'), text)));
    expect(texts).toContain(readFileSync(at('out3/a'), 'utf8'));
    expect(readdirSync(at('out3'))).toEqual(['a']);
  });
});
