// The optional package that reads and writes image files. In a file of its own: its types name a package that may be absent, so
// no declaration that users import may lead here.
import { MissingError } from '../../../core/floor.ts';

/** The optional package that reads and writes image files. @throws {MissingError} naming what was to be done. */
export async function loadSharp(what: string): Promise<typeof import('sharp')['default']> {
  try {
    return (await import('sharp')).default;
  } catch (error) {
    throw new MissingError(
      `${what}: needs the optional package sharp, which could not be loaded (${(error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim()}); install it with: npm install sharp`,
      { cause: error },
    );
  }
}
