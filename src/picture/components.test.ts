import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../core/floor.ts';
import { findComponents } from './components.ts';

/** The same by flood filling with an explicit stack: the slow reference. */
function floodFill(pixels: Uint8Array, width: number, height: number, floor: number): Int32Array {
  const labels = new Int32Array(pixels.length);
  let count = 0;
  for (let start = 0; start < pixels.length; start++) {
    if (pixels[start]! <= floor || labels[start] !== 0) continue;
    count++;
    const stack = [start];
    labels[start] = count;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const next = v * width + u;
          if (pixels[next]! <= floor || labels[next] !== 0) continue;
          labels[next] = count;
          stack.push(next);
        }
      }
    }
  }
  return labels;
}

describe('findComponents', () => {
  it('agrees with flood filling on random masks of every density, spirals and combs', () => {
    const mask = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat(100), fc.integer());
    fc.assert(
      fc.property(mask, ([width, height, density, seed]) => {
        const random = randomStream(seed);
        const pixels = Uint8Array.from({ length: width * height }, () => (random.integer(100) < density ? 9 : 3));
        expect(findComponents(pixels, width, height, 5).labels).toEqual(floodFill(pixels, width, height, 5));
      }),
      { numRuns: 300, seed: 1 },
    );
    for (const pattern of [
      (x: number, y: number) => x % 2 === 0 || y === 29,
      (x: number, y: number) => (x ^ y) % 3 === 0,
    ]) {
      const pixels = Uint8Array.from({ length: 900 }, (_, i) => (pattern(i % 30, Math.floor(i / 30)) ? 1 : 0));
      expect(findComponents(pixels, 30, 30, 0).labels).toEqual(floodFill(pixels, 30, 30, 0));
    }
  });

  it('measures area, mass, peak and rectangle', () => {
    const rows = ['..7..', '.5.5.', '.....', '9...2'];
    const pixels = Uint8Array.from(rows.join(''), (letter) => Number(letter === '.' ? 0 : letter));
    const found = findComponents(pixels, 5, 4, 0);
    expect(found.count).toBe(3);
    expect([found.area[1], found.mass[1], found.peak[1]]).toEqual([3, 17, 7]);
    expect([found.left[1], found.top[1], found.right[1], found.bottom[1]]).toEqual([1, 0, 3, 1]);
    expect([found.left[3], found.top[3], found.peak[3]]).toEqual([4, 3, 2]);
  });

  it('has room for the worst case: isolated pixels in every second row and column', () => {
    for (const side of [1, 2, 7, 8, 63]) {
      const pixels = Uint8Array.from({ length: side * side }, (_, i) =>
        (i % side) % 2 === 0 && Math.floor(i / side) % 2 === 0 ? 1 : 0,
      );
      expect(findComponents(pixels, side, side, 0).count).toBe(Math.ceil(side / 2) ** 2);
    }
  });
});
