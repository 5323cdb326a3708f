// `ductus data get emnist` in real processes, from a real server on this machine: killed, interrupted, continued.
// @module-tag slow
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { emnistLike } from '../../../test/emnistLike.ts';
import { type FileServer, startFileServer } from '../../../test/fileServer.ts';
import { printedBy, runDuctus, startDuctus } from '../../../test/runDuctus.ts';
import { zipOf } from '../../../test/zipOf.ts';
import { openDataset } from '../../platform/node/floor.ts';

let folder = '';
let server: FileServer;
const part = () => join(folder, 'data', 'emnist', 'gzip.zip.part');
const command = () => ['data', 'get', 'emnist', '--split', 'mnist', '--url', server.address];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-get-'));
  vi.stubEnv('DUCTUS_DATA', join(folder, 'data'));
  const digits = await openDataset('mnist:train');
  const files = (['train', 'test'] as const).flatMap((name) => [...emnistLike('mnist', name, digits).files]);
  // The pictures are packed already.
  server = await startFileServer(await zipOf(new Map(files.map(([name, bytes]) => [`gzip/${name}`, bytes])), false));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Starts the command, sends it a signal after so many bytes, and waits for its end. */
async function interrupted(bytes: number, signal: NodeJS.Signals): Promise<{ code: number | null; errors: string }> {
  const { child, ended } = startDuctus(command(), { folder });
  while (!existsSync(part()) || statSync(part()).size < bytes) await pause(20);
  child.kill(signal);
  const { code, stderr: errors } = await ended;
  return { code, errors };
}

describe('ductus data get emnist', () => {
  it('goes on where it was killed, and where it was interrupted, and leaves data that opens upright', async () => {
    server.manner.stallAfter = 1_000_000;
    await interrupted(1_000_000, 'SIGKILL');
    const { code, errors } = await interrupted(2_000_000, 'SIGINT');
    expect(code).toBe(1);
    expect(errors).toMatch(/error: interrupted; the same command goes on where this one stopped\n$/);
    delete server.manner.stallAfter;
    const done = await startDuctus([...command(), '--json'], { folder }).ended;
    expect(done.stderr).toContain('MB are there');
    expect(done.code).toBe(0);
    expect(server.requests.map((headers) => headers.range)).toEqual([undefined, 'bytes=1000000-', 'bytes=2000000-']);
    expect(JSON.parse(done.stdout)).toMatchObject({
      folder: join(folder, 'data', 'emnist'),
      unpacked: ['mnist'],
      archive: { bytes: server.manner.content.length, known: false },
    });
    expect(readdirSync(join(folder, 'data', 'emnist'))).toEqual(['gzip']);
    const [read, digits] = [await openDataset('emnist-mnist:test'), await openDataset('mnist:train')];
    expect(Buffer.compare(read.images, digits.images.subarray(0, 10_000 * 784))).toBe(0);
    const again = await runDuctus(command(), { folder });
    expect(again).toMatchObject({
      code: 0,
      stdout: `there already: mnist\nfolder: ${join(folder, 'data', 'emnist')}\n`,
    });
  });

  it('takes the archive from a file, and leaves it there', async () => {
    const archive = join(folder, 'fetched.zip');
    writeFileSync(archive, server.manner.content);
    rmSync(join(folder, 'data'), { recursive: true, force: true });
    const requests = server.requests.length;
    const got = JSON.parse(await printedBy([...command(), '--from', archive, '--json'], { folder }));
    expect(got).toMatchObject({ unpacked: ['mnist'], archive: { path: archive } });
    expect(server.requests).toHaveLength(requests);
    expect(statSync(archive).size).toBe(server.manner.content.length);
    const missing = await runDuctus([...command(), '--split', 'digits', '--from', 'nowhere.zip'], { folder });
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('nowhere.zip: expected the archive') });
  });

  it('keeps what it downloaded where it is asked to, for the next division', async () => {
    const archive = join(folder, 'data', 'emnist', 'gzip.zip');
    rmSync(join(folder, 'data'), { recursive: true, force: true });
    const deleted = JSON.parse(await printedBy([...command(), '--json'], { folder }));
    expect([deleted.archive.path, existsSync(archive)]).toEqual([undefined, false]);
    rmSync(join(folder, 'data'), { recursive: true });
    const kept = JSON.parse(await printedBy([...command(), '--keep', '--json'], { folder }));
    expect(kept.archive.path).toBe(archive);
    expect(statSync(archive).size).toBe(server.manner.content.length);
    const requests = server.requests.length;
    rmSync(join(folder, 'data', 'emnist', 'gzip'), { recursive: true });
    await printedBy(command(), { folder });
    expect(server.requests).toHaveLength(requests);
  });

  it.each([
    [
      ['data', 'get', 'emnist', '--split', 'capitals'],
      'expected one of byclass, bymerge, balanced, letters, digits, mnist',
    ],
    [['data', 'get', 'mnist'], 'Allowed choices are emnist'],
    [['data', 'get', 'emnist', '--sha256', 'abc'], 'Expected 64 hexadecimal digits, received "abc"'],
    [['data', 'get', 'emnist', '--split', 'letters', '--url', 'gzip.zip'], 'begins with https:// or http://'],
  ])('refuses %j', async (args, text) => {
    const { code, stderr } = await runDuctus(args, { folder });
    expect(stderr).toContain(text);
    expect(code).toBe(2);
  });
});
