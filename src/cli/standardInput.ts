// Standard input for readers that take a file's name.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuctusError, FormatError } from '../core/floor.ts';

/** Largest standard input in bytes: the bound of an image file. */
const maximumBytes = 256 * 2 ** 20;

/** Name in messages for a file that came through standard input. */
const shownName = 'standard input';

/**
 * Writes standard input to a temporary file, passes its name to a reader, and removes it.
 *
 * @throws {FormatError} when standard input has more than 256 MiB.
 * @throws what the reader throws; its message names standard input instead of the temporary file.
 */
export async function withStandardInput<T>(read: (path: string) => Promise<T>): Promise<T> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > maximumBytes) {
      throw new FormatError(`reading ${shownName}: expected at most ${maximumBytes} bytes, received more`);
    }
  }
  const folder = await mkdtemp(join(tmpdir(), 'ductus-'));
  const path = join(folder, 'input');
  try {
    await writeFile(path, Buffer.concat(chunks));
    return await read(path);
  } catch (error) {
    if (error instanceof DuctusError) error.message = error.message.replaceAll(path, shownName);
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
