import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handOnnx, network } from '../../../../test/parity/handOnnx.ts';
import { FormatError, UsageError } from '../../../core/floor.ts';
import { writeOnnx } from '../../../onnx/floor.ts';
import type { Picture } from '../../../picture/floor.ts';
import { picturesOf } from '../../../samples/floor.ts';
import { openStored } from '../data/data.ts';
import { openRecognizer, openWorkerRecognizer } from './recognizer.ts';

const run = promisify(execFile);

let folder: string;
let file: string;
let pictures: readonly Picture[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-recognizer-'));
  file = join(folder, 'hand.onnx');
  const layers = [{ type: 'flatten' }, { type: 'dense', units: 10 }] as const;
  await writeFile(file, writeOnnx(handOnnx(network('hand', layers))));
  pictures = picturesOf(await openStored('mnist:test')).pictures.slice(0, 20);
});

afterAll(() => rm(folder, { recursive: true }));

describe('openRecognizer and openWorkerRecognizer', () => {
  it('answer alike, in this thread and in a worker started from source', { tags: ['slow'] }, async () => {
    const here = await openRecognizer(file);
    const there = await openWorkerRecognizer(file);
    expect(there.labels).toEqual(here.labels);
    expect(await there.recognizeAll(pictures)).toEqual(await here.recognizeAll(pictures));
    expect(await there.recognizeFramed(pictures)).toEqual(await here.recognizeFramed(pictures));
    const blank = { width: 28, height: 28, pixels: new Uint8Array(784) };
    expect(await there.recognize(blank)).toEqual({ empty: true });
    here.dispose();
    there.dispose();
    there.dispose();
    await expect(there.recognize(blank)).rejects.toThrow(UsageError);
  });

  it('open several models as a committee, and say which member does not fit', { tags: ['slow'] }, async () => {
    const here = await openRecognizer([file, file]);
    const there = await openWorkerRecognizer([file, file]);
    const answers = await here.recognizeFramed(pictures);
    expect(await there.recognizeFramed(pictures)).toEqual(answers);
    const alone = await openRecognizer(file);
    for (const [index, { label, confidence }] of (await alone.recognizeFramed(pictures)).entries()) {
      const member = { label, confidence };
      expect(answers[index]).toMatchObject({ label, members: [member, member], rule: 'votes', decidedBy: 'majority' });
    }
    for (const recognizer of [here, there, alone]) recognizer.dispose();
    await expect(openRecognizer([file, 'digts'])).rejects.toThrow(UsageError);
    const other = join(folder, 'other.onnx');
    const wider = { ...network('other', [{ type: 'flatten' }, { type: 'dense', units: 12 }]) };
    await writeFile(other, writeOnnx(handOnnx(wider)));
    await expect(openRecognizer([file, other])).rejects.toThrow(/member 2: expected labels/);
  });

  it('restrict answers to an alphabet, by a call or by an option, and say what the model reads when it has none of it', {
    tags: ['slow'],
  }, async () => {
    const alphabet = ['4', '9'];
    const here = await openRecognizer('digits', { alphabet });
    const there = await openWorkerRecognizer('digits');
    const answers = await here.recognizeFramed(pictures);
    expect(await there.recognizeFramed(pictures, { alphabet })).toEqual(answers);
    expect(await there.recognizeAll(pictures, { alphabet })).toEqual(await here.recognizeAll(pictures));
    expect(await there.recognize(pictures[0]!, { alphabet: here.labels })).toEqual(await there.recognize(pictures[0]!));
    // Among the first pictures, 4 and 9 are read as such, and all others as the likelier of the two.
    const free = await there.recognizeFramed(pictures);
    expect(new Set(answers.map(({ label }) => label))).toEqual(new Set(alphabet));
    for (const [index, { label }] of free.entries()) {
      if (alphabet.includes(label)) expect(answers[index]!.label).toBe(label);
    }
    for (const [index, { label, alternatives }] of answers.entries()) {
      const [four, nine] = [free[index]!.probabilities[4]!, free[index]!.probabilities[9]!];
      expect(label).toBe(four > nine ? '4' : '9');
      expect(alternatives).toHaveLength(2);
    }
    await expect(there.recognizeAll([], { alphabet: 'letters' })).rejects.toThrow(UsageError);
    await expect(openWorkerRecognizer('digits', { alphabet: 'letters' })).rejects.toThrow(UsageError);
    await expect(openRecognizer(file, { alphabet: 'lower' })).rejects.toThrow(
      `${file}: alphabet: expected classes of the model (0 1 2`,
    );
    here.dispose();
    there.dispose();
  });

  it('keep a process alive for as long as an answer is awaited, and no longer', { tags: ['slow'] }, async () => {
    const here = new URL('./recognizer.ts', import.meta.url).href;
    const script = `import { openWorkerRecognizer } from ${JSON.stringify(here)};
const recognizer = await openWorkerRecognizer(${JSON.stringify(file)});
console.log((await recognizer.recognize({ strokes: [[{ x: 0, y: 0 }, { x: 0, y: 9 }]] })).empty);`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    expect((await run(process.execPath, args)).stdout).toBe('false\n');
  });

  it('name the file that is no model', async () => {
    const broken = join(folder, 'broken.onnx');
    await writeFile(broken, writeOnnx(handOnnx(network('hand', [{ type: 'flatten' }]))).subarray(0, 100));
    await expect(openRecognizer(broken)).rejects.toThrow(FormatError);
    await expect(openRecognizer(broken)).rejects.toThrow(broken);
    await expect(openWorkerRecognizer(broken)).rejects.toThrow(broken);
    await expect(openRecognizer('digts')).rejects.toThrow(UsageError);
  });
});
