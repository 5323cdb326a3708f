// What a visitor's browser transfers: builds the page, prints each file's bytes as they are and compressed by gzip,
// then what the first visit loads and what it is with each kind of writing that can be chosen. Fails when the page has
// grown beyond its bounds or anything of the learning wing has found its way in. DUCTUS_MODELS=FOLDER weighs it with
// other models. Run: npx tsx scripts/build/pageWeight.ts [--json]
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';
import { type KindFiles, kindFiles } from '../../apps/web/build/kindFiles.ts';
import { formatTable } from '../../src/cli/output.ts';

/**
 * Most bytes of script, styles, markup and the default kind's model together, compressed; the project's own promise.
 */
const firstLoadLimit = 400_000;
/** The same with the model of letters beside it; the project's own promise. */
const lettersLimit = 500_000;
/** The first load without the model: twice what the page had when this was written would be a sign of an accident. */
const withoutModelLimit = 100_000;
/** Folders of the source tree that a page must not carry. */
const forbidden = /[\\/]src[\\/](engine|samples|learn|classic|cli|platform[\\/]node)[\\/]/;

const root = fileURLToPath(new URL('../..', import.meta.url));
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
  const kinds = kindFiles(process.env);
  /**
   * The files of one kind by the names that the build gives them: its model, its committee, what is told of its
   * characters.
   */
  const filesOf = ({ name, model, committee }: KindFiles) => {
    const named = (start: string) =>
      files.filter(({ file }) => new RegExp(`[\\\\/]${start}-[\\w-]{8}\\.\\w+$`).test(file));
    return {
      name,
      reading: [
        ...named(basename(model, '.onnx')).filter(({ file }) => file.endsWith('.onnx')),
        ...named(`${name}-glosses`),
      ],
      committee: committee === undefined ? [] : named(basename(committee, '.onnx')),
    };
  };
  const [defaultKind, ...otherKinds] = kinds.map(filesOf);
  const onDemand = [
    ...otherKinds.flatMap(({ reading }) => reading),
    ...[defaultKind!, ...otherKinds].flatMap(({ committee }) => committee),
  ];
  const first = files.filter((file) => !onDemand.includes(file));
  const firstLoad = sum(first);
  const withoutModel = firstLoad - sum(defaultKind!.reading);
  /** What each choice adds to what the first visit has loaded. */
  const choices = [
    ...otherKinds.map(({ name, reading }) => ({ name, gzip: sum(reading) })),
    ...[defaultKind!, ...otherKinds]
      .filter(({ committee }) => committee.length > 0)
      .map(({ name, committee }) => ({ name: `${name}, committee`, gzip: sum(committee) })),
  ].map(({ name, gzip }) => ({ name, gzip, withFirstLoad: firstLoad + gzip }));
  const intruders = [...modules].filter((id) => forbidden.test(id)).map((id) => relative(root, id));

  if (values.json) {
    console.log(JSON.stringify({ files, withoutModel, firstLoad, choices, modules: modules.size, intruders }));
  } else {
    const number = (value: number): string => value.toLocaleString('en');
    const rows = [
      ['file', 'bytes', 'gzip'],
      ...files.map(({ file, bytes, gzip }) => [file, number(bytes), number(gzip)]),
      ['first load without the model', '', number(withoutModel)],
      [`first load: ${defaultKind!.name}`, '', number(firstLoad)],
      ...choices.map(({ name, gzip, withFirstLoad }) => [`and ${name}`, `+ ${number(gzip)}`, number(withFirstLoad)]),
    ];
    console.log(formatTable(rows, [1, 2]));
    console.log(
      `${modules.size} modules, ${intruders.length} of them from the learning wing, the command line or Node`,
    );
  }
  const complaints = [
    ...(modules.size === 0 ? ['no module was recorded, so that nothing can be said of what is inside'] : []),
    ...(firstLoad > firstLoadLimit
      ? [`expected at most ${firstLoadLimit} bytes of the first load, received ${firstLoad}`]
      : []),
    ...choices
      .filter(({ name, withFirstLoad }) => name === 'letters' && withFirstLoad > lettersLimit)
      .map(({ withFirstLoad }) => `expected at most ${lettersLimit} bytes with letters, received ${withFirstLoad}`),
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
