// Small crops on patterned paper, made of real digits: what the first look finds, and the second.
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../core/floor.ts';
import { openDataset } from '../../platform/node/floor.ts';
import { pictureAt } from '../../samples/floor.ts';
import type { Picture } from '../picture.ts';
import { resizePicture } from '../resample.ts';
import { crampedInk } from './crampedInk.ts';
import { inkMap } from './inkMap.ts';

const count = 60;
let digits: Picture[];
beforeAll(async () => {
  const data = await openDataset('mnist:train');
  digits = Array.from({ length: count }, (_, index) => pictureAt(data, index));
});

/** A digit in a tight crop of 18 pixels on paper with waves on it as high as half of the ink. */
function onWaves(digit: Picture, index: number): Picture {
  const small = resizePicture(digit, 24, 24);
  const [side, inset] = [18, 3];
  const random = randomStream(1, index);
  const phase = 2 * Math.PI * random.uniform();
  const pixels = Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    const ink = 90 * (small.pixels[(y + inset) * 24 + x + inset]! / 255);
    return 70 + ink + 22 * Math.sin(phase + 0.9 * x + 0.6 * y) + 4 * random.normal();
  });
  return { width: side, height: side, pixels };
}

describe('crampedInk', () => {
  it('finds ink in tight crops of patterned paper that the first look takes for noise', () => {
    const pictures = digits.map(onWaves);
    const missed = pictures.filter((picture) => inkMap(picture) === undefined);
    expect(missed.length).toBeGreaterThan(count / 10);
    const found = missed.filter((picture) => crampedInk(picture) !== undefined);
    expect(found.length).toBeGreaterThanOrEqual(0.8 * missed.length);
  });

  it('marks the ink, not the waves', () => {
    let [inked, right] = [0, 0];
    for (const [index, digit] of digits.entries()) {
      const map = crampedInk(onWaves(digit, index));
      if (map === undefined) continue;
      const small = resizePicture(digit, 24, 24);
      map.smooth.pixels.forEach((value, i) => {
        if (value <= map.strong) return;
        inked++;
        if (small.pixels[(Math.floor(i / 18) + 3) * 24 + (i % 18) + 3]! > 0) right++;
      });
    }
    expect(right / inked).toBeGreaterThan(0.8);
  });

  it('finds nothing in noise alone, on a slope of light, or in a picture with paper enough', () => {
    for (let index = 0; index < 50; index++) {
      const random = randomStream(2, index);
      const [width, height] = [14 + random.integer(20), 14 + random.integer(20)];
      const noise = Uint8Array.from({ length: width * height }, () => 100 + 20 * random.normal());
      expect(crampedInk({ width, height, pixels: noise })).toBeUndefined();
      const slope = Uint8Array.from({ length: width * height }, (_, i) => 40 + (120 * (i % width)) / width);
      expect(crampedInk({ width, height, pixels: slope })).toBeUndefined();
    }
    expect(crampedInk(resizePicture(digits[0]!, 60, 60))).toBeUndefined();
  });
});
