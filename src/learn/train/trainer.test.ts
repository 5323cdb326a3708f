// The trainer on real digits and the real engine: learning, resuming, stopping, diverging. Accuracy and bits, never
// time.
import { beforeAll, describe, expect, it } from 'vitest';
import { DivergenceError, FormatError } from '../../core/floor.ts';
import type { Engine } from '../../engine/graph/engine.ts';
import type { NetworkConfig } from '../../engine/nn/config.ts';
import { networkToModel } from '../../engine/nn/modelFile.ts';
import { type ModelCard, writeOnnx } from '../../onnx/floor.ts';
import { mnistFraming } from '../../picture/floor.ts';
import { onnxRuntimeEngine, openDataset } from '../../platform/node/floor.ts';
import type { DatasetView } from '../../samples/data/datasetView.ts';
import { limitSamples, splitSamples } from '../../samples/data/split.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import type { EndEvent, TrainingEvent } from './events.ts';
import type { Recipe } from './recipe/recipe.ts';
import { stateSpecs } from './step/trainingMemory.ts';
import { stateOptions } from './step/trainingSetup.ts';
import { type TrainOptions, train } from './trainer.ts';

/** Every kind of layer that has state or randomness of its own: batch normalisation, both dropouts. */
const network: NetworkConfig = {
  name: 'tiny',
  description: 'For tests.',
  input: [1, 28, 28],
  layers: [
    { type: 'conv2d', filters: 8, kernel: [5, 5], stride: [2, 2], bias: false },
    { type: 'batchNorm', activation: 'relu' },
    { type: 'maxPool2d', size: [2, 2] },
    { type: 'dropout', rate: 0.1 },
    { type: 'flatten' },
    { type: 'dense', units: 32, activation: 'relu' },
    { type: 'dropout', rate: 0.25, draw: 'exact' },
    { type: 'dense', units: 10 },
  ],
};

const recipe: Recipe = {
  name: 'tiny',
  description: 'For tests.',
  network,
  data: { train: 'mnist:train', validation: 200 },
  epochs: 3,
  batch: 60, // does not divide 1,000: the last batch of an epoch is short
  optimizer: { type: 'adamW', weightDecay: 0.01 },
  schedule: { type: 'oneCycle', rate: 0.01 },
  labelSmoothing: 0.05,
  average: { decay: 0.9 },
  distortion: { rotation: 5, shift: 1, local: { points: 5, deviation: 0.3 }, strength: [1, 0.5] },
};

let engine: Engine;
let digits: DatasetView;
let held: DatasetView;

beforeAll(async () => {
  engine = await onnxRuntimeEngine();
  const sample = limitSamples(await openDataset('mnist:train'), 1200, 1);
  ({ train: digits, validation: held } = splitSamples(sample, { validation: 200 / 1200, seed: 1 }));
});

function options(changes: Partial<TrainOptions> = {}): TrainOptions {
  return {
    engine,
    recipe,
    seed: 7,
    train: digits,
    validation: held,
    dataHash: 'x',
    now: () => performance.now(),
    ...changes,
  };
}

async function collect(events: AsyncIterable<TrainingEvent>): Promise<TrainingEvent[]> {
  const list: TrainingEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

function endOf(events: readonly TrainingEvent[]): EndEvent {
  const last = events.at(-1)!;
  if (last.type !== 'end') throw new Error(`expected an end, received ${last.type}`);
  return last;
}

/**
 * Runs until `stopAfter` steps are done, like a user who then presses Ctrl-C, and returns the file as it would be read.
 */
async function interrupted(stopAfter: number, resume?: Checkpoint): Promise<Checkpoint> {
  let steps = 0;
  let saved: Checkpoint | undefined;
  const run = train(options({ cancelled: () => steps >= stopAfter, ...(resume && { resume }) }));
  for await (const event of run) {
    if (event.type === 'step') steps++;
    if (event.type === 'checkpoint') saved = throughFile(event.checkpoint);
    if (event.type === 'end') expect(event.reason).toBe('cancelled');
  }
  return saved!;
}

function throughFile(checkpoint: Checkpoint): Checkpoint {
  const specs = stateSpecs(stateOptions(recipe));
  const shapes = new Map(specs.map(({ name, shape }) => [name, shape]));
  return readCheckpoint(writeCheckpoint(checkpoint, shapes), specs, 'test');
}

function bits(end: EndEvent): Map<string, number[]> {
  return new Map([...end.parameters].map(([name, values]) => [name, [...new Uint32Array(values.slice().buffer)]]));
}

describe('train', () => {
  it('learns digits it has not seen', { tags: ['slow'] }, async () => {
    const events = await collect(train(options({ recipe: { ...recipe, epochs: 12, labelSmoothing: 0 } })));
    const log = endOf(events).log;
    expect(log).toHaveLength(12);
    expect(log.at(-1)!.loss).toBeLessThan(log[0]!.loss);
    expect(log.at(-1)!.validationAccuracy).toBeGreaterThan(0.8);
    const start = events[0]!;
    expect(start).toMatchObject({ type: 'start', stepsPerEpoch: 17, samples: 1000, validationSamples: 200 });
  });

  it('ends in the same weights, bit for bit, when interrupted twice and resumed', { tags: ['slow'] }, async () => {
    const whole = endOf(await collect(train(options())));
    const first = await interrupted(5);
    expect(first.progress).toMatchObject({ epoch: 0, stepInEpoch: 5 });
    const second = await interrupted(20, first);
    expect(second.progress).toMatchObject({ epoch: 1, stepInEpoch: 8 });
    const resumed = endOf(await collect(train(options({ resume: second }))));
    expect(bits(resumed)).toEqual(bits(whole));
    const plain = (end: EndEvent): object[] => end.log.map(({ seconds: _, ...rest }) => rest);
    expect(plain(resumed)).toEqual(plain(whole));
  });

  it('gives the same weights for the same seed and others for another', { tags: ['slow'] }, async () => {
    const short = { ...recipe, epochs: 1 };
    const [a, b, c] = await Promise.all([7, 7, 8].map((seed) => collect(train(options({ recipe: short, seed })))));
    expect(bits(endOf(a!))).toEqual(bits(endOf(b!)));
    expect(bits(endOf(a!))).not.toEqual(bits(endOf(c!)));
  });

  it('stops early and ships the best epoch', { tags: ['slow'] }, async () => {
    const patient: Recipe = {
      ...recipe,
      epochs: 40,
      schedule: { type: 'constant', rate: 0.03 },
      earlyStopping: { patience: 2 },
      keep: 'best',
    };
    const end = endOf(await collect(train(options({ recipe: patient }))));
    expect(end.reason).toBe('stoppedEarly');
    const losses = end.log.map(({ validationLoss }) => validationLoss!);
    expect(end.epoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(end.log.length).toBe(end.epoch + 2);
  });

  it('names epoch and step when the loss is not a number any more', async () => {
    const wild: Recipe = {
      ...recipe,
      optimizer: { type: 'sgd', momentum: 0.9 },
      schedule: { type: 'constant', rate: 1e30 },
    };
    const run = collect(train(options({ recipe: wild })));
    await expect(run).rejects.toThrow(DivergenceError);
    await expect(collect(train(options({ recipe: wild })))).rejects.toThrow(/epoch 1, step \d+ of 17/);
  });

  it('learns from a teacher alone: with all weight on it, wrong labels do no harm', { tags: ['slow'] }, async () => {
    const end = endOf(await collect(train(options({ recipe: { ...recipe, epochs: 12, labelSmoothing: 0 } }))));
    const card: ModelCard = {
      format: 1,
      name: 'teacher',
      description: '',
      labels: digits.dataset.labels,
      framing: mnistFraming,
      temperature: 1,
    };
    const bytes = writeOnnx(networkToModel(network, end.parameters, card));
    const shifted = digits.dataset.targets.map((target) => (target + 1) % 10);
    const mislabelled = { dataset: { ...digits.dataset, targets: shifted }, indices: digits.indices };
    const pupil: Recipe = {
      ...recipe,
      epochs: 12,
      teacher: { models: ['teacher', 'teacher'], temperature: 2, weight: 1, ask: 'one' },
    };
    const run = train(options({ recipe: pupil, train: mislabelled, teachers: [bytes, bytes] }));
    expect(endOf(await collect(run)).log.at(-1)!.validationAccuracy).toBeGreaterThan(0.75);
    await expect(collect(train(options({ recipe: pupil })))).rejects.toThrow(/2 teachers, received 0/);
  });

  it('keeps pictures of any size and number of classes: nothing assumes 28x28 or ten', async () => {
    const wide = { name: 'wide', labels: ['a', 'b', 'c'], width: 12, height: 9, count: 30 };
    const images = Uint8Array.from({ length: 30 * 12 * 9 }, (_, i) => (i * 37) % 256);
    const targets = Uint16Array.from({ length: 30 }, (_, i) => i % 3);
    const small: NetworkConfig = {
      ...network,
      input: [1, 9, 12],
      layers: [
        { type: 'conv2d', filters: 4, kernel: [3, 2], padding: 'same' },
        { type: 'flatten' },
        { type: 'dense', units: 3 },
      ],
    };
    const events = await collect(
      train({
        ...options({ recipe: { ...recipe, network: small, epochs: 1 } }),
        train: { ...wide, images, targets },
        validation: { ...wide, images, targets },
      }),
    );
    expect(endOf(events).log[0]!.validationLoss).toBeGreaterThan(0);
  });
});

describe('readCheckpoint', () => {
  it('refuses a checkpoint of another network, and a cut one', async () => {
    const checkpoint = await interrupted(1);
    const other = stateOptions({ ...recipe, network: 'small' });
    const shapes = new Map(stateSpecs(stateOptions(recipe)).map(({ name, shape }) => [name, shape]));
    const bytes = writeCheckpoint(checkpoint, shapes);
    expect(() => readCheckpoint(bytes, stateSpecs(other), 'run/checkpoint.onnx')).toThrow(
      /run\/checkpoint\.onnx.*state/,
    );
    expect(() => readCheckpoint(bytes.subarray(0, bytes.length >> 1), stateSpecs(other), 'x')).toThrow(FormatError);
  });
});
