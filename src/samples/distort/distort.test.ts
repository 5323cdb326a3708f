// The sample generator on real digits: what must not change, what must change, and that seeds determine all.
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { everyDistortion } from '../../../test/samples/everyDistortion.ts';
import { randomStream, ShapeError, UsageError } from '../../core/floor.ts';
import { openDataset, openRecipe } from '../../platform/node/floor.ts';
import type { Dataset } from '../data/dataset.ts';
import type { DistortionConfig } from './config.ts';
import { createDistorter } from './distort.ts';
import { distortionNamed, distortionPresets } from './presets.ts';

let digits: Dataset;

beforeAll(async () => {
  digits = await openDataset('mnist:train');
});

function original(index: number): Uint8Array {
  return digits.images.slice(index * 784, (index + 1) * 784);
}

function distorted(config: DistortionConfig, index: number, seed = 1, strength?: number): Uint8Array {
  const target = new Uint8Array(784);
  const distort = createDistorter(config, 28, 28, digits.labels);
  distort(original(index), target, randomStream(seed, index), strength, digits.targets[index]!);
  return target;
}

/** Positions of the first samples of a class. */
function samplesOf(label: string, count: number): number[] {
  const found: number[] = [];
  for (let index = 0; found.length < count; index++) {
    if (digits.labels[digits.targets[index]!] === label) found.push(index);
  }
  return found;
}

/** Ink, its centre of mass, and the direction of its longer axis in degrees from the vertical. */
function mass(pixels: Uint8Array): { ink: number; x: number; y: number; lean: number } {
  let [ink, x, y] = [0, 0, 0];
  for (const [index, value] of pixels.entries()) {
    ink += value;
    x += value * (index % 28);
    y += value * Math.floor(index / 28);
  }
  [x, y] = [x / ink, y / ink];
  let [xx, xy, yy] = [0, 0, 0];
  for (const [index, value] of pixels.entries()) {
    const [dx, dy] = [(index % 28) - x, Math.floor(index / 28) - y];
    xx += value * dx * dx;
    xy += value * dx * dy;
    yy += value * dy * dy;
  }
  return { ink, x, y, lean: (Math.atan2(2 * xy, yy - xx) / 2) * (180 / Math.PI) };
}

describe('createDistorter', () => {
  it('gives the same samples as ever for recipe "compact", bit for bit', async () => {
    const { distortion } = await openRecipe('compact');
    const { strength, ...config } = distortion!;
    expect({ side: 28, ...config }).toEqual(distortionNamed('digits').config);
    const distort = createDistorter(distortion!, 28, 28, digits.labels);
    const target = new Uint8Array(784);
    const hash = createHash('sha256');
    for (let index = 0; index < 2000; index++) {
      distort(original(index), target, randomStream(1, 'distort', 3, index), 1 - index / 4000, digits.targets[index]!);
      hash.update(target);
    }
    // From the generator that made the shipped model, at commit af64b9b.
    expect(hash.digest('hex')).toBe('eb03c4ae5f2db87e23dddb1245d5b9c1ea0976591870120554bade8ea82dc7a7');
  });

  it('gives the picture back, pixel for pixel, without distortion or with strength 0', { tags: ['slow'] }, () => {
    for (let index = 0; index < 50; index++) {
      expect(distorted({}, index)).toEqual(original(index));
      for (const config of [everyDistortion, ...distortionPresets.map(({ config }) => config)]) {
        expect(distorted(config, index, 1, 0)).toEqual(original(index));
      }
    }
  });

  it('comes near the picture as strength falls', () => {
    const difference = (strength: number): number => {
      let sum = 0;
      for (let index = 0; index < 50; index++) {
        const source = original(index);
        for (const [pixel, value] of distorted(distortionNamed('report').config, index, 1, strength).entries()) {
          sum += Math.abs(value - source[pixel]!);
        }
      }
      return sum;
    };
    const [full, half, little] = [difference(1), difference(0.5), difference(0.05)];
    expect(half).toBeLessThan(0.85 * full);
    expect(little).toBeLessThan(0.15 * full);
  });

  it('is decided by generator, strength and class alone, whatever was drawn before', () => {
    const distort = createDistorter(everyDistortion, 28, 28, digits.labels);
    const [first, second] = [new Uint8Array(784), new Uint8Array(784)];
    distort(original(3), first, randomStream(5), 1, 1);
    distort(original(9), second, randomStream(6), 0.3, 4);
    distort(original(3), second, randomStream(5), 1, 1);
    expect(second).toEqual(first);
    distort(original(3), second, randomStream(6), 1, 1);
    expect(second).not.toEqual(first);
    distort(original(3), second, randomStream(5), 1, 0);
    expect(second).not.toEqual(first);
  });

  it('turns 1 and 7 by no more than their limit, and the others further', () => {
    const { classes } = distortionNamed('ciresan2010').config;
    const config: DistortionConfig = { rotation: 15, classes: classes! };
    const leans = (label: string): number[] =>
      samplesOf(label, 150).map((index) => {
        const change = mass(distorted(config, index)).lean - mass(original(index)).lean;
        return Math.abs(((change + 270) % 180) - 90);
      });
    // Interpolation moves the longer axis of a real digit by some tenths of a degree.
    for (const label of ['1', '7']) {
      expect(Math.max(...leans(label))).toBeLessThan(8.5);
      expect(Math.max(...leans(label))).toBeGreaterThan(6.5);
    }
    expect(Math.max(...leans('9'))).toBeGreaterThan(12);
    expect(Math.max(...leans('9'))).toBeLessThan(16.5);
  });

  it('finds the limits by label, not by position', () => {
    const config: DistortionConfig = { rotation: 30, classes: { b: { rotation: 0 } } };
    const target = new Uint8Array(784);
    for (const labels of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const distort = createDistorter(config, 28, 28, labels);
      distort(original(0), target, randomStream(1), 1, labels.indexOf('b'));
      expect(target).toEqual(original(0));
      distort(original(0), target, randomStream(1), 1, labels.indexOf('a'));
      expect(target).not.toEqual(original(0));
    }
  });

  it('turns or slants where it may do one of both', () => {
    // The middle column of a turned bar leaves its column and row; that of a slanted one keeps its rows.
    const bar = new Uint8Array(784);
    for (let x = 4; x < 24; x++) bar[13 * 28 + x] = bar[14 * 28 + x] = 255;
    const distort = createDistorter({ rotation: 20, shear: 0.3, rotateOrShear: true }, 28, 28);
    let slanted = 0;
    for (let seed = 0; seed < 400; seed++) {
      const target = new Uint8Array(784);
      distort(bar, target, randomStream(seed));
      // A horizontal bar slanted is a horizontal bar.
      const others = target.filter((_, index) => index < 12 * 28 || index >= 16 * 28);
      if (others.every((value) => value === 0)) slanted++;
    }
    expect(slanted).toBeGreaterThan(170); // and every turn by less than 5 degrees: a few more than half
    expect(slanted).toBeLessThan(300);
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

  it('roughly keeps the ink of real digits, with every preset', () => {
    for (const { config } of distortionPresets) {
      const ratios = Array.from({ length: 300 }, (_, index) => {
        return mass(distorted(config, index)).ink / mass(original(index)).ink;
      });
      const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
      expect(mean).toBeGreaterThan(0.93);
      expect(mean).toBeLessThan(1.07);
      expect(Math.min(...ratios)).toBeGreaterThan(0.5);
      expect(Math.max(...ratios)).toBeLessThan(1.8);
    }
  });

  it('mirrors only where it is asked to', () => {
    const source = original(0);
    const flipped = source.map((_, index) => source[index - (index % 28) + 27 - (index % 28)]!);
    expect(distorted({ mirror: { horizontal: 1 } }, 0)).toEqual(flipped);
    expect(distorted({ mirror: { horizontal: 1 }, classes: { 5: { mirror: { horizontal: 0 } } } }, 0)).toEqual(source);
    for (const { config } of distortionPresets) expect(config.mirror).toBeUndefined();
  });

  it('makes one edge larger and the other smaller in perspective', () => {
    // Two bars of equal height, at the left and at the right.
    const bars = new Uint8Array(784);
    for (let y = 8; y < 20; y++) for (const x of [5, 6, 21, 22]) bars[y * 28 + x] = 255;
    const distort = createDistorter({ perspective: 0.3 }, 28, 28);
    let opposite = 0;
    let largest = 1;
    for (let seed = 0; seed < 200; seed++) {
      const target = new Uint8Array(784);
      distort(bars, target, randomStream(seed));
      const ink = (from: number, to: number): number =>
        target.reduce((sum, value, index) => sum + (index % 28 >= from && index % 28 < to ? value : 0), 0);
      const [left, right] = [ink(0, 14) / (24 * 255), ink(14, 28) / (24 * 255)];
      if (left > 1.02 && right < 0.98) opposite++;
      if (right > 1.02 && left < 0.98) opposite++;
      largest = Math.max(largest, left, right);
    }
    expect(opposite).toBeGreaterThan(120);
    expect(largest).toBeGreaterThan(1.2);
  });

  it('refuses what it cannot do, naming it', () => {
    const { labels } = digits;
    const [source, target] = [new Uint8Array(784), new Uint8Array(784)];
    expect(() => createDistorter({ rotation: Number.NaN }, 28, 28)).toThrow(UsageError);
    expect(() => createDistorter({ rotation: Number.NaN }, 28, 28)).toThrow('field rotation');
    expect(() => createDistorter({ classes: { 1: { rotation: 5 } } }, 28, 28)).toThrow('expected the labels');
    const limited = createDistorter({ classes: { 1: { rotation: 5 } } }, 28, 28, labels);
    expect(() => limited(source, target, randomStream(1))).toThrow("expected the sample's class, 0..9");
    expect(() => limited(source, target, randomStream(1), 1, 10)).toThrow('received 10');
    const plain = createDistorter({ scale: 0.6 }, 28, 28);
    expect(() => plain(source, target, randomStream(1), 2)).toThrow('scale stays below 1');
    expect(() => plain(source, target, randomStream(1), -1)).toThrow('received -1');
    expect(() => plain(source, target.subarray(1), randomStream(1))).toThrow(ShapeError);
  });
});
