// Serves one folder of files over HTTP to browsers: a built page. Not an application server: GET and HEAD only.
// The files are listed once at the start and requests are looked up in that list, so that no path can lead out of the folder.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { DuctusError, MissingError } from '../../../core/floor.ts';

const compress = promisify(gzip);

/** How many ports after the wanted one are tried when it is busy; ours. */
export const portAttempts = 20;

/** Most files that a folder may hold; ours, far above any built page. */
const maximumFiles = 10_000;

/** Files up to this many bytes are held in memory, compressed; larger ones are streamed as they are. Ours. */
const maximumHeldBytes = 32 * 2 ** 20;

/** A compressed form is kept when it saves at least this share; float weights hardly shrink, and unpacking costs time. Ours. */
const leastSaving = 0.05;

/** Media types by file ending; anything else is `application/octet-stream`. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.onnx': 'application/octet-stream',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Endings whose files are compressed already. */
const compressed = new Set(['.gif', '.jpg', '.png', '.webp', '.woff2']);

/** Vite's content hash in a name, `/assets/index-B1c7OH6V.js`: such a file never changes under its name. */
const hashedName = /^\/assets\/.*-[\w-]{8}\.\w+$/;

/** Where and what to serve. */
export interface StaticServerOptions {
  readonly folder: string;
  /** Address to listen on; default `127.0.0.1`, this machine alone. */
  readonly host?: string;
  /** Wanted port; the next ones are tried when it is busy. 0: any free one. */
  readonly port: number;
}

/** A running server. */
export interface StaticServer {
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

interface StoredFile {
  readonly path: string;
  readonly size: number;
  /** Read, hashed and compressed at the first request. */
  held?: Promise<HeldFile>;
}

interface HeldFile {
  readonly plain: Buffer;
  readonly zipped: Buffer | undefined;
  readonly tag: string;
}

/**
 * Starts serving a folder; `/` is its `index.html`.
 *
 * @throws {MissingError} when the folder is not there or has no `index.html`.
 * @throws {DuctusError} when no port can be had.
 */
export async function startStaticServer(options: StaticServerOptions): Promise<StaticServer> {
  const files = await listFiles(options.folder);
  if (!files.has('/index.html')) {
    throw new MissingError(`${options.folder}: serving a page: expected an index.html in this folder, received none`);
  }
  const server = createServer((request, response) => {
    answer(files, request, response).catch(() => fail(response, 500, 'internal error'));
  });
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, host, options.port);
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${port}/`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listFiles(folder: string): Promise<Map<string, StoredFile>> {
  const files = new Map<string, StoredFile>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new MissingError(`${folder}: serving a page: expected a folder, received none`);
  });
  for (const entry of entries) {
    // Links are left out: they could lead out of the folder.
    if (!entry.isFile()) continue;
    if (files.size >= maximumFiles) {
      throw new DuctusError(`${folder}: serving a page: expected at most ${maximumFiles} files, received more`);
    }
    const path = join(entry.parentPath, entry.name);
    const url = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(url, { path, size: (await stat(path)).size });
  }
  return files;
}

async function answer(
  files: ReadonlyMap<string, StoredFile>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return fail(response, 405, 'method not allowed');
  }
  const path = decodePath(request.url ?? '/');
  if (path === undefined) return fail(response, 400, 'bad request');
  const file = files.get(path.endsWith('/') ? `${path}index.html` : path);
  if (file === undefined) return fail(response, 404, 'not found');

  const ending = extname(file.path).toLowerCase();
  response.setHeader('Content-Type', mediaTypes[ending] ?? 'application/octet-stream');
  response.setHeader('Cache-Control', hashedName.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (file.size > maximumHeldBytes) return stream(file, request, response);

  file.held ??= hold(file, ending);
  // A file that vanished is not remembered as failed: it may be built again.
  file.held.catch(() => delete file.held);
  const { plain, zipped, tag } = await file.held;
  response.setHeader('ETag', tag);
  response.setHeader('Vary', 'Accept-Encoding');
  if (request.headers['if-none-match']?.includes(tag)) {
    response.writeHead(304).end();
    return;
  }
  const body = zipped !== undefined && takesGzip(request) ? zipped : plain;
  if (body === zipped) response.setHeader('Content-Encoding', 'gzip');
  response.setHeader('Content-Length', body.length);
  response.writeHead(200).end(request.method === 'HEAD' ? undefined : body);
}

async function hold(file: StoredFile, ending: string): Promise<HeldFile> {
  const plain = await readFile(file.path);
  const zipped = compressed.has(ending) ? undefined : await compress(plain, { level: 9 });
  const saves = zipped !== undefined && zipped.length < (1 - leastSaving) * plain.length;
  // Weak, as both encodings share it.
  const tag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { plain, zipped: saves ? zipped : undefined, tag };
}

function stream(file: StoredFile, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Content-Length', file.size);
  response.writeHead(200);
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(file.path)
      .on('error', () => response.destroy())
      .pipe(response);
}

function fail(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${status} ${text}\n`);
}

/** The path of a request without its query, percent signs decoded; undefined when they are not valid. */
function decodePath(url: string): string | undefined {
  try {
    return decodeURIComponent(url.replace(/[?#].*$/, ''));
  } catch {
    return undefined;
  }
}

/** Whether the request accepts gzip; `gzip;q=0` says that it does not. */
function takesGzip(request: IncomingMessage): boolean {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted);
}

async function listen(server: Server, host: string, wanted: number): Promise<number> {
  const last = wanted === 0 ? 0 : Math.min(65_535, wanted + portAttempts);
  for (let port = wanted; port <= last; port++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE') throw new DuctusError(`listening on ${host}, port ${port}: failed: ${message}`);
    }
  }
  throw new DuctusError(`listening on ${host}: expected a free port in ${wanted}..${last}, all are busy`);
}
