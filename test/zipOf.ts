// Makes zip archives for tests.
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** An archive of some files, by name. @param compress false: stored as they are. */
export async function zipOf(files: ReadonlyMap<string, Uint8Array>, compress = true): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(Buffer.from(bytes), name, { compress });
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}
