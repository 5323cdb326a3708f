// Builds the page, with the models that ship or others, into a folder of the test's own.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const configFile = fileURLToPath(new URL('../../apps/web/vite.config.ts', import.meta.url));

/**
 * Builds the page and returns its folder.
 *
 * @param environment the variables `DUCTUS_MODEL`, `DUCTUS_MODELS` and `DUCTUS_COMMITTEE`, set for the time of the
 * build.
 */
export async function buildPage(outDir: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, environment);
  try {
    await build({ configFile, build: { outDir, emptyOutDir: true }, logLevel: 'warn' });
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  return outDir;
}
