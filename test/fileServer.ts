// A real HTTP server that sends one file, on a port of this machine that was free: with or without ranges, cut off or
// stalled when a test asks for it.
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server behaves; may be changed between requests. */
export interface FileServerManner {
  content: Uint8Array;
  /** Whether it knows ranges. */
  ranges: boolean;
  /** Sent as the file's ETag where it is not empty. */
  tag: string;
  /** Bytes of a response after which the connection is cut, for so many responses. */
  cut?: { readonly after: number; times: number };
  /** Bytes of a response after which nothing comes any more. */
  stallAfter?: number;
  /** Sends the file without saying how long it is. */
  lengthless?: boolean;
  /** Answers every request with this status. */
  refuse?: number;
}

/** A running server. */
export interface FileServer {
  readonly address: string;
  readonly manner: FileServerManner;
  /** Headers of the requests so far. */
  readonly requests: IncomingHttpHeaders[];
  close(): Promise<void>;
}

/** Starts the server. */
export async function startFileServer(content: Uint8Array): Promise<FileServer> {
  const manner: FileServerManner = { content, ranges: true, tag: '"one"' };
  const requests: IncomingHttpHeaders[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request.headers);
    answer(request.headers, response, manner);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/gzip.zip`,
    manner,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(headers: IncomingHttpHeaders, response: ServerResponse, manner: FileServerManner): void {
  const { content, ranges, tag, cut, stallAfter, lengthless, refuse } = manner;
  if (refuse !== undefined) {
    response.writeHead(refuse).end();
    return;
  }
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  const same = headers['if-range'] === undefined || headers['if-range'] === tag;
  const partial = ranges && same && headers.range !== undefined;
  if (partial && from >= content.length) {
    response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    return;
  }
  const body = partial ? content.subarray(from) : content;
  response.writeHead(partial ? 206 : 200, {
    ...(tag && { etag: tag }),
    ...(!lengthless && { 'content-length': body.length }),
    ...(partial && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
  });
  if (stallAfter !== undefined) response.write(body.subarray(0, stallAfter));
  else if (cut !== undefined && cut.times > 0) {
    cut.times--;
    // Cut when the bytes have left, so that the other side has them.
    response.write(body.subarray(0, cut.after), () => setTimeout(() => response.destroy(), 50));
  } else response.end(body);
}
