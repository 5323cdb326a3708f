// The routes of a built page: the files of one folder, GET and HEAD only. A Hono application, so other routes can be
// mounted beside it. It does not listen; `pageServer.ts` does.
import { Hono } from 'hono';
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/compress';
import { getMimeType } from 'hono/utils/mime';
import { servedFiles } from './servedFiles.ts';

/** Vite's content hash in a name, `/assets/index-B1c7OH6V.js`: such a file never changes under its name. */
const hashedName = /^\/assets\/.*-[\w-]{8}\.\w+$/;

/** Model files have no media type of their own. */
const plainBytes = 'application/octet-stream';

/**
 * The routes of a page: `/` is the folder's `index.html`. Each file has its media type and an `ETag`, and is compressed
 * for clients that accept gzip. Anything that is no file of the folder is 404, also a link that leads out of it;
 * methods other than GET and HEAD are 405. Parts of a file (`Range`) are not served: a client that asks gets the whole.
 *
 * @param folder the page's folder; it may be built again while the routes are served.
 */
export function pageRoutes(folder: string): Hono {
  const routes = new Hono();
  const fileAt = servedFiles(folder);
  routes.use(async (context) => {
    context.header('X-Content-Type-Options', 'nosniff');
    const { method, path } = context.req;
    if (method !== 'GET' && method !== 'HEAD')
      return context.text('405 method not allowed\n', 405, { Allow: 'GET, HEAD' });
    const file = await fileAt(path);
    if (file === undefined) return context.notFound();
    const type = getMimeType(file.name) ?? plainBytes;
    const compressible = COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type) || type === plainBytes;
    const gzip = compressible && acceptsGzip(context.req.header('Accept-Encoding') ?? '');
    const tag = gzip ? `"${file.hash}-gzip"` : `"${file.hash}"`;
    context.header('ETag', tag);
    context.header('Cache-Control', hashedName.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (compressible) context.header('Vary', 'Accept-Encoding');
    if (matches(context.req.header('If-None-Match'), file.hash)) return context.body(null, 304);
    const bytes = gzip ? await file.gzipped() : file.bytes;
    context.header('Content-Type', type);
    context.header('Content-Length', String(bytes.length));
    if (gzip) context.header('Content-Encoding', 'gzip');
    return method === 'HEAD' ? context.body(null) : context.body(bytes);
  });
  routes.notFound((context) => context.text('404 not found\n', 404));
  routes.onError((_error, context) => context.text('500 internal error\n', 500));
  return routes;
}

/** Whether a client takes gzip: it names it, or everything, and not with weight 0 (RFC 9110, 12.5.3). */
function acceptsGzip(accepted: string): boolean {
  const weights = new Map(
    accepted.split(',').map((part) => {
      const [coding = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const weight = parameters.find((text) => text.startsWith('q='));
      return [coding, weight === undefined ? 1 : Number(weight.slice(2))];
    }),
  );
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}

/** Whether a client has the file already, zipped or not: it names its tag, or any. */
function matches(tags: string | undefined, hash: string): boolean {
  return tags !== undefined && (tags.trim() === '*' || tags.includes(`"${hash}"`) || tags.includes(`"${hash}-gzip"`));
}
