import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FileServer, startFileServer } from '../../../../test/fileServer.ts';
import { DuctusError, FormatError, MissingError, randomStream, UsageError } from '../../../core/floor.ts';
import { type DownloadOptions, download } from './download.ts';

const size = 300_000;
const random = randomStream(1, 'download');
const content = Uint8Array.from({ length: size }, () => random.integer(256));
let folder = '';
let server: FileServer;
const path = () => join(folder, 'in', 'file.zip');
const get = (options: Partial<DownloadOptions> = {}) =>
  download({ address: server.address, path: path(), maxBytes: 2 * size, pauseSeconds: 0, ...options });
/** A first download that ends after this many bytes; the server sends no more. */
const breakOff = async (after: number) => {
  server.manner.cut = { after, times: 1 };
  const controller = new AbortController();
  const onProgress = (done: number): void => {
    if (done >= after) controller.abort(new DuctusError('enough'));
  };
  await expect(get({ onProgress, signal: controller.signal })).rejects.toThrow('enough');
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-download-'));
  server = await startFileServer(content);
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('download', () => {
  it('fetches a file and tells how far it is', async () => {
    const told: [number, number | undefined][] = [];
    await get({ onProgress: (done, total) => told.push([done, total]) });
    expect(Buffer.compare(readFileSync(path()), content)).toBe(0);
    expect(readdirSync(join(folder, 'in'))).toEqual(['file.zip']);
    expect(told[0]).toEqual([0, size]);
    expect(told.at(-1)).toEqual([size, size]);
    expect(server.requests[0]).toMatchObject({ 'accept-encoding': 'identity' });
    expect(server.requests[0]).not.toHaveProperty('range');
  });

  it('takes up a connection that breaks, by a range on the condition that the file is the same', async () => {
    server.manner.cut = { after: 70_000, times: 2 };
    await get();
    expect(Buffer.compare(readFileSync(path()), content)).toBe(0);
    expect(server.requests.map((headers) => headers.range)).toEqual([undefined, 'bytes=70000-', 'bytes=140000-']);
    expect(server.requests[1]!['if-range']).toBe('"one"');
  });

  it('goes on in a later call where an earlier one was ended', async () => {
    await breakOff(120_000);
    expect(readFileSync(`${path()}.part`)).toHaveLength(120_000);
    await get();
    expect(server.requests.at(-1)!.range).toBe('bytes=120000-');
    expect(Buffer.compare(readFileSync(path()), content)).toBe(0);
    expect(readdirSync(join(folder, 'in'))).toEqual(['file.zip']);
  });

  it('begins again where the server knows no ranges', async () => {
    server.manner.ranges = false;
    await breakOff(120_000);
    await get();
    expect(server.requests.at(-1)!.range).toBe('bytes=120000-');
    expect(Buffer.compare(readFileSync(path()), content)).toBe(0);
  });

  it('begins again where the file is another one by now', async () => {
    await breakOff(120_000);
    server.manner.content = content.slice().reverse();
    server.manner.tag = '"two"';
    await get();
    expect(Buffer.compare(readFileSync(path()), server.manner.content)).toBe(0);
  });

  it('begins again where another length tells so, or nothing is left, without a tag', async () => {
    server.manner.tag = '';
    await breakOff(120_000);
    for (const length of [200_000, 100_000]) {
      server.manner.content = content.subarray(1, 1 + length);
      await get();
      expect(Buffer.compare(readFileSync(path()), server.manner.content)).toBe(0);
      await breakOff(90_000);
    }
  });

  it('does not trust a part of another address or without a note', async () => {
    await breakOff(120_000);
    const other = `${server.address}?other`;
    await get({ address: other });
    expect(server.requests.at(-1)).not.toHaveProperty('range');
    rmSync(path());
    writeFileSync(`${path()}.part`, 'not a part');
    await get();
    expect(server.requests.at(-1)).not.toHaveProperty('range');
    expect(Buffer.compare(readFileSync(path()), content)).toBe(0);
  });

  it('asks for nothing where all had come before the name was given', async () => {
    await breakOff(120_000);
    writeFileSync(`${path()}.part`, content);
    const requests = server.requests.length;
    await get();
    expect(server.requests).toHaveLength(requests);
    expect(Buffer.compare(readFileSync(path()), content)).toBe(0);
  });

  it('gives up a connection that stalls, and takes it up again', async () => {
    server.manner.stallAfter = 50_000;
    const onProgress = (done: number): void => {
      if (done === 50_000) delete server.manner.stallAfter;
    };
    await get({ stallSeconds: 1, onProgress });
    expect(server.requests.at(-1)!.range).toBe('bytes=50000-');
    expect(Buffer.compare(readFileSync(path()), content)).toBe(0);
  });

  it('says when a connection breaks that brought nothing, and keeps what was there', async () => {
    server.manner.cut = { after: 120_000, times: 1 };
    const onProgress = (done: number): void => {
      if (done === 120_000) void server.close();
    };
    await expect(get({ onProgress })).rejects.toThrow(
      /downloading: the connection broke after 120000 bytes \(.+\); they are kept in .*file\.zip\.part, the same command goes on/,
    );
    expect(existsSync(`${path()}.part`)).toBe(true);
  });

  it('says when there is no server or no file', async () => {
    server.manner.refuse = 404;
    await expect(get()).rejects.toThrow(MissingError);
    await expect(get()).rejects.toThrow('expected the file, received status 404 Not Found');
    await server.close();
    await expect(get()).rejects.toThrow(MissingError);
    await expect(get()).rejects.toThrow('expected to reach the server, received: ECONNREFUSED');
    await expect(get({ address: 'ftp://x/y' })).rejects.toThrow(UsageError);
  });

  it('takes no more than its bound, whether the server announces it or not', async () => {
    await expect(get({ maxBytes: size - 1 })).rejects.toThrow(FormatError);
    server.manner.lengthless = true;
    await expect(get({ maxBytes: size - 1 })).rejects.toThrow(`expected at most ${size - 1} bytes, received more`);
    expect(readdirSync(join(folder, 'in'))).toEqual([]);
    await get({ maxBytes: size });
    expect(Buffer.compare(readFileSync(path()), content)).toBe(0);
  });
});
