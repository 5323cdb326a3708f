// Committees on the command line, as scripts meet them, on the shipped network with seeded noise in its weights.
// @module-tag slow
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { perturbedCopy } from '../../test/parity/perturbedCopy.ts';
import { type Ended, runDuctus } from '../../test/runDuctus.ts';
import { sizeOf } from '../core/floor.ts';
import { networkNamed, networkParameters } from '../engine/floor.ts';
import type { CommitteeDraws } from '../learn/floor.ts';
import { modelCardOf, type OnnxModel, readOnnx, withModelCard, writeOnnx } from '../onnx/floor.ts';
import { loadModel } from '../platform/node/floor.ts';

const pictures = ['eight', 'five', 'three'].map((name) =>
  fileURLToPath(new URL(`../../examples/pictures/${name}.png`, import.meta.url)),
);

/** Seeds of the noise; with these the five disagree on the second picture. */
const seeds = [51, 52, 53, 54, 55];

let folder: string;
let models: OnnxModel[];
let files: string[];
let committee: string;

const ductus = (...args: readonly string[]): Promise<Ended> => runDuctus(args, { folder });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-committee-'));
  const { model } = await loadModel('slim');
  models = seeds.map((seed) => perturbedCopy(model, seed, 0.2));
  files = models.map((_, index) => join(folder, `${index}.onnx`));
  await Promise.all(files.map((file, index) => writeFile(file, writeOnnx(models[index]!))));
  committee = join(folder, 'five.onnx');
  const { code, stderr } = await ductus('committee', 'merge', ...files, '--out', 'five.onnx', '--name', 'five');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

afterAll(() => rm(folder, { recursive: true }));

describe('ductus committee and export', () => {
  it('merge makes one file, split takes it apart again', async () => {
    const card = modelCardOf(readOnnx(await readFile(committee)))!;
    expect(card).toMatchObject({ name: 'five', committee: { rule: 'votes' } });
    const { code, stdout } = await ductus('committee', 'split', committee, '--out', 'apart', '--json');
    expect(code).toBe(0);
    const listed = JSON.parse(stdout).files as { file: string; name: string }[];
    expect(listed.map(({ name }) => name)).toEqual(seeds.map((seed) => `slim-${seed}`));
    for (const [index, { file }] of listed.entries()) {
      expect(file).toBe(join('apart', `member_${index + 1}.onnx`));
      const { graph, ...rest } = models[index]!;
      // All but the name of the graph, byte by byte.
      const expected = writeOnnx({ ...rest, graph: { ...graph, name: 'slim' } });
      expect(await readFile(join(folder, file))).toEqual(Buffer.from(expected));
    }
  });

  it('says in one line what does not fit', async () => {
    const card = modelCardOf(models[1]!)!;
    const other = withModelCard(models[1]!, { ...card, labels: [...card.labels].reverse() });
    await writeFile(join(folder, 'other.onnx'), writeOnnx(other));
    const [misfit, single, alone, unnamed] = await Promise.all([
      ductus('committee', 'merge', files[0]!, 'other.onnx', '--out', 'x.onnx'),
      ductus('committee', 'split', files[0]!, '--out', 'x'),
      ductus('committee', 'merge', files[0]!, '--out', 'x.onnx'),
      ductus('export', files[0]!, '--to', 'onnx-float16'),
    ]);
    expect(misfit).toMatchObject({ code: 2, stdout: '' });
    expect(misfit!.stderr).toMatch(/^error: merging models, member 2: expected labels 0 1 .*\n$/);
    expect(single!.stderr).toMatch(/^error: .*0\.onnx: splitting a model: expected a committee.*\n$/);
    expect(alone!.stderr).toMatch(/expected 2\.\.100 models/);
    expect(unnamed).toEqual({ code: 2, stdout: '', stderr: "error: required option '--out <path>' not specified\n" });
  });

  it('halves a committee, and refuses one where a single network is needed', async () => {
    const [halved, tfjs] = await Promise.all([
      ductus('export', committee, '--to', 'onnx-float16', '--out', 'half.onnx'),
      ductus('export', committee, '--to', 'tfjs', '--out', 'tfjs'),
    ]);
    expect(halved!.code).toBe(0);
    expect(modelCardOf(readOnnx(await readFile(join(folder, 'half.onnx'))))!.committee!.members).toHaveLength(5);
    expect(tfjs!.stderr).toMatch(/expected a single network, received a committee of 5; "ductus committee split"/);
  });
});

describe('ductus recognize', () => {
  it('shows the votes and what decided, the same from one file and from five', async () => {
    const repeated = files.flatMap((file) => ['--model', file]);
    const [file, list, text] = await Promise.all([
      ductus('recognize', ...pictures, '--model', committee, '--json'),
      ductus('recognize', ...pictures, ...repeated, '--json'),
      ductus('recognize', ...pictures, '--model', committee),
    ]);
    expect(list).toEqual(file);
    const answers = file!.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers).toHaveLength(3);
    for (const [index, { text: answer, rule, decidedBy, members, votes }] of answers.entries()) {
      expect(rule).toBe('votes');
      const said = (members as { text: string }[]).map((member) => member.text);
      for (const [label, count] of Object.entries(votes))
        expect(said.filter((one) => one === label)).toHaveLength(count as number);
      expect(votes[answer]).toBe(Math.max(...(Object.values(votes) as number[])));
      const how = decidedBy === 'majority' ? 'most votes' : 'a tie, decided by the sums of confidences';
      expect(text!.stdout.split('\n')[index]).toMatch(
        new RegExp(`: ${answer} \\(.*; votes ${said.join(' ')}: ${how}$`),
      );
    }
    expect(answers.map(({ decidedBy }) => decidedBy)).toEqual(['majority', 'confidence', 'majority']);
  });

  it('takes another rule, and says that one network has none', async () => {
    const [mean, single] = await Promise.all([
      ductus('recognize', pictures[0]!, '--model', committee, '--rule', 'meanProbability', '--json'),
      ductus('recognize', pictures[0]!, '--rule', 'votes'),
    ]);
    expect(JSON.parse(mean!.stdout)).toMatchObject({ rule: 'meanProbability', decidedBy: 'mean' });
    expect(single).toMatchObject({ code: 2, stdout: '' });
    expect(single!.stderr).toMatch(/rule "votes": expected a committee, received a single network/);
  });
});

describe('ductus evaluate and describe', () => {
  it('measure a committee as one recogniser, from one file and from five', async () => {
    const options = ['--data', 'mnist:train', '--limit', '300', '--json'];
    const repeated = files.flatMap((file) => ['--model', file]);
    const [file, list] = await Promise.all([
      ductus('evaluate', '--model', committee, ...options),
      ductus('evaluate', ...repeated, ...options),
    ]);
    const [one, other] = [file, list].map((ended) => JSON.parse(ended!.stdout));
    expect(one).toMatchObject({ model: 'five', modelFile: committee, count: 300 });
    expect(other.model).toBe('committee of 0, 1, 2, 3, 4');
    expect(other.modelFile).toBe(files.join(', '));
    expect([other.correct, other.confusion]).toEqual([one.correct, one.confusion]);
    expect(one.accuracy).toBeGreaterThan(0.95);
  });

  it('describe its members and their networks', async () => {
    const [json, text] = await Promise.all([ductus('describe', committee, '--json'), ductus('describe', committee)]);
    const { rule, members, totals } = JSON.parse(json!.stdout);
    expect(rule).toBe('votes');
    expect(members.map(({ name, seed }: { name: string; seed: number }) => [name, seed])).toEqual(
      seeds.map((seed) => [`slim-${seed}`, seed]),
    );
    const each = networkParameters(networkNamed('slim')).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    expect(totals.parameters).toBe(5 * each);
    expect(text!.stdout).toMatch(/^five: .*\n5 networks, which decide by votes; temperature of the vote 1\.000\n/);
    expect(text!.stdout.match(/^slim: /gm), 'equal networks once').toHaveLength(1);
  });
});

describe('ductus evaluate draw', () => {
  it('lets every choice of some of the models vote', async () => {
    const models = files.flatMap((file) => ['--model', file]);
    const data = ['--data', 'mnist:train', '--limit', '60'];
    const { code, stdout } = await ductus('evaluate', 'draw', '3', ...models, ...data, '--json');
    expect(code).toBe(0);
    const { committees, members, size } = JSON.parse(stdout) as CommitteeDraws;
    expect(size).toBe(3);
    expect([committees.count, members.count]).toEqual([10, 5]);
    expect(committees.mean).toBeGreaterThan(members.mean); // noise of their own: errors that a vote corrects
    const { code: refused, stderr } = await ductus(...['evaluate', 'draw', '3', '--model', files[0]!, ...data]);
    expect(refused).toBe(2);
    expect(stderr).toContain('draws of 3: expected at least as many members, received 1');
  });
});
