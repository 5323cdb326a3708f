import { beforeAll, describe, expect, it } from 'vitest';
import { FormatError, randomStream, UsageError } from '../../core/floor.ts';
import { frameCharacter, mnistFraming } from '../../picture/floor.ts';
import { openDataset } from '../../platform/node/floor.ts';
import type { DatasetView } from '../data/datasetView.ts';
import { pictureAt } from '../data/pictures.ts';
import { limitSamples } from '../data/split.ts';
import { captureSample } from './capture.ts';
import { captureDataset } from './captureDataset.ts';
import { captureNamed } from './presets.ts';

const captures = [captureNamed('tablet').config, captureNamed('cheque').config];
let digits: DatasetView;

beforeAll(async () => {
  digits = limitSamples(await openDataset('mnist:train'), 30, 1);
});

describe('captureDataset', () => {
  it('has of every sample so many captures, as captureSample and framing make them, with its class', {
    tags: ['slow'],
  }, () => {
    const captured = captureDataset(digits, { captures, variants: 2, seed: 5 });
    expect(captured.count).toBeGreaterThan(50);
    expect(captured.count).toBeLessThanOrEqual(60);
    const [first] = digits.indices;
    const random = randomStream(5, 'capture', first!, 0);
    const config = captures[random.integer(2)]!;
    const original = pictureAt(digits.dataset, first!);
    const { picture } = captureSample(original, config, random, (own) =>
      pictureAt(digits.dataset, digits.indices[own.integer(30)]!),
    );
    expect(pictureAt(captured, 0).pixels).toEqual(frameCharacter(picture, mnistFraming)!.pixels);
    expect(captured.targets[0]).toBe(digits.dataset.targets[first!]);
    expect([captured.width, captured.height, captured.images.length]).toEqual([28, 28, captured.count * 784]);
  });

  it('made in parts is what it is made at once', { tags: ['slow'] }, () => {
    const whole = captureDataset(digits, { captures, variants: 2, seed: 5 });
    const parts = [0, 1, 2].map((index) =>
      captureDataset(digits, { captures, variants: 2, seed: 5, part: { index, parts: 3 } }),
    );
    expect(Buffer.concat(parts.map(({ images }) => images)).equals(whole.images)).toBe(true);
    expect(parts.flatMap(({ targets }) => [...targets])).toEqual([...whole.targets]);
  });

  it('keeps who wrote what, tells how far it is, and refuses what it cannot do', () => {
    const writers = Uint16Array.from({ length: digits.dataset.count }, (_, index) => index % 7);
    const told: number[] = [];
    const captured = captureDataset(
      { dataset: { ...digits.dataset, writers }, indices: digits.indices.subarray(0, 3) },
      { captures: [captureNamed('tablet').config], variants: 1, seed: 1, onProgress: (done) => told.push(done) },
    );
    expect([...captured.writers!]).toEqual([...digits.indices.subarray(0, 3)].map((index) => index % 7));
    expect(told).toEqual([1, 2, 3]);
    const blank = { ...digits.dataset, images: new Uint8Array(digits.dataset.images.length) };
    const few = { dataset: blank, indices: digits.indices.subarray(0, 2) };
    const plain = [{ size: [28, 28], margin: [0, 0] }] as const;
    expect(() => captureDataset(few, { captures: plain, variants: 1, seed: 1 })).toThrow(FormatError);
    const wrong = [{ size: [28, 28], margin: [0, 99] }] as const;
    expect(() => captureDataset(digits, { captures: wrong, variants: 1, seed: 1 })).toThrow(UsageError);
  });
});
