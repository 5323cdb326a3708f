import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FormatError, MissingError } from '../../core/floor.ts';
import { fetchModel, modelByteLimit } from './fetchModel.ts';

let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/good.onnx') response.end(Buffer.from([1, 2, 3]));
    else if (request.url === '/page') response.setHeader('content-type', 'text/html').end('<p>');
    else if (request.url === '/huge') {
      response.setHeader('content-length', modelByteLimit + 1);
      response.write('x');
    } else if (request.url === '/broken') {
      response.setHeader('content-length', 100);
      response.write('x', () => response.destroy());
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('fetchModel', () => {
  it('gives the bytes', async () => {
    const progress: number[] = [];
    const bytes = await fetchModel(`${base}/good.onnx`, undefined, (received) => progress.push(received));
    expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
    expect(progress.at(-1)).toBe(3);
  });
  it('names the URL and the cause when there is no such file, no server, or the connection breaks', async () => {
    await expect(fetchModel(`${base}/none`)).rejects.toThrow(MissingError);
    await expect(fetchModel(`${base}/none`)).rejects.toThrow(
      `fetching model ${base}/none: expected status 200, received 404`,
    );
    await expect(fetchModel('http://127.0.0.1:1/m.onnx')).rejects.toThrow('fetching model http://127.0.0.1:1/m.onnx');
    await expect(fetchModel(`${base}/broken`)).rejects.toThrow(`fetching model ${base}/broken: the connection broke`);
  });
  it('refuses a web page and a file beyond the limit', async () => {
    await expect(fetchModel(`${base}/page`)).rejects.toThrow(FormatError);
    await expect(fetchModel(`${base}/page`)).rejects.toThrow('received a web page');
    await expect(fetchModel(`${base}/huge`)).rejects.toThrow(`received ${modelByteLimit + 1}`);
  });
  it('can be aborted', async () => {
    const abort = new AbortController();
    abort.abort(new Error('no longer wanted'));
    await expect(fetchModel(`${base}/good.onnx`, abort.signal)).rejects.toThrow('no longer wanted');
  });
});
