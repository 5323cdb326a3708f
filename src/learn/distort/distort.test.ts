// The sample generator on real digits: what must stay as it is, what must change, and that seeds decide all.
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../core/index.ts';
import { openDataset } from '../../platform/node/index.ts';
import type { Dataset } from '../data/dataset.ts';
import { bsplineWeights } from './bsplineWeights.ts';
import type { DistortionConfig } from './config.ts';
import { createDistorter } from './distort.ts';

let digits: Dataset;

beforeAll(async () => {
  digits = await openDataset('mnist:train');
});

function distorted(config: DistortionConfig, index: number, seed = 1, strength?: number): Uint8Array {
  const target = new Uint8Array(784);
  const source = digits.images.subarray(index * 784, (index + 1) * 784);
  createDistorter(config, 28, 28)(source, target, randomStream(seed, index), strength);
  return target;
}

function original(index: number): Uint8Array {
  return digits.images.slice(index * 784, (index + 1) * 784);
}

/** Ink, and its centre of mass. */
function mass(pixels: Uint8Array): { ink: number; x: number; y: number } {
  let [ink, x, y] = [0, 0, 0];
  for (const [index, value] of pixels.entries()) {
    ink += value;
    x += value * (index % 28);
    y += value * Math.floor(index / 28);
  }
  return { ink, x: x / ink, y: y / ink };
}

const everything: DistortionConfig = {
  rotation: 12,
  scale: 0.12,
  shear: 0.2,
  shift: 1.6,
  local: { points: 6, deviation: 0.7 },
};

describe('createDistorter', () => {
  it('gives the picture back, pixel for pixel, without distortion or with strength 0', () => {
    for (let index = 0; index < 50; index++) {
      expect(distorted({}, index)).toEqual(original(index));
      expect(distorted(everything, index, 1, 0)).toEqual(original(index));
    }
  });

  it('is decided by the generator alone', () => {
    expect(distorted(everything, 3, 5)).toEqual(distorted(everything, 3, 5));
    expect(distorted(everything, 3, 5)).not.toEqual(distorted(everything, 3, 6));
  });

  it('shifts by no more than it is told, either way, and keeps the ink', () => {
    const moves = Array.from({ length: 300 }, (_, index) => {
      const [before, after] = [mass(original(index)), mass(distorted({ shift: 2 }, index))];
      expect(after.ink / before.ink).toBeCloseTo(1, 1);
      return after.x - before.x;
    });
    expect(Math.max(...moves)).toBeLessThan(2.1);
    expect(Math.max(...moves)).toBeGreaterThan(1.5);
    expect(Math.min(...moves)).toBeLessThan(-1.5);
  });

  it('turns about the middle by up to the angle given', () => {
    // A bar above the centre moves sideways by the sine of the angle times its distance.
    const bar = new Uint8Array(784);
    for (let x = 12; x < 16; x++) bar[3 * 28 + x] = 255;
    const distort = createDistorter({ rotation: 30 }, 28, 28);
    const furthest = Math.max(
      ...Array.from({ length: 200 }, (_, seed) => {
        const target = new Uint8Array(784);
        distort(bar, target, randomStream(seed));
        return Math.abs(mass(target).x - 13.5);
      }),
    );
    expect(furthest).toBeGreaterThan(9 * Math.sin((25 * Math.PI) / 180));
    expect(furthest).toBeLessThan(11 * Math.sin((30 * Math.PI) / 180) + 0.5);
  });

  it('displaces locally: parts of a picture move differently, by about the deviation', () => {
    const dots = new Uint8Array(784);
    for (const [x, y] of [
      [7, 7],
      [20, 20],
    ] as const) {
      for (let j = 0; j < 2; j++) for (let i = 0; i < 2; i++) dots[(y + j) * 28 + x + i] = 255;
    }
    const distort = createDistorter({ local: { points: 6, deviation: 1.5 } }, 28, 28);
    const differences = Array.from({ length: 400 }, (_, seed) => {
      const target = new Uint8Array(784);
      distort(dots, target, randomStream(seed));
      const upper = mass(target.slice(0, 392));
      const lower = mass(target.slice(392));
      return upper.x - 7.5 - (lower.x - 20.5);
    });
    const deviation = Math.sqrt(differences.reduce((sum, value) => sum + value ** 2, 0) / differences.length);
    // Splines average neighbouring grid points: 0.4 to 0.8 of the deviation stays, and two dots differ by sqrt 2 of it.
    expect(deviation).toBeGreaterThan(0.4 * 1.5);
    expect(deviation).toBeLessThan(1.2 * 1.5);
  });

  it('works on pictures that are not square', () => {
    const target = new Uint8Array(12 * 7);
    const source = new Uint8Array(12 * 7).fill(200);
    createDistorter({ shift: 0.5 }, 12, 7)(source, target, randomStream(1));
    expect(target.filter((value) => value === 200).length).toBeGreaterThan(30);
  });
});

describe('bsplineWeights', () => {
  it('has rows that sum to 1, so that a constant field stays constant', () => {
    const weights = bsplineWeights(28, 6);
    for (let pixel = 0; pixel < 28; pixel++) {
      const row = weights.subarray(pixel * 6, (pixel + 1) * 6);
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
    }
  });
});
