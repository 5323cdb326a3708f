// How the page is built and served. It takes the package's sources directly, not its build, and the models from
// `models/`.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { kindFiles } from './build/kindFiles.ts';
import { kindsModule } from './build/kindsModule.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Puts Charts.css in a cascade layer, so that the page's rules win over its long selectors, and leaves out its
 * `@property` rules: some are invalid, which browsers pass over but the minifier does not, and the page needs none.
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
  plugins: [kindsModule(kindFiles(process.env)), chartsInLayer(), contentSecurityPolicy()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: resolve(here, 'dist'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // What is under a licence of its own says so in the built files too.
    rolldownOptions: { output: { comments: { legal: true } } },
    // The polyfill serves browsers older than the ones that run the rest of the page.
    modulePreload: { polyfill: false },
  },
  server: { port: 5173, fs: { allow: [resolve(here, '../..')] } },
  preview: { port: 4173 },
});
