import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../core/floor.ts';
import { openDataset } from '../platform/node/floor.ts';
import { traceContours } from './contour.ts';
import type { Picture } from './picture.ts';
import { resizePicture } from './resample.ts';
import { thinMask } from './thin.ts';

let digits: Picture[];
beforeAll(async () => {
  const { images } = await openDataset('mnist:train');
  digits = Array.from({ length: 40 }, (_, index) => ({
    width: 28,
    height: 28,
    pixels: images.subarray(index * 784, (index + 1) * 784),
  }));
});

/** Pieces of ink and holes in it. */
function topology(mask: Uint8Array, width: number, height: number): { pieces: number; holes: number } {
  const contours = traceContours(mask, width, height);
  const holes = contours.filter(({ hole }) => hole).length;
  return { pieces: contours.length - holes, holes };
}

function thinned(mask: Uint8Array, width: number, height: number): Uint8Array {
  const result = mask.slice();
  thinMask(result, width, height);
  return result;
}

describe('thinMask', () => {
  it('leaves lines of digits one pixel wide, in as many pieces as before and with as many holes', () => {
    for (const digit of digits) {
      const { width, height, pixels } = resizePicture(digit, 84, 84);
      const before = pixels.map((value) => (value > 127 ? 1 : 0));
      const after = thinned(before, width, height);
      expect(after.every((value, i) => value <= before[i]!)).toBe(true);
      expect(topology(after, width, height)).toEqual(topology(before, width, height));
      // No block of 3 x 3 is left whole.
      const about = [-width - 1, -width, 1 - width, -1, 0, 1, width - 1, width, width + 1];
      expect(after.some((_, i) => about.every((step) => after[i + step] === 1))).toBe(false);
    }
  });

  it('tears nothing and opens nothing in noise, up to the edges', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = randomStream(seed, 'thin test');
      const share = random.uniform();
      const mask = Uint8Array.from({ length: 19 * 13 }, () => (random.uniform() < share ? 1 : 0));
      expect(topology(thinned(mask, 19, 13), 19, 13)).toEqual(topology(mask, 19, 13));
    }
  });

  it('takes a bar down to its middle line', () => {
    const bar = new Uint8Array(20 * 11);
    for (let y = 3; y < 8; y++) bar.fill(1, y * 20 + 2, y * 20 + 18);
    const rows = [...thinned(bar, 20, 11)].flatMap((value, i) => (value === 1 ? [Math.floor(i / 20)] : []));
    expect(new Set(rows)).toEqual(new Set([5]));
    expect(rows.length).toBeGreaterThan(10);
  });

  it('keeps something of a square of 2 x 2, and nothing of paper', () => {
    expect(thinned(Uint8Array.of(1, 1, 1, 1), 2, 2).reduce((sum, value) => sum + value, 0)).toBe(2);
    expect(thinned(new Uint8Array(4), 2, 2)).toEqual(new Uint8Array(4));
  });
});
