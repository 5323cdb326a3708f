// Displacement fields: their weights, and that pixels move as far and as smoothly as their formulas say.
import { describe, expect, it } from 'vitest';
import { type Random, randomStream } from '../../../core/floor.ts';
import type { DistortionConfig } from '../config.ts';
import { createDistorter } from '../distort.ts';
import { distortionNamed, distortionPresets } from '../presets.ts';
import { bsplineWeights } from './bsplineWeights.ts';
import { drawElastic, elasticDeviation, elasticField } from './elastic.ts';
import { gaussianWeights, pixelKernelEnergy } from './gaussianWeights.ts';

const elastic = { sigma: 4, alpha: 34 };

/** Products of displacements at pairs of pixels, averaged over many fields. */
function covariance(count: number, pairs: readonly (readonly [number, number, number, number])[]): number[] {
  const field = elasticField(elastic, 28, 28);
  const sums = pairs.map(() => 0);
  const random = randomStream(11);
  const xs = Array.from({ length: 28 }, () => new Float64Array(28));
  const ys = Array.from({ length: 28 }, () => new Float64Array(28));
  for (let sample = 0; sample < count; sample++) {
    drawElastic(elastic, field, random, 1);
    for (let y = 0; y < 28; y++) field.addRow(y, xs[y]!.fill(0), ys[y]!.fill(0));
    pairs.forEach(([x0, y0, x1, y1], pair) => {
      sums[pair]! += (xs[y0]![x0]! * xs[y1]![x1]! + ys[y0]![x0]! * ys[y1]![x1]!) / 2;
    });
  }
  return sums.map((sum) => sum / count);
}

/** Simard's field at one pixel, from its definition: noise at every pixel, smoothed by a kernel that sums to 1. */
function definedDisplacement(random: Random): number {
  const reach = 16;
  let [sum, total] = [0, 0];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const weight = Math.exp(-(x * x + y * y) / (2 * elastic.sigma ** 2));
      total += weight;
      sum += weight * (2 * random.uniform() - 1);
    }
  }
  return (elastic.alpha * sum) / total;
}

describe('elasticField', () => {
  it('moves pixels by the deviation of the formula, at the edge as in the middle', () => {
    const expected = elasticDeviation(elastic) ** 2;
    expect(Math.sqrt(expected)).toBeCloseTo(1.384, 3);
    const spots = [
      [14, 14, 14, 14],
      [0, 0, 0, 0],
      [27, 5, 27, 5],
      [9, 27, 9, 27],
    ] as const;
    // 4,000 samples along two axes: the variance is known to 1.6 % (one deviation).
    for (const variance of covariance(4000, spots)) expect(Math.abs(variance / expected - 1)).toBeLessThan(0.06);
  });

  it('moves pixels by as much as its definition, noise at every pixel', () => {
    const random = randomStream(3);
    const draws = Array.from({ length: 2000 }, () => definedDisplacement(random));
    const variance = draws.reduce((sum, value) => sum + value ** 2, 0) / draws.length;
    expect(Math.abs(variance / elasticDeviation(elastic) ** 2 - 1)).toBeLessThan(0.1);
  });

  it('is as smooth as a Gaussian makes it: covariance exp(-d^2 / 4 sigma^2)', () => {
    const distances = [1, 3, 6, 10, 14];
    const pairs = distances.flatMap((d) => [[7, 12, 7 + d, 12] as const, [11, 6, 11, 6 + d] as const]);
    const variance = elasticDeviation(elastic) ** 2;
    covariance(6000, pairs).forEach((value, pair) => {
      const distance = distances[pair >> 1]!;
      expect(Math.abs(value / variance - Math.exp(-(distance ** 2) / (4 * elastic.sigma ** 2)))).toBeLessThan(0.05);
    });
  });

  it('is not normalised, and this reading stands near the other: alpha / picture size', () => {
    // "to a norm of 1": over 29 x 29 pixels the root mean square is 1 / 29, times alpha 34.
    expect(elasticDeviation(elastic) / (34 / 29)).toBeGreaterThan(1);
    expect(elasticDeviation(elastic) / (34 / 29)).toBeLessThan(1.2);
  });
});

/** Source positions of a picture's inner pixels, read off two ramps. */
function positions(config: DistortionConfig, seed: number): { x: number; y: number; fromX: number; fromY: number }[] {
  const across = Uint8Array.from({ length: 784 }, (_, index) => 9 * (index % 28));
  const down = Uint8Array.from({ length: 784 }, (_, index) => 9 * Math.floor(index / 28));
  const distort = createDistorter(config, 28, 28, ['0']);
  const read = (source: Uint8Array): Uint8Array => {
    const target = new Uint8Array(784);
    distort(source, target, randomStream(seed), 1, 0);
    return target;
  };
  const [xs, ys] = [read(across), read(down)];
  const found = [];
  for (let y = 7; y < 21; y++) {
    for (let x = 7; x < 21; x++) found.push({ x, y, fromX: xs[y * 28 + x]! / 9, fromY: ys[y * 28 + x]! / 9 });
  }
  return found;
}

/**
 * Deviation from the best affine map of the middle (14 x 14 pixels, an even grid), and how far that map is from the
 * identity.
 */
function split(config: DistortionConfig, seed: number): { affine: number; residual: number } {
  const points = positions(config, seed);
  let [affine, residual] = [0, 0];
  for (const axis of ['fromX', 'fromY'] as const) {
    const moved = points.map((point) => point[axis] - (axis === 'fromX' ? point.x : point.y));
    const mean = moved.reduce((sum, value) => sum + value, 0) / moved.length;
    const slope = (of: 'x' | 'y'): number => {
      const squares = points.reduce((sum, point) => sum + (point[of] - 13.5) ** 2, 0);
      return points.reduce((sum, point, index) => sum + (point[of] - 13.5) * moved[index]!, 0) / squares;
    };
    const [alongX, alongY] = [slope('x'), slope('y')];
    affine += mean ** 2 + alongX ** 2 + alongY ** 2;
    for (const [index, point] of points.entries()) {
      const rest = moved[index]! - mean - alongX * (point.x - 13.5) - alongY * (point.y - 13.5);
      residual += rest ** 2 / moved.length;
    }
  }
  return { affine: Math.sqrt(affine), residual: Math.sqrt(residual) };
}

describe('global and local distortion', () => {
  const mean = (config: DistortionConfig, of: 'affine' | 'residual'): number => {
    let sum = 0;
    for (let seed = 0; seed < 60; seed++) sum += split(config, seed)[of];
    return sum / 60;
  };

  it('are both in every sample of the presets that have both', () => {
    for (const name of ['ciresan2010', 'report', 'digits']) {
      const { config } = distortionNamed(name);
      for (let seed = 0; seed < 60; seed++) {
        const { affine, residual } = split(config, seed);
        expect(affine).toBeGreaterThan(0.02);
        expect(residual).toBeGreaterThan(0.06); // reading the ramps to 1/9 pixel leaves 0.045
      }
    }
  });

  it('are told apart by this test: an affine map leaves no residual, a field does', () => {
    expect(mean({ rotation: 15, scale: 0.15, shear: 0.2, shift: 2 }, 'residual')).toBeLessThan(0.055);
    expect(mean({ elastic }, 'residual')).toBeGreaterThan(0.4);
    expect(mean({ local: { points: 6, deviation: 1.5 } }, 'residual')).toBeGreaterThan(0.2);
    expect(distortionPresets.length).toBeGreaterThan(3);
  });

  it('displaces by about the deviation of the grid', () => {
    const config = { local: { points: 6, deviation: 1.5 } };
    let squares = 0;
    for (let seed = 0; seed < 100; seed++) {
      for (const { x, fromX } of positions(config, seed)) squares += (fromX - x) ** 2 / (100 * 196);
    }
    // At a grid point splines leave (1/6)^2 + (2/3)^2 + (1/6)^2 = 0.5 of the variance along each axis, between two
    // 0.46.
    expect(Math.sqrt(squares)).toBeGreaterThan(0.42 * 1.5);
    expect(Math.sqrt(squares)).toBeLessThan(0.55 * 1.5);
  });
});

describe('bsplineWeights', () => {
  it('sum to 1 at every pixel, so that a constant field stays constant', () => {
    const { weights, first, points } = bsplineWeights(28, 6);
    for (let pixel = 0; pixel < 28; pixel++) {
      const row = weights.subarray(pixel * 4, (pixel + 1) * 4);
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
      expect(first[pixel]!).toBeGreaterThanOrEqual(0);
      expect(first[pixel]! + 4).toBeLessThanOrEqual(points);
    }
  });
});

describe('gaussianWeights', () => {
  it('leave as much variance as the kernel over pixels, whatever sigma', () => {
    for (const sigma of [0.5, 0.9, 1, 1.7, 4, 5.5, 30]) {
      const { weights, first, points } = gaussianWeights(28, sigma);
      for (let pixel = 0; pixel < 28; pixel++) {
        const row = weights.subarray(pixel * 6, (pixel + 1) * 6);
        expect(row.reduce((sum, weight) => sum + weight ** 2, 0)).toBeCloseTo(pixelKernelEnergy(sigma), 12);
        expect(first[pixel]! + 6).toBeLessThanOrEqual(points);
      }
    }
    expect(pixelKernelEnergy(4)).toBeCloseTo(1 / (8 * Math.sqrt(Math.PI)), 8);
  });
});
