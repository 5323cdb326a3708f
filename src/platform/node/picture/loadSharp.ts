// The optional package that reads and writes image files. It has its own file because its types name a package that may
// be absent: no declaration that users import may lead here.
import { loadOptional } from '../files/loadOptional.ts';

/** The optional package that reads and writes image files. @throws {MissingError} naming the intended work. */
export async function loadSharp(what: string): Promise<typeof import('sharp')['default']> {
  return (await loadOptional(() => import('sharp'), 'sharp', what)).default;
}
