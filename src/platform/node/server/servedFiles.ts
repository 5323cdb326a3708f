// The files of a folder as a server gives them, each read, hashed and zipped once until it changes.
import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { maximumModelBytes } from '../../../onnx/floor.ts';
import { readFileBounded } from '../files/files.ts';

const zip = promisify(gzip);

/** A file, ready to be sent. */
export interface ServedFile {
  /** Its name without folders, from which its media type follows. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of its bytes, SHA-256 in base64url, shortened. */
  readonly hash: string;
  /** The bytes as gzip has them. */
  gzipped(): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * A function from a path of a URL to the file of the folder. It looks at the file's size and time at each call.
 *
 * @returns undefined where there is no ordinary file, the path cannot be decoded, or a link leads out of the folder.
 */
export function servedFiles(folder: string): (path: string) => Promise<ServedFile | undefined> {
  const kept = new Map<string, { readonly version: string; readonly file: ServedFile }>();
  return async (path) => {
    try {
      const place = await placeWithin(folder, path);
      if (place === undefined) return undefined;
      const facts = await stat(place);
      // A pipe or a device might never end.
      if (!facts.isFile()) return undefined;
      const version = `${facts.size} ${facts.mtimeMs} ${facts.ino}`;
      const known = kept.get(place);
      if (known?.version === version) return known.file;
      // A model is the largest file of a page: what a browser would refuse is not sent.
      const file = servedFile(basename(place), new Uint8Array(await readFileBounded(place, maximumModelBytes)));
      kept.set(place, { version, file });
      return file;
    } catch {
      // Gone or not to be read: for a client that is no file.
      return undefined;
    }
  };
}

/** The real path that a URL's path means, `index.html` of a folder; undefined where it is outside. */
async function placeWithin(folder: string, path: string): Promise<string | undefined> {
  const [top, named] = await Promise.all([realpath(folder), realpath(join(folder, decodeURIComponent(path)))]);
  const place = (await stat(named)).isDirectory() ? await realpath(join(named, 'index.html')) : named;
  return place.startsWith(top + sep) ? place : undefined;
}

function servedFile(name: string, bytes: Uint8Array<ArrayBuffer>): ServedFile {
  let zipped: Promise<Uint8Array<ArrayBuffer>> | undefined;
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  return {
    name,
    bytes,
    hash,
    gzipped: () => {
      zipped ??= zip(bytes).then((result) => new Uint8Array(result));
      return zipped;
    },
  };
}
