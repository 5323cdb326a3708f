// Loads an optional peer: a package that users install only where they need it.
import { MissingError } from '../../../core/floor.ts';

/**
 * A package that may not be installed, loaded on first use.
 *
 * @param load imports it: `() => import('sharp')`. The import stays in its user's file, where the house tests see it.
 * @param name of the package.
 * @param what the work at hand; the message begins with it.
 * @param install argument for `npm install`.
 * @throws {MissingError} with the reason, and the command that installs it.
 */
export async function loadOptional<Module>(
  load: () => Promise<Module>,
  name: string,
  what: string,
  install: string = name,
): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    const why = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, ' ').trim();
    throw new MissingError(
      `${what}: needs the optional package ${name}, which could not be loaded (${why}); install it with: npm install ${install}`,
      { cause },
    );
  }
}
