// @module-tag slow
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EmnistLike, emnistLike } from '../../../../test/emnistLike.ts';
import { type FileServer, startFileServer } from '../../../../test/fileServer.ts';
import { zipOf } from '../../../../test/zipOf.ts';
import { FormatError, MissingError } from '../../../core/floor.ts';
import { openDataset } from './data.ts';
import { type GetEmnistOptions, getEmnist } from './emnistArchive.ts';
import { readEmnist } from './readers/emnistFiles.ts';

/** The division that is in the archive: 60,000 and 10,000 of MNIST's training digits. */
let parts: readonly EmnistLike[] = [];
let archive = new Uint8Array();
let files = new Map<string, Uint8Array>();
let server: FileServer;
let root = '';
const folder = () => join(root, 'emnist');
const get = (options: Partial<GetEmnistOptions> = {}) =>
  getEmnist({ splits: ['mnist'], folder: folder(), address: server.address, ...options });

beforeAll(async () => {
  const digits = await openDataset('mnist:train');
  parts = [emnistLike('mnist', 'train', digits), emnistLike('mnist', 'test', digits)];
  files = new Map(parts.flatMap((part) => [...part.files]));
  const inFolder = new Map([...files].map(([name, bytes]) => [`gzip/${name}`, bytes]));
  archive = new Uint8Array(await zipOf(new Map([...inFolder, ['gzip/emnist-letters-mapping.txt', new Uint8Array(9)]])));
  server = await startFileServer(archive);
});
afterAll(() => server.close());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ductus-archive-'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('getEmnist', () => {
  it('downloads, verifies, unpacks and deletes the archive, and does nothing when called again', {
    tags: ['slow'],
  }, async () => {
    const stages: string[] = [];
    const got = await get({
      sha256: createHash('sha256').update(archive).digest('hex').toUpperCase(),
      onProgress: (stage, done, total) => {
        if (done === total) stages.push(stage);
      },
    });
    expect(stages).toEqual(['downloading', 'verifying', 'unpacking']);
    expect(got).toEqual({
      folder: folder(),
      present: [],
      unpacked: ['mnist'],
      archive: {
        bytes: archive.length,
        sha256: createHash('sha256').update(archive).digest('hex'),
        md5: createHash('md5').update(archive).digest('hex'),
        known: false,
      },
    });
    expect(readdirSync(folder())).toEqual(['gzip']);
    expect(readdirSync(join(folder(), 'gzip')).sort()).toEqual([...files.keys()].sort());
    const read = await readEmnist('mnist', 'train', folder());
    expect(Buffer.compare(read.images, parts[0]!.upright)).toBe(0);
    const requests = server.requests.length;
    expect(await get()).toEqual({ folder: folder(), present: ['mnist'], unpacked: [] });
    expect(server.requests).toHaveLength(requests);
  });

  it('keeps the archive when told to, and takes other divisions out of it', async () => {
    const got = await get({ keep: true });
    expect(got.archive?.path).toBe(join(folder(), 'gzip.zip'));
    expect(Buffer.compare(readFileSync(join(folder(), 'gzip.zip')), archive)).toBe(0);
    const requests = server.requests.length;
    await expect(get({ splits: ['mnist', 'letters'] })).rejects.toThrow(
      /expected emnist-letters-train-images-idx3-ubyte\.gz, .* in it.*; delete .*gzip\.zip to have it downloaded again/,
    );
    expect(server.requests).toHaveLength(requests);
  });

  it('takes an archive that was fetched by other means, and leaves it', async () => {
    const path = join(root, 'by-hand.zip');
    writeFileSync(path, archive);
    const requests = server.requests.length;
    expect((await get({ from: path })).archive).toMatchObject({ bytes: archive.length, path });
    expect(existsSync(path)).toBe(true);
    expect(server.requests).toHaveLength(requests);
    await expect(get({ splits: ['digits'], from: join(root, 'none.zip') })).rejects.toThrow(MissingError);
  });

  it('refuses an archive with another SHA-256, or damaged, and unpacks nothing of it', async () => {
    await expect(get({ sha256: '0'.repeat(64) })).rejects.toThrow(FormatError);
    await expect(get({ sha256: '0'.repeat(64) })).rejects.toThrow(
      /expected SHA-256 0{64}, received [\da-f]{64}; delete .*gzip\.zip to have it downloaded again/,
    );
    expect(readdirSync(folder())).toEqual(['gzip.zip']);
    writeFileSync(join(folder(), 'gzip.zip'), archive.subarray(0, archive.length / 2));
    await expect(get()).rejects.toThrow(/expected an undamaged zip archive.*truncated.*; delete .*gzip\.zip/);
    expect(readdirSync(folder())).toEqual(['gzip.zip']);
  });

  it('says what to fetch where there is no server', async () => {
    const gone = await startFileServer(archive);
    await gone.close();
    await expect(get({ address: gone.address })).rejects.toThrow(MissingError);
    await expect(get({ address: gone.address })).rejects.toThrow(
      `${gone.address}: downloading: expected to reach the server, received: ECONNREFUSED; or fetch that file by other means, about 560 MB, and run: ductus data get emnist --from gzip.zip`,
    );
  });
});
