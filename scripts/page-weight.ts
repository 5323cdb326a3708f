// What a visitor's browser transfers: builds the page, prints each file's bytes as they are and compressed by gzip, and
// fails when the page has grown beyond its bounds or anything of the learning wing has found its way in.
// Run: npx tsx scripts/page-weight.ts [--json]
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';

/** Most bytes of script, styles, markup and model together, compressed; the project's own promise. */
const totalLimit = 400_000;
/** The same without the model; ours: twice what the page had when this was written would be a sign of an accident. */
const withoutModelLimit = 100_000;
/** Files that are fetched only when the visitor asks for them; listed, and not in the totals. */
const lazy = /[\\/]committee-[\w-]+\.onnx$/;
/** Folders of the source tree that a page must not carry. */
const forbidden = /[\\/]src[\\/](learn|cli|platform[\\/]node)[\\/]/;

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const outDir = mkdtempSync(join(tmpdir(), 'ductus-page-'));
const modules = new Set<string>();
const recorder: Plugin = {
  name: 'ductus:record-modules',
  // Modules that survive tree shaking, from page and worker alike; what is bundled counts, not what was looked at.
  generateBundle: (_, bundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') for (const id of Object.keys(chunk.modules)) modules.add(id);
    }
  },
};

try {
  await build({
    configFile: join(root, 'apps/web/vite.config.ts'),
    build: { outDir, emptyOutDir: true },
    plugins: [recorder],
    worker: { plugins: () => [recorder] },
    logLevel: 'warn',
  });
  const files = readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => {
      const bytes = readFileSync(path);
      return { file: relative(outDir, path), bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
    })
    .sort((left, right) => right.gzip - left.gzip);
  const sum = (chosen: typeof files): number => chosen.reduce((total, { gzip }) => total + gzip, 0);
  // A committee is fetched by those who choose it, and only then.
  const first = files.filter(({ file }) => !lazy.test(file));
  const total = sum(first);
  const withoutModel = sum(first.filter(({ file }) => !file.endsWith('.onnx')));
  const intruders = [...modules].filter((id) => forbidden.test(id)).map((id) => relative(root, id));

  if (values.json) console.log(JSON.stringify({ files, withoutModel, total, modules: modules.size, intruders }));
  else {
    const line = (name: string, bytes: string, gzip: string): void =>
      console.log(`${name.padEnd(44)}${bytes.padStart(12)}${gzip.padStart(12)}`);
    const number = (value: number): string => value.toLocaleString('en');
    line('file', 'bytes', 'gzip');
    for (const { file, bytes, gzip } of files) line(file, number(bytes), number(gzip));
    line('without the model', '', number(withoutModel));
    line('total', '', number(total));
    if (first.length < files.length) line('fetched on demand, not in the total', '', number(sum(files) - total));
    console.log(
      `${modules.size} modules, ${intruders.length} of them from the learning wing, the command line or Node`,
    );
  }
  const complaints = [
    ...(modules.size === 0 ? ['no module was recorded, so that nothing can be said of what is inside'] : []),
    ...(total > totalLimit ? [`expected at most ${totalLimit} bytes in all, received ${total}`] : []),
    ...(withoutModel > withoutModelLimit
      ? [`expected at most ${withoutModelLimit} bytes without the model, received ${withoutModel}`]
      : []),
    ...intruders.map((file) => `expected nothing of the learning wing in the page, received ${file}`),
  ];
  for (const complaint of complaints) console.error(`page weight: ${complaint}`);
  if (complaints.length > 0) process.exitCode = 1;
} finally {
  rmSync(outDir, { recursive: true, force: true });
}
