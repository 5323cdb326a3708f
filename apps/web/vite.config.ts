// How the page is built and served. It takes the package's sources directly, not its build, and the model from `models/`.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { modelCardOf, readOnnx } from '../../src/onnx/index.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The model that the page loads; `DUCTUS_MODEL=FILE` puts another in its place, to try one's own. */
function modelFile(): string {
  const file = resolve(process.env.DUCTUS_MODEL || resolve(here, '../../models/digits.onnx'));
  if (!existsSync(file)) throw new Error(`building the page: expected a model file, found none at ${file}`);
  return file;
}

/**
 * The file of the committee that the page offers, or `undefined` when there is none: then the page has no switch for it.
 *
 * `DUCTUS_COMMITTEE=FILE` puts another in its place, `none` leaves it out. Beside a model of one's own the shipped committee
 * is left out: it may read something else.
 */
function committeeFile(): string | undefined {
  const chosen = process.env.DUCTUS_COMMITTEE || (process.env.DUCTUS_MODEL ? 'none' : '');
  if (chosen === 'none') return undefined;
  const file = resolve(chosen || resolve(here, '../../models/committee.onnx'));
  if (existsSync(file)) return file;
  if (chosen) throw new Error(`building the page: expected a committee's model file, found none at ${file}`);
  return undefined;
}

/**
 * The module `#model`: address of the model's file and the classes of its card, so that the page knows before the file has come
 * what it will read: its words and its switches stand where they will stay.
 */
function modelModule(): Plugin {
  const id = '\0ductus:model';
  return {
    name: 'ductus:model',
    resolveId: (source) => (source === '#model' ? id : undefined),
    load(loaded) {
      if (loaded !== id) return undefined;
      const file = modelFile();
      this.addWatchFile(file);
      const card = modelCardOf(readOnnx(readFileSync(file)));
      if (card === undefined) throw new Error(`building the page: expected a model with a card, received ${file}`);
      const labels = JSON.stringify(card.labels);
      return `import url from ${JSON.stringify(`${file}?url`)};\nexport const model = { url, labels: ${labels} };`;
    },
  };
}

/** The module `#committee`: address and size of the committee's file, which the page fetches only when it is asked for. */
function committeeModule(): Plugin {
  const id = '\0ductus:committee';
  return {
    name: 'ductus:committee',
    resolveId: (source) => (source === '#committee' ? id : undefined),
    load(loaded) {
      if (loaded !== id) return undefined;
      const file = committeeFile();
      if (file === undefined) return 'export const committee = undefined;';
      // The size comes along because a server that compresses states another.
      const bytes = statSync(file).size;
      return `import url from ${JSON.stringify(`${file}?url`)};\nexport const committee = { url, bytes: ${bytes} };`;
    },
  };
}

/**
 * Puts Charts.css in a cascade layer, so that the page's rules win over its long selectors, and leaves out its `@property`
 * rules: some are invalid, which browsers pass over but the minifier does not, and the page needs none.
 */
function chartsInLayer(): Plugin {
  return {
    name: 'ductus:charts-in-layer',
    enforce: 'pre',
    transform: (code, id) =>
      /[\\/]charts\.css[\\/]dist[\\/]/.test(id)
        ? { code: `@layer charts{${code.replace(/@property[^{]*\{[^}]*\}/g, '')}}`, map: null }
        : undefined,
  };
}

/**
 * The built page may load nothing but its own files: the browser enforces it, not just our good intentions.
 * Pictures may also come from memory (opened files). 'wasm-unsafe-eval' allows WebAssembly, and no
 * script from text, for the runtime's fast kernels. The development server is left alone: it injects styles.
 */
function contentSecurityPolicy(): Plugin {
  const content =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob: data:; object-src 'none'; " +
    "base-uri 'none'; form-action 'none'";
  return {
    name: 'ductus:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' },
    ],
  };
}

export default defineConfig({
  root: here,
  // Relative addresses: the built folder works under any path of any static server.
  base: './',
  assetsInclude: ['**/*.onnx'],
  // Vite 8 compiles JSX itself, so Preact needs no plugin.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [modelModule(), committeeModule(), chartsInLayer(), contentSecurityPolicy()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: resolve(here, 'dist'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // The polyfill serves browsers older than the ones that run the rest of the page.
    modulePreload: { polyfill: false },
  },
  server: { port: 5173, fs: { allow: [resolve(here, '../..')] } },
  preview: { port: 4173 },
});
