// A training on data of other than ten classes, with the real engine: its network, its model file, and resuming it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelToNetwork } from '../../../engine/floor.ts';
import { parseRecipe } from '../../../learn/floor.ts';
import { readOnnx } from '../../../onnx/floor.ts';
import { formatIdx, materialize, pictureAt, subset } from '../../../samples/floor.ts';
import { openDataset } from '../data/data.ts';
import { openRecognizer } from '../model/recognizer.ts';
import { runTraining, type TrainingRunOptions } from './trainingRun.ts';

let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-run-'));
  // Zeros, ones and fours as a set of three classes of its own.
  const mnist = await openDataset('mnist:train');
  const chosen = [...mnist.targets.keys()].filter((sample) => [0, 1, 4].includes(mnist.targets[sample]!)).slice(0, 600);
  const { images, targets, count } = materialize(subset(mnist, chosen));
  const labels = Uint8Array.from(targets, (target) => [0, 1, 4].indexOf(target));
  writeFileSync(join(folder, 'abc-images.idx3'), formatIdx({ type: 'uint8', shape: [count, 28, 28], data: images }));
  writeFileSync(join(folder, 'abc-labels.idx1'), formatIdx({ type: 'uint8', shape: [count], data: labels }));
  writeFileSync(join(folder, 'abc.json'), JSON.stringify({ classes: ['O', 'I', 'Y'] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('runTraining', () => {
  it('trains a network that is named for as many classes as the data has, and goes on with it', {
    tags: ['slow'],
  }, async () => {
    const data = join(folder, 'abc-images.idx3');
    const recipe = parseRecipe(
      {
        name: 'three',
        description: 'For tests.',
        network: 'small',
        data: { train: data, validation: 60 },
        epochs: 2,
        batch: 20,
        optimizer: { type: 'adam' },
        schedule: { type: 'constant', rate: 0.002 },
      },
      'three',
    );
    const options: TrainingRunOptions = {
      ...{ recipe, seed: 1, folder: join(folder, 'run'), resume: true, threads: 1 },
      command: 'none',
    };
    let stop = false;
    for await (const event of runTraining({ ...options, cancelled: () => stop }))
      if (event.type === 'epoch') stop = true;
    let model = '';
    for await (const event of runTraining(options)) {
      if (event.type === 'start') expect(event.resumed).toEqual({ epoch: 2, step: 0 });
      if (event.type === 'finished') model = event.model!;
    }
    const { network, card } = modelToNetwork(readOnnx(readFileSync(model)), model);
    expect(network.layers.at(-1)).toMatchObject({ type: 'dense', units: 3 });
    expect(card.training?.recipe).toMatchObject({ network: 'small' });
    expect(card.labels).toEqual(['O', 'I', 'Y']);
    expect(card.validation?.accuracy).toBeGreaterThan(0.9);
    const recognizer = await openRecognizer(model);
    const [answer] = await recognizer.recognizeFramed([pictureAt(await openDataset(data), 0)]);
    expect(answer!.probabilities).toHaveLength(3);
    recognizer.dispose();
  });
});
