// Standard input for readers that take a file's name.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuctusError, FormatError } from '../core/floor.ts';

/** Most bytes taken from standard input: as many as an image file may have. */
const maximumBytes = 256 * 2 ** 20;

/** Name that stands in messages for a file that came in by standard input. */
const shownName = 'standard input';

/**
 * Puts standard input into a temporary file, gives its name to a reader, and removes it.
 *
 * @throws {FormatError} when there are more than 256 MiB.
 * @throws what the reader throws, its message naming standard input in place of the temporary file.
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
