// Pictures of 48 x 48 and a hundred classes, from the recipe to another user's reading with the model file: real
// digits, enlarged.
// @module-tag slow
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDuctus } from '../../../../test/runDuctus.ts';
import { writeStoredSet } from '../../../../test/storedLike.ts';
import { modelToNetwork } from '../../../engine/floor.ts';
import { parseRecipe } from '../../../learn/floor.ts';
import { mergeModels, modelCardOf, readOnnx } from '../../../onnx/floor.ts';
import { hanziFraming } from '../../../picture/floor.ts';
import { type Dataset, frameDataset, materialize, pictureAt, picturesOf, subset } from '../../../samples/floor.ts';
import { openDataset } from '../data/data.ts';
import { openRecognizer } from '../model/recognizer.ts';
import { runTraining } from './trainingRun.ts';

let folder = '';
let digits: Dataset;
let file = '';
const set = (part: string) => `${join(folder, 'large.json')}:${part}`;

/** A hundred Chinese characters and the ten digits that occur, in no order. */
const labels = [...Array.from({ length: 95 }, (_, i) => String.fromCodePoint(0x4e00 + i)), ...'0123456789'];

const recipe = (change: object = {}) => ({
  name: 'large',
  description: 'For tests.',
  network: 'small',
  data: { train: set('train'), validation: 100, splitBy: 'order', test: set('test'), frame: 'hanzi', ...change },
  epochs: 4,
  batch: 16,
  optimizer: { type: 'adam' },
  schedule: { type: 'constant', rate: 0.002 },
  distortion: 'digits',
});

async function trained(json: object, name: string): Promise<string> {
  const options = {
    recipe: parseRecipe(json, name),
    seed: 1,
    folder: join(folder, name),
    resume: false,
    threads: 1,
    command: 'none',
  };
  let model = '';
  for await (const event of runTraining(options)) if (event.type === 'finished') model = event.model!;
  return model;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-sizes-'));
  digits = await openDataset('mnist:train');
  const part = (from: number, count: number) => {
    const chosen = materialize(
      subset(
        digits,
        [...Array(count).keys()].map((i) => from + i),
      ),
    );
    const { dataset } = frameDataset(picturesOf(chosen), hanziFraming);
    return { samples: { ...dataset, labels, targets: dataset.targets.map((digit) => 95 + digit) } };
  };
  writeStoredSet(folder, 'large', { train: part(0, 900), test: part(1500, 200) });
  file = await trained(recipe(), 'run');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a training on pictures of 48 x 48 with 105 classes', () => {
  it('learns, and its card says how a picture is framed', async () => {
    const card = modelCardOf(readOnnx(readFileSync(file)))!;
    expect(card.framing).toEqual(hanziFraming);
    expect(card.labels).toHaveLength(105);
    expect(card.test![0]!.count).toBe(200);
    // Chance is a tenth.
    expect(card.test![0]!.accuracy).toBeGreaterThan(0.75);
    expect(card.validation!.count).toBe(100);
    const { network } = modelToNetwork(readOnnx(readFileSync(file)), file);
    expect(network.input).toEqual([1, 48, 48]);
  });

  it('gives a file that reads pictures of any size and strokes without being told how', async () => {
    const recognizer = await openRecognizer(file);
    let right = 0;
    for (let i = 1500; i < 1550; i++) {
      const answer = await recognizer.recognize(pictureAt(digits, i)); // 28 x 28
      if (answer.empty) continue;
      expect(answer.framed.width).toBe(48);
      if (answer.label === digits.labels[digits.targets[i]!]) right++;
    }
    expect(right).toBeGreaterThan(37);
    // A bar from edge to edge, drawn with the card's pen: 0.05 of 42 pixels is two rows, MNIST's pen would make five.
    const bar = await recognizer.recognize({
      strokes: [
        [
          { x: 0, y: 5 },
          { x: 100, y: 5 },
        ],
      ],
    });
    expect(bar.empty).toBe(false);
    if (bar.empty) return;
    const column = [...Array(48).keys()].map((y) => bar.framed.pixels[48 * y + 24]!);
    const thickness = column.reduce((sum, ink) => sum + ink / 255, 0);
    expect(thickness).toBeGreaterThan(1.5);
    expect(thickness).toBeLessThan(2.7);
    recognizer.dispose();
  });

  it('is measured on the command line as its card says, with top-1, 2, 5 and 10, framed and raw alike', async () => {
    const { accuracy } = modelCardOf(readOnnx(readFileSync(file)))!.test![0]!;
    const run = await runDuctus(['evaluate', '--model', file, '--data', set('test'), '--json'], { folder });
    expect(run.stderr).toBe('');
    const figures = JSON.parse(run.stdout);
    expect(figures.framing).toBe('raw');
    expect(figures.accuracy).toBeCloseTo(accuracy, 6);
    expect(Object.keys(figures.topK)).toEqual(['1', '2', '5', '10']);
    expect(figures.topK['1']).toBeCloseTo(accuracy, 6);
    expect(figures.topK['10']).toBeGreaterThan(figures.topK['2']);
  });

  it('refuses a network of another size, spelt out, and a frame that is none', async () => {
    const network = {
      name: 'n',
      description: '',
      input: [1, 28, 28],
      layers: [{ type: 'flatten' }, { type: 'dense', units: 105 }],
    };
    await expect(trained({ ...recipe(), network }, 'wrong')).rejects.toThrow(
      /expected a network with the input 1x48x48.*received one with/,
    );
    expect(() => parseRecipe(recipe({ frame: 'chinese' }), 'r')).toThrow(/r: recipe, field data.frame/);
    expect(() => parseRecipe(recipe({ frame: { size: 20, box: 30, centre: 'mass' } }), 'r')).toThrow(/data.frame.*box/);
    await expect(trained(recipe({ frame: 'mnist', framing: 'framed' }), 'framed')).rejects.toThrow(
      /expected 28x28 pixels, received 48x48/,
    );
  });

  it('teaches a network that sees the same pictures and knows the same classes, and no other', {
    tags: ['slow'],
  }, async () => {
    const teacher = (model: string) => ({ models: [model], temperature: 3, weight: 0.9 });
    const short = { ...recipe({ train: set('test'), validation: 50 }), epochs: 1 };
    const pupil = modelCardOf(readOnnx(readFileSync(await trained({ ...short, teacher: teacher(file) }, 'pupil'))))!;
    expect(pupil.labels).toHaveLength(105);
    await expect(trained({ ...short, teacher: teacher('tiny') }, 'taught')).rejects.toThrow(
      /sees 42 in 48 pixels by box.*20 in 28 by mass/,
    );
    const fewer = { ...short, data: { ...short.data, classes: 'digits' }, teacher: teacher(file) };
    await expect(trained(fewer, 'fewer')).rejects.toThrow(
      /expected the 10 classes.*received 105, of which number 1 is "一", not "0"/,
    );
  });

  it('refuses to vote with networks that see other pictures', async () => {
    const model = readOnnx(readFileSync(file));
    const card = modelCardOf(model)!;
    const { lines: _, ...other } = card.framing;
    const committee = { rule: 'votes', members: ['a', 'b'].map((name) => ({ name, temperature: 1 })) } as const;
    const whole = { ...card, framing: other, committee };
    expect(() => mergeModels([model, model], whole)).toThrow(/framing 42 in 48 pixels by box, pen 0.05/);
  });
});
