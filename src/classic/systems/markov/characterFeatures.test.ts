import { describe, expect, it } from 'vitest';
import { someDigits } from '../../../../test/classic/conformance.ts';
import { randomStream } from '../../../core/floor.ts';
import type { Picture } from '../../../picture/floor.ts';
import { characterFeatures, featureCount, globalCount } from './characterFeatures.ts';
import { gradientSums } from './gradientSums.ts';
import { characterSide, normalizedCharacter } from './normalizedCharacter.ts';
import { projectionFeatures } from './projectionFeatures.ts';

/** A picture drawn point by point. @param ink amount at a place, 0..1. */
function drawn(side: number, ink: (x: number, y: number) => number): Picture {
  const pixels = Uint8Array.from({ length: side * side }, (_, at) => 255 * ink(at % side, Math.floor(at / side)));
  return { width: side, height: side, pixels };
}
function featuresOf(picture: Picture): Float32Array {
  const features = new Float32Array(featureCount);
  characterFeatures(picture, features, 0);
  return features;
}
/** In a square as features see it: 1 within, 0 outside, and a soft edge, as a pen and a scanner leave. */
function square(inside: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: characterSide ** 2 }, (_, at) => {
    const distance = inside((at % characterSide) - 23.5, Math.floor(at / characterSide) - 23.5);
    return 1 / (1 + Math.exp(-distance));
  });
}

describe('gradients', () => {
  it('tell directions apart', () => {
    // By the direction of the gradient, across the stroke: 0 for a stroke that stands, 90 degrees for one that lies.
    const strokes = [0, 45, 90, 135].map((degrees) => {
      const angle = (degrees * Math.PI) / 180;
      return gradientSums(square((x, y) => 4 - Math.abs(x * Math.cos(angle) + y * Math.sin(angle))));
    });
    strokes.forEach(({ blocks, all }, stroke) => {
      const middle = [...blocks.subarray(4 * 4, 5 * 4)];
      const strongest = middle.indexOf(Math.max(...middle));
      expect(strongest).toBe(stroke);
      expect(middle[strongest]! / middle.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(0.95);
      expect(blocks.reduce((sum, value) => sum + value, 0)).toBeCloseTo(all, 6);
    });
  });

  it('count a gradient between two directions for both', () => {
    const angle = Math.PI / 8;
    const { blocks } = gradientSums(square((x, y) => 4 - Math.abs(x * Math.cos(angle) + y * Math.sin(angle))));
    expect(blocks[16]! / blocks[17]!).toBeCloseTo(1, 1);
    expect(blocks[18]! + blocks[19]!).toBeLessThan(0.02 * blocks[16]!);
  });

  it('see in which block they are', () => {
    const { blocks } = gradientSums(square((x, y) => 5 - Math.hypot(x - 16, y + 16)));
    const inBlocks = Array.from({ length: 9 }, (_, block) =>
      blocks.subarray(4 * block, 4 * block + 4).reduce((sum, value) => sum + value, 0),
    );
    expect(inBlocks.indexOf(Math.max(...inBlocks))).toBe(2);
    expect(inBlocks[2]! / inBlocks.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(0.9);
  });

  it('tell bulges from hollows, straight edges and corners', () => {
    const shareOf = (ink: Float32Array): number[] => {
      const { bends, all } = gradientSums(ink);
      return [...bends].map((value) => value / all);
    };
    // Curvature in units of 1 / side: a disc of radius 8 has 6, a hole of that size -6.
    const disc = shareOf(square((x, y) => 8 - Math.hypot(x, y)));
    expect(disc[0]).toBeGreaterThan(0.8);
    const hole = shareOf(square((x, y) => Math.hypot(x, y) - 8));
    expect(hole[1]).toBeGreaterThan(0.8);
    const bar = shareOf(square((x) => 5 - Math.abs(x)));
    expect(bar[2]).toBeGreaterThan(0.95);
    const dot = shareOf(square((x, y) => 2 - Math.hypot(x, y)));
    expect(dot[3]).toBeGreaterThan(0.5);
  });
});

describe('projections', () => {
  it('are the spreads of what is seen along four ways, and where the ink lies', () => {
    const random = randomStream(1, 'ink');
    const ink = Float32Array.from({ length: characterSide ** 2 }, () =>
      random.uniform() < 0.1 ? random.uniform() : 0,
    );
    const spread = (place: (x: number, y: number) => number): number => {
      const histogram = new Map<number, number>();
      ink.forEach((value, at) => {
        const bin = place(at % characterSide, Math.floor(at / characterSide));
        histogram.set(bin, (histogram.get(bin) ?? 0) + value);
      });
      let [all, sum, squares] = [0, 0, 0];
      for (const [bin, value] of histogram) {
        all += value;
        sum += value * bin;
        squares += value * bin * bin;
      }
      return Math.sqrt(squares / all - (sum / all) ** 2) / characterSide;
    };
    const features = projectionFeatures(ink);
    const ways = [
      (x: number) => x,
      (_: number, y: number) => y,
      (x: number, y: number) => (x + y) / Math.SQRT2,
      (x: number, y: number) => (x - y) / Math.SQRT2,
    ];
    ways.forEach((way, index) => {
      expect(features[index]).toBeCloseTo(spread(way), 8);
    });
    const all = ink.reduce((sum, value) => sum + value, 0);
    const upper = ink.subarray(0, characterSide ** 2 / 2).reduce((sum, value) => sum + value, 0);
    const left = ink.reduce((sum, value, at) => sum + (at % characterSide < characterSide / 2 ? value : 0), 0);
    expect(features[4]).toBeCloseTo(upper / all, 8);
    expect(features[5]).toBeCloseTo(left / all, 8);
  });
});

describe('features of a character', () => {
  it('do not change with its place, and little with its size', () => {
    const ring = (side: number, x0: number, y0: number, radius: number): Picture =>
      drawn(side, (x, y) =>
        Math.max(0, Math.min(1, 0.2 * radius + 0.5 - Math.abs(Math.hypot(x - x0, y - y0) - radius))),
      );
    const one = featuresOf(ring(28, 13, 14, 8));
    const furthest = (other: Float32Array): number => Math.max(...other.map((value, at) => Math.abs(value - one[at]!)));
    expect(furthest(featuresOf(ring(28, 17, 11, 8)))).toBeLessThan(1e-6);
    expect(furthest(featuresOf(ring(56, 30, 25, 16)))).toBeLessThan(0.1);
    // Another shape: a disc has no hollow.
    expect(furthest(featuresOf(drawn(28, (x, y) => Number(Math.hypot(x - 13, y - 14) < 9))))).toBeGreaterThan(0.2);
  });

  it('are 0 of blank pictures, and finite of any', () => {
    expect(featuresOf(drawn(28, () => 0)).every((value) => value === 0)).toBe(true);
    for (const side of [1, 2, 28]) expect(featuresOf(drawn(side, () => 1)).every(Number.isFinite)).toBe(true);
    expect(featuresOf(drawn(28, () => 1)).some((value) => value > 0)).toBe(true);
    expect(featuresOf(drawn(28, (x, y) => Number(x === 9 && y === 20))).every(Number.isFinite)).toBe(true);
  });

  it('take specks of noise for paper', async () => {
    const { test } = await someDigits(10, 40);
    for (let at = 0; at < test.count; at++) {
      const pixels = test.images.slice(784 * at, 784 * (at + 1));
      const clean = normalizedCharacter({ width: 28, height: 28, pixels });
      for (const row of [2, 10, 18, 26]) pixels[28 * row] = 255; // the first column is paper in all digits
      const noisy = normalizedCharacter({ width: 28, height: 28, pixels });
      // Only the threshold differs a little: a kept speck would have changed size and place of everything.
      const difference = noisy.reduce((sum, value, pixel) => sum + Math.abs(value - clean[pixel]!), 0) / noisy.length;
      expect(difference).toBeLessThan(0.01);
    }
  });

  it('are shares whose squares sum to 1: over directions, over bends, over blocks and directions', async () => {
    const { test } = await someDigits(10, 20);
    for (let at = 0; at < test.count; at++) {
      const features = featuresOf({ width: 28, height: 28, pixels: test.images.subarray(784 * at, 784 * (at + 1)) });
      const squares = (from: number, to: number): number =>
        features.subarray(from, to).reduce((sum, value) => sum + value * value, 0);
      expect(squares(0, 4)).toBeCloseTo(1, 5);
      expect(squares(10, 14)).toBeCloseTo(1, 5);
      expect(squares(globalCount, featureCount)).toBeCloseTo(1, 5);
    }
  });
});
