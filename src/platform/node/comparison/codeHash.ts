// The fingerprint of some modules and all their imports in this package. It says whether a figure was measured with
// today's code.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** Imports and re-exports of types only: they do not run. Compiled files have none. */
const typeImports = /^(?:import|export) type\b[^;]*;/gm;
/** Imports of files by relative names, static or by `import()`. */
const relativeImports = /\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g;

/**
 * SHA-256 in hexadecimal of the text of these modules and of those that they import by relative names, directly or not.
 *
 * The files' location does not count; packages do not either. A changed comment changes the hash: measuring once too
 * often does no harm.
 *
 * @param modules addresses of files, as `import.meta.url` gives them.
 */
export function codeHash(modules: readonly string[]): string {
  const found = new Set(modules);
  const texts: string[] = [];
  // A loop over a set also visits what the loop adds.
  for (const module of found) {
    const text = readFileSync(new URL(module), 'utf8');
    texts.push(createHash('sha256').update(text).digest('hex'));
    for (const [, name] of text.replaceAll(typeImports, '').matchAll(relativeImports)) {
      const address = new URL(name!, module);
      // Text in a comment that only looks like an import is skipped.
      if (existsSync(address)) found.add(address.href);
    }
  }
  return createHash('sha256').update(texts.sort().join('\n')).digest('hex');
}
