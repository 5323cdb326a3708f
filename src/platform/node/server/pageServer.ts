// Serves one folder of files over HTTP to browsers: a built page, by Hono on Node's own server.
import { stat } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { DuctusError, MissingError } from '../../../core/floor.ts';
import { pageRoutes } from './pageRoutes.ts';

/** Number of ports after the wanted one that are tried when it is busy. */
const portAttempts = 20;

/** What to serve, and where. */
export interface PageServerOptions {
  readonly folder: string;
  /** Address to listen on; default `127.0.0.1`, this machine only. */
  readonly host?: string;
  /** Wanted port; the next ones are tried when it is busy. 0: any free one. */
  readonly port: number;
}

/** A running server. */
export interface PageServer {
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/**
 * Starts serving a page; `/` is the folder's `index.html`.
 *
 * @throws {MissingError} when the folder is missing or has no `index.html`.
 * @throws {DuctusError} when no port is free.
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { folder, host = '127.0.0.1' } = options;
  await checkFolder(folder);
  const server = createAdaptorServer({ fetch: pageRoutes(folder).fetch }) as Server;
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

async function checkFolder(folder: string): Promise<void> {
  const [top, index] = await Promise.all(
    [folder, join(folder, 'index.html')].map((path) => stat(path).catch(() => null)),
  );
  if (!top?.isDirectory()) throw new MissingError(`${folder}: serving a page: expected a folder, received none`);
  if (!index?.isFile())
    throw new MissingError(`${folder}: serving a page: expected an index.html in this folder, received none`);
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
