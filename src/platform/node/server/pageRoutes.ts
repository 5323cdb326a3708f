// The routes of a built page: the files of one folder, GET and HEAD only. A Hono application, so other routes can be
// mounted beside it. It does not listen; `pageServer.ts` does.
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { COMPRESSIBLE_CONTENT_TYPE_REGEX, compress } from 'hono/compress';
import { etag } from 'hono/etag';

/** Vite's content hash in a name, `/assets/index-B1c7OH6V.js`: such a file never changes under its name. */
const hashedName = /^\/assets\/.*-[\w-]{8}\.\w+$/;

/** Model files have no media type of their own. */
const plainBytes = 'application/octet-stream';

/**
 * The routes of a page: `/` is the folder's `index.html`. Each file has its media type and an `ETag`, and is compressed
 * for clients that accept gzip. Anything that is no file of the folder is 404, also a link that leads out of it;
 * methods other than GET and HEAD are 405.
 *
 * @param folder the page's folder; it may be built again while the routes are served.
 */
export function pageRoutes(folder: string): Hono {
  const routes = new Hono();
  routes.use(
    compress({ contentTypeFilter: (type) => COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type) || type === plainBytes }),
  );
  routes.use(etag());
  routes.use(async (context, next) => {
    context.header('X-Content-Type-Options', 'nosniff');
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD')
      return context.text('405 method not allowed\n', 405, { Allow: 'GET, HEAD' });
    if (!(await isWithin(folder, context.req.path))) return context.notFound();
    context.header(
      'Cache-Control',
      hashedName.test(context.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    return next();
  });
  routes.use(serveStatic({ root: folder }));
  routes.notFound((context) => context.text('404 not found\n', 404));
  routes.onError((_error, context) => context.text('500 internal error\n', 500));
  return routes;
}

/** Whether a path names something inside the folder; `serveStatic` would follow a link out of it. */
async function isWithin(folder: string, path: string): Promise<boolean> {
  try {
    const [top, place] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    return place === top || place.startsWith(top + sep);
  } catch {
    return false;
  }
}
