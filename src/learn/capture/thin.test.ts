import { beforeAll, describe, expect, it } from 'vitest';
import { findComponents, type Picture, resizePicture } from '../../picture/index.ts';
import { openDataset } from '../../platform/node/index.ts';
import { pictureAt } from '../data/pictures.ts';
import { thinMask } from './thin.ts';

let digits: Picture[];
beforeAll(async () => {
  const data = await openDataset('mnist:train');
  digits = Array.from({ length: 40 }, (_, index) => pictureAt(data, index));
});

describe('thinMask', () => {
  it('leaves lines one pixel wide, in as many pieces as before and as many holes', () => {
    for (const digit of digits) {
      const { width, height, pixels } = resizePicture(digit, 84, 84);
      const before = pixels.map((value) => (value > 127 ? 1 : 0));
      const after = before.slice();
      thinMask(after, width, height);
      expect(after.every((value, i) => value <= before[i]!)).toBe(true);
      expect(findComponents(after, width, height, 0).count).toBe(findComponents(before, width, height, 0).count);
      // No block of 3 x 3 is left whole.
      const about = [-width - 1, -width, 1 - width, -1, 0, 1, width - 1, width, width + 1];
      const whole = after.some((_, i) => about.every((step) => after[i + step] === 1));
      expect(whole).toBe(false);
    }
  });

  it('takes a bar down to its middle line', () => {
    const bar = new Uint8Array(20 * 11);
    for (let y = 3; y < 8; y++) bar.fill(1, y * 20 + 2, y * 20 + 18);
    thinMask(bar, 20, 11);
    const rows = [...bar].flatMap((value, i) => (value === 1 ? [Math.floor(i / 20)] : []));
    expect(new Set(rows)).toEqual(new Set([5]));
    expect(rows.length).toBeGreaterThan(10);
  });
});
