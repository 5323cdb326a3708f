import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MissingError } from '../../../core/floor.ts';
import { type PageServer, startPageServer } from './pageServer.ts';

let folder: string;
let server: PageServer;
const script = 'export const text = "a page that says the same again and again";\n'.repeat(50);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-static-'));
  await mkdir(join(folder, 'page/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'page/index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(folder, 'page/assets/index-B1c7OH6V.js'), script);
  await writeFile(
    join(folder, 'page/digits.onnx'),
    Uint8Array.from({ length: 1000 }, (_, i) => (i * i * 7919) >> 3),
  );
  await writeFile(join(folder, 'page/two words.txt'), 'words');
  await symlink(join(folder, 'secret.txt'), join(folder, 'page/link.txt'));
  server = await startPageServer({ folder: join(folder, 'page'), port: 0 });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** A request whose path is sent as it is; `fetch` would tidy it first. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject).end();
  });
}

describe('startPageServer', () => {
  it('serves the page and says what each file is', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.body.toString()).toContain('<title>page</title>');
    expect((await get('/digits.onnx')).headers['content-type']).toBe('application/octet-stream');
    expect((await get('/index.html?x=1')).body.toString()).toContain('page');
    expect((await get('/two%20words.txt')).body.toString()).toBe('words');
  });

  it('compresses what shrinks, for those who take it', async () => {
    const zipped = await get('/assets/index-B1c7OH6V.js', { 'Accept-Encoding': 'br, gzip' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.body).toString()).toBe(script);
    expect(zipped.body.length).toBeLessThan(script.length / 5);
    for (const accepted of ['identity', 'gzip;q=0', 'br']) {
      const plain = await get('/assets/index-B1c7OH6V.js', { 'Accept-Encoding': accepted });
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(plain.body.toString()).toBe(script);
    }
  });

  it('lets hashed files be kept and others be asked for again', async () => {
    expect((await get('/assets/index-B1c7OH6V.js')).headers['cache-control']).toContain('immutable');
    const { etag } = (await get('/')).headers;
    const again = await get('/', { 'If-None-Match': String(etag) });
    expect(again.status).toBe(304);
    expect(again.body.length).toBe(0);
  });

  it('answers HEAD without a body and refuses other methods', async () => {
    const head = await get('/', {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.body.length).toBe(0);
    expect((await get('/', {}, 'POST')).status).toBe(405);
  });

  it('gives nothing outside the folder', async () => {
    const paths = ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/../../secret.txt', '/link.txt'];
    for (const path of [...paths, '//secret.txt', '/nothing', '/assets', '/%', '/two%20words.txt%00']) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.body.toString()).not.toContain('secret');
    }
    expect((await get('/..\\secret.txt')).status).toBe(400);
  });

  it('finds a file that was built after it started, and none that was removed since', async () => {
    await writeFile(join(folder, 'page/later.wasm'), '');
    expect((await get('/later.wasm')).headers['content-type']).toBe('application/wasm');
    await rm(join(folder, 'page/later.wasm'));
    expect((await get('/later.wasm')).status).toBe(404);
    expect((await get('/')).status).toBe(200);
  });

  it('takes the next port when the wanted one is busy', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const busy = (blocker.address() as { port: number }).port;
    const second = await startPageServer({ folder: join(folder, 'page'), port: busy });
    expect(second.port).toBeGreaterThan(busy);
    await second.close();
    await new Promise((resolve) => blocker.close(resolve));
  });

  it('says that there is no page', async () => {
    await expect(startPageServer({ folder: join(folder, 'nowhere'), port: 0 })).rejects.toThrow(MissingError);
    await expect(startPageServer({ folder: join(folder, 'page/assets'), port: 0 })).rejects.toThrow(/index\.html/);
  });
});

it('answers HEAD as GET without the bytes, knows its tags, and serves no parts of a file', async () => {
  const ask = (method: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}digits.onnx`, { method, headers: { 'Accept-Encoding': 'gzip', ...headers } });
  const got = await ask('GET');
  const whole = new Uint8Array(await got.arrayBuffer());
  expect(whole).toHaveLength(1000);
  const head = await ask('HEAD');
  for (const name of ['etag', 'content-encoding', 'content-length', 'vary', 'content-type']) {
    expect(head.headers.get(name), name).toBe(got.headers.get(name));
  }
  expect(head.headers.get('etag')).toMatch(/^".+"$/);
  expect((await ask('HEAD', { 'If-None-Match': got.headers.get('etag')! })).status).toBe(304);
  expect((await ask('GET', { 'If-None-Match': `W/"other", ${got.headers.get('etag')!}` })).status).toBe(304);
  const part = await ask('GET', { Range: 'bytes=0-9', 'If-Range': '"x"' });
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([200, 1000]);
  const plain = await ask('GET', { 'Accept-Encoding': 'gzip;q=0, identity' });
  expect(plain.headers.get('content-encoding')).toBeNull();
});

it('takes a pipe for no file', async () => {
  execFileSync('mkfifo', [join(folder, 'page/pipe')]);
  expect((await fetch(`${server.url}pipe`)).status).toBe(404);
});
