import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float16Bits, float16Value, fromFloat16, toFloat16 } from './float16.ts';

describe('half precision', () => {
  it('every pattern means a number that has that pattern', { tags: ['slow'] }, () => {
    for (let pattern = 0; pattern < 65536; pattern++) {
      const value = float16Value(pattern);
      if (Number.isNaN(value)) expect(Number.isNaN(float16Value(float16Bits(value)))).toBe(true);
      else expect(float16Bits(value)).toBe(pattern);
    }
  });

  it('rounds to the nearest, ties to even', () => {
    const known: [number, number][] = [
      [0, 0],
      [-0, 0x8000],
      [1, 0x3c00],
      [-2, 0xc000],
      [65504, 0x7bff],
      [65519.996, 0x7bff],
      [65520, 0x7c00],
      [-1e30, 0xfc00],
      [Infinity, 0x7c00],
      [2 ** -24, 1],
      [2 ** -25, 0],
      [2 ** -25 * 1.001, 1],
      [3 * 2 ** -25, 2],
      [1 + 2 ** -11, 0x3c00],
      [1 + 3 * 2 ** -11, 0x3c02],
      [1 + 2 ** -11 + 2 ** -20, 0x3c01],
      [2 ** -14 - 2 ** -26, 0x0400],
      [1e-45, 0],
    ];
    for (const [value, pattern] of known) expect([value, float16Bits(value)]).toEqual([value, pattern]);
  });

  it('no half lies nearer than the one that was chosen', () => {
    fc.assert(
      fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const pattern = float16Bits(value);
        const error = Math.abs(float16Value(pattern) - value);
        for (const neighbour of [pattern - 1, pattern + 1]) {
          const other = float16Value(neighbour & 0xffff);
          if (Number.isFinite(other)) expect(error).toBeLessThanOrEqual(Math.abs(other - value));
        }
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it('converts arrays there and back', () => {
    const values = Float32Array.of(0.5, -1.25, 1024);
    expect(fromFloat16(toFloat16(values))).toEqual(values);
  });
});
