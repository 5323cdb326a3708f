import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../core/floor.ts';
import { greyHistogram, levelQuantile, otsuThreshold } from './threshold.ts';

describe('otsuThreshold', () => {
  it('explains as much variance as the best of all 255 divisions', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 200 }), (pixels) => {
        const found = otsuThreshold(greyHistogram(pixels));
        let best = 0;
        for (let level = 0; level < 255; level++) best = Math.max(best, between(pixels, level));
        if (best === 0) expect(found).toBeUndefined();
        else expect(between(pixels, found!.level)).toBeCloseTo(best, 6);
      }),
      { seed: 1 },
    );
  });

  it('puts the threshold in the middle of an empty stretch and separates two levels wholly', () => {
    const found = otsuThreshold(greyHistogram(Uint8Array.of(10, 10, 10, 200)))!;
    expect(found.level).toBe(Math.floor((10 + 199) / 2));
    expect([found.lowerMean, found.upperMean]).toEqual([10, 200]);
    expect(found.separability).toBeCloseTo(1, 12);
  });

  it('separates normal noise to 2/pi', () => {
    const random = randomStream(1);
    const noise = Uint8Array.from({ length: 100_000 }, () => Math.round(128 + 20 * random.normal()));
    expect(otsuThreshold(greyHistogram(noise))!.separability).toBeCloseTo(2 / Math.PI, 1);
  });

  it('has nothing to divide in one level, or in no pixels', () => {
    expect(otsuThreshold(greyHistogram(new Uint8Array(9).fill(77)))).toBeUndefined();
    expect(otsuThreshold(new Uint32Array(256))).toBeUndefined();
  });
});

describe('levelQuantile', () => {
  it('finds the median of a range and its ends', () => {
    const counts = greyHistogram(Uint8Array.of(1, 2, 3, 4, 100));
    expect([0, 0.5, 1].map((share) => levelQuantile(counts, share))).toEqual([1, 3, 100]);
    expect(levelQuantile(counts, 0.5, 3, 50)).toBe(3);
    expect(levelQuantile(counts, 0.5, 50, 90)).toBe(50);
  });
});

function between(pixels: Uint8Array, level: number): number {
  const lower = [...pixels].filter((value) => value <= level);
  const upper = [...pixels].filter((value) => value > level);
  if (lower.length === 0 || upper.length === 0) return 0;
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return (lower.length * upper.length * (mean(upper) - mean(lower)) ** 2) / pixels.length ** 2;
}
