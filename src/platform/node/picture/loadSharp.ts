// The optional package that reads and writes image files. In a file of its own: its types name a package that may be absent, so
// no declaration that users import may lead here.
import { loadOptional } from '../files/loadOptional.ts';

/** The optional package that reads and writes image files. @throws {MissingError} naming what was to be done. */
export async function loadSharp(what: string): Promise<typeof import('sharp')['default']> {
  return (await loadOptional(() => import('sharp'), 'sharp', what)).default;
}
