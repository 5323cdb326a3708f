// The command line as scripts meet it: output and exit codes; some of it in processes of their own.
// @module-tag slow
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handOnnx, network } from '../../test/parity/handOnnx.ts';
import { type Ended, runDuctus, startDuctus } from '../../test/runDuctus.ts';
import { writeOnnx } from '../onnx/floor.ts';
import { encodePng, openStored } from '../platform/node/floor.ts';
import { formatIdx, picturesOf } from '../samples/floor.ts';
import { program } from './main.ts';

/** How many of MNIST's test pictures the folder of scans holds. */
const scanCount = 12;

let folder: string;
let model: string;
let scans: string[];

const ductus = (args: readonly string[]): Promise<Ended> => runDuctus(args, { folder });

/** The same in a process of its own, as a user runs it. */
const started = (args: readonly string[], input?: Uint8Array): Promise<Ended> =>
  startDuctus(args, { folder, ...(input && { input }) }).ended;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-cli-'));
  model = join(folder, 'hand.onnx');
  const layers = [{ type: 'flatten' }, { type: 'dense', units: 10 }] as const;
  await writeFile(model, writeOnnx(handOnnx(network('hand', layers))));
  const { pictures, targets } = picturesOf(await openStored('mnist:test'));
  scans = [];
  for (let index = 0; index < scanCount; index++) {
    const { width, height, pixels } = pictures[index]!;
    const path = join('scans', `digit_${targets[index]}`, `${index}.png`);
    await mkdir(join(folder, path, '..'), { recursive: true });
    // Dark on light, as paper is.
    await writeFile(join(folder, path), await encodePng({ width, height, pixels: pixels.map((ink) => 255 - ink) }));
    scans.push(path);
  }
  // A data set with a blank picture, and one with a class that the model lacks.
  const images = new Uint8Array(3 * 784);
  images.set(pictures[0]!.pixels, 0);
  images.set(pictures[1]!.pixels, 784);
  const idx = (type: 'uint8', shape: number[], data: Uint8Array) => formatIdx({ type, shape, data });
  for (const [name, labels] of [
    ['blank', [7, 2, 5]],
    ['foreign', [7, 12, 2]],
  ] as const) {
    await writeFile(join(folder, `${name}-images-idx3-ubyte`), idx('uint8', [3, 28, 28], images));
    await writeFile(join(folder, `${name}-labels-idx1-ubyte`), idx('uint8', [3], Uint8Array.from(labels)));
  }
});

afterAll(() => rm(folder, { recursive: true }));

describe('ductus', () => {
  it('helps: the program and every command, with examples', async () => {
    const { code, stdout } = await started(['--help']);
    expect(code).toBe(0);
    const commands = ['serve', 'recognize', 'evaluate', 'train', 'describe', 'data', 'committee', 'export', 'models'];
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
    const all = program().commands.flatMap((command) => {
      const below = command.commands;
      // `evaluate` also works without a subcommand; other commands with subcommands do nothing without one.
      return below.length === 0 ? [command] : command.name() === 'evaluate' ? [command, ...below] : below;
    });
    for (const command of all) {
      let help = '';
      command.configureOutput({
        writeOut: (text) => {
          help += text;
        },
      });
      command.outputHelp();
      expect([command.name(), help]).toEqual([command.name(), expect.stringContaining('Examples:')]);
      expect(help).toMatch(new RegExp(`\\$ ductus (${command.parent?.name()} )?${command.name()}\\s`));
    }
    expect(await ductus(['evaluate', '--help'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('prints its version', async () => {
    const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await ductus(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it.each<[string, string[], RegExp]>([
    ['no command', [], /Usage: ductus/],
    ['an unknown command', ['evalute'], /unknown command 'evalute'\n\(Did you mean evaluate\?\)/],
    [
      'an unknown option',
      ['evaluate', '--modle', 'x', '--data', 'y'],
      /unknown option '--modle'\n\(Did you mean --model\?\)/,
    ],
    ['a missing option', ['evaluate'], /required option '--data <path>' not specified/],
    ['a value that is no number', ['serve', '--port', '80.5'], /whole number in 0\.\.65535, received "80\.5"/],
    [
      'an unknown model',
      ['recognize', '--model', 'nowhere', 'a.png'],
      /model "nowhere": expected a model file or the name of/,
    ],
    [
      'an unknown part',
      ['evaluate', '--model', 'hand.onnx', '--data', 'mnist:tset'],
      /mnist:train or mnist:test, received mnist:tset/,
    ],
  ])('refuses %s with exit code 2', async (what, args, message) => {
    // One of them in a process, whose exit code is the system's.
    const { code, stdout, stderr } = await (what === 'an unknown model' ? started(args) : ductus(args));
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('ductus evaluate', () => {
  it('prints one JSON object on a folder', async () => {
    const { code, stdout, stderr } = await ductus(['evaluate', '--model', model, '--data', 'scans', '--json']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ count: scanCount, model: 'hand', framing: 'raw', empty: 0, unknown: 0 });
    expect(result.data).toContain('scans');
    expect(result.accuracy).toBe(result.correct / scanCount);
    expect(result.standardError).toBeCloseTo(Math.sqrt((result.accuracy * (1 - result.accuracy)) / scanCount), 12);
    expect(result.labels).toEqual([...'0123456789']);
    expect(result.perClass.map(({ label }: { label: string }) => label)).toEqual([...'0123456789']);
    expect(result.confusion).toHaveLength(10);
    expect(result.confusion.flat().reduce((sum: number, count: number) => sum + count)).toBe(scanCount);
    expect(result.seconds).toBeGreaterThan(0);
  });

  it('counts an empty answer as wrong when framing is raw, and never finds one when framed', async () => {
    const args = ['evaluate', '--model', model, '--data', 'blank-images-idx3-ubyte', '--json'];
    const [raw, framed] = await Promise.all([ductus([...args, '--framing', 'raw']), ductus(args)]);
    expect(JSON.parse(raw.stdout)).toMatchObject({ count: 3, empty: 1, framing: 'raw' });
    expect(JSON.parse(raw.stdout).perClass[5]).toMatchObject({ label: '5', count: 1, correct: 0, empty: 1 });
    expect(JSON.parse(framed.stdout)).toMatchObject({ count: 3, empty: 0, framing: 'framed' });
  });

  it('refuses classes that the model lacks unless told to go on', async () => {
    const args = ['evaluate', '--model', model, '--data', 'foreign-images-idx3-ubyte', '--json'];
    const [refused, told] = await Promise.all([ductus(args), ductus([...args, '--allow-unknown'])]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/expected only classes of the model \(0 1 2 3 4 5 6 7 8 9\), received also 12/);
    expect(JSON.parse(told.stdout)).toMatchObject({ count: 3, unknown: 1, unknownLabels: ['12'] });
    expect(JSON.parse(told.stdout).confusion).toHaveLength(11);
  });

  it('measures a limited draw, the same for the same seed, and writes a page that needs nothing else', async () => {
    const args = ['evaluate', '--model', model, '--data', 'mnist:test', '--limit', '200', '--json'];
    const report = join(folder, 'report.html');
    const [first, second, other] = await Promise.all([
      ductus([...args, '--report', report]),
      ductus(args),
      ductus([...args, '--seed', '1']),
    ]);
    const [one, two, three] = [first, second, other].map(({ stdout }) => JSON.parse(stdout).confusion);
    expect(one.flat().reduce((sum: number, count: number) => sum + count)).toBe(200);
    expect(two).toEqual(one);
    expect(three).not.toEqual(one);
    const page = await readFile(report, 'utf8');
    expect(page).toContain('<h1>hand on mnist:test</h1>');
    expect(page.match(/<svg /g)).toHaveLength(3);
    expect(page.match(/<img src="data:image\/png;base64,/g)).toHaveLength(60);
    // Nothing is fetched: no address but those of namespaces, no script.
    expect(page.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|<script|@import|url\(/);
  });

  it('fails with exit code 1 on what is not there or not what it should be', async () => {
    const [missing, broken] = await Promise.all([
      started(['evaluate', '--model', model, '--data', 'nowhere']),
      ductus(['evaluate', '--model', scans[0]!, '--data', 'mnist:test']),
    ]);
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toMatch(/^error: nowhere: .*\n$/);
    expect(broken).toMatchObject({ code: 1, stdout: '' });
    expect(broken.stderr).toMatch(/^error: scans\/digit_7\/0\.png: ONNX model: .*\n$/);
  });
});

describe('ductus recognize', () => {
  it('prints one JSON object a line, goes on after a bad file and ends with exit code 1', async () => {
    await writeFile(join(folder, 'text.png'), 'not a picture');
    await writeFile(
      join(folder, 'blank.png'),
      await encodePng({ width: 9, height: 9, pixels: new Uint8Array(81).fill(250) }),
    );
    const files = [scans[0]!, 'text.png', 'missing.png', 'blank.png', scans[1]!];
    const { code, stdout, stderr } = await ductus(['recognize', ...files, '--model', model, '--json', '--top', '2']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ file }) => file)).toEqual([scans[0], 'blank.png', scans[1]]);
    expect(Object.keys(lines[0])).toEqual(['file', 'text', 'confidence', 'alternatives', 'empty']);
    expect(lines[0].empty).toBe(false);
    expect(lines[0].alternatives).toHaveLength(2);
    expect(lines[0].alternatives[0]).toEqual({ text: lines[0].text, confidence: lines[0].confidence });
    expect(lines[1]).toEqual({ file: 'blank.png', text: '', confidence: 0, alternatives: [], empty: true });
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toMatch(/text\.png/);
    expect(stderr).toMatch(/missing\.png/);
    expect(code).toBe(1);
  });

  it('reads standard input as it reads the file', async () => {
    const bytes = await readFile(join(folder, scans[0]!));
    const [piped, named, rubbish] = await Promise.all([
      started(['recognize', '-', '--model', model, '--json'], bytes),
      ductus(['recognize', scans[0]!, '--model', model, '--json']),
      runDuctus(['recognize', '-', '--model', model], { folder, input: 'x' }),
    ]);
    expect(JSON.parse(piped.stdout)).toEqual({ ...JSON.parse(named.stdout), file: '-' });
    expect(rubbish).toMatchObject({ code: 1, stdout: '' });
    expect(rubbish.stderr).toMatch(/^error: .*standard input.*\n$/);
  });

  it('prints a line for people', async () => {
    const { code, stdout } = await ductus(['recognize', scans[0]!, '--model', model]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^scans\/digit_7\/0\.png: \d \(\d+\.\d\d %; else \d \d+\.\d\d %, \d \d+\.\d\d %\)\n$/);
  });

  it('writes a page of all steps from a picture to what the network saw', async () => {
    await writeFile(
      join(folder, 'empty.png'),
      await encodePng({ width: 9, height: 9, pixels: new Uint8Array(81).fill(250) }),
    );
    const files = [scans[0]!, 'empty.png'];
    const args = ['recognize', ...files, '--model', model, '--explain'];
    const { code, stdout, stderr } = await ductus([...args, 'steps.html']);
    expect([code, stderr]).toEqual([0, 'steps.html: the steps of 2 pictures\n']);
    // With another ending, the wrong program would open it.
    const refused = await ductus([...args, 'steps.png']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/'--explain <file\.html>' argument 'steps\.png' is invalid\. .* ends in \.html/);
    const page = await readFile(join(folder, 'steps.html'), 'utf8');
    const sections = page.split('<section>').slice(1);
    expect(sections).toHaveLength(2);
    expect(sections[0]).toContain(`${scans[0]}: read as ${/: (\d) /.exec(stdout)![1]}`);
    for (const step of ['picture', 'ink', 'threshold', 'parts', 'character', 'cropped', 'scaled', 'framed']) {
      expect(sections[0]).toMatch(
        new RegExp(`<img src="data:image/png;base64,[^"]+" alt(="")?/?><figcaption><b>${step}</b>`),
      );
    }
    expect(sections[1]).toContain('empty.png: no ink found');
    expect(sections[1]).not.toContain('<b>framed</b>');
  });

  it('ends quietly when nobody reads on', async () => {
    const files = Array.from({ length: 300 }, (_, index) => scans[index % scanCount]!);
    const { child, ended } = startDuctus(['recognize', ...files, '--model', model], { folder });
    child.stdout!.once('data', () => child.stdout!.destroy());
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('ductus export and models', () => {
  it('writes the two files of a TensorFlow.js model', async () => {
    const out = join(folder, 'deep', 'tfjs');
    const { code, stdout } = await ductus(['export', model, '--to', 'tfjs', '--out', out, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).files).toEqual([join(out, 'group1-shard1of1.bin'), join(out, 'model.json')]);
    const json = JSON.parse(await readFile(join(out, 'model.json'), 'utf8'));
    expect(json.format).toBe('layers-model');
    expect((await readFile(join(out, 'group1-shard1of1.bin'))).length).toBe(4 * (784 * 10 + 10));
  });

  it('lists what is shipped', async () => {
    const { code, stdout } = await ductus(['models', '--json']);
    expect(code).toBe(0);
    for (const entry of JSON.parse(stdout)) {
      expect(Object.keys(entry)).toEqual(['name', 'default', 'file', 'bytes', 'card']);
    }
  });
});
