import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/floor.ts';
import { blankPicture, type Picture } from '../picture.ts';
import { trimBorders } from './trimBorders.ts';

/** Paper of one level with a thick ring on it, and noise. */
function sheet(width: number, height: number, paper = 210, ink = 70): Picture {
  const random = randomStream(1, width, height);
  const pixels = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) / width - 0.5, Math.floor(i / width) / height - 0.5];
    const radius = Math.hypot(x, y);
    return Math.round((radius > 0.15 && radius < 0.22 ? ink : paper) + 3 * random.normal());
  });
  return { width, height, pixels };
}

/** The picture with a level laid over the pixels that are inside. */
function over(picture: Picture, level: number, inside: (x: number, y: number) => boolean): Picture {
  const pixels = picture.pixels.map((value, i) =>
    inside(i % picture.width, Math.floor(i / picture.width)) ? level : value,
  );
  return { ...picture, pixels };
}

const worst = (left: Picture, right: Picture): number =>
  Math.max(...left.pixels.map((value, i) => Math.abs(value - right.pixels[i]!)));

describe('trimBorders', () => {
  const plain = sheet(60, 50);

  it.each<[what: string, level: number, inside: (x: number, y: number) => boolean]>([
    ['dark along the top', 20, (_, y) => y < 5],
    ['dark at the right', 20, (x) => x >= 55],
    ['light at the bottom', 255, (_, y) => y >= 46],
    ['on all four sides', 10, (x, y) => x < 3 || y < 4 || x > 56 || y > 45],
    ['askew', 15, (x, y) => y < 2 + x / 15],
    ['a wedge that ends within the side', 15, (x, y) => y < 6 - x / 5],
  ])('fills a border with the paper beside it: %s', (_what, level, inside) => {
    const trimmed = trimBorders(over(plain, level, inside));
    // The paper has noise of its own, and along the border a soft edge is filled as well.
    expect(worst(trimmed, plain)).toBeLessThan(24);
  });

  it('leaves a picture without borders alone', () => {
    expect(trimBorders(plain)).toBe(plain);
    expect(trimBorders(sheet(60, 50, 40, 220)).pixels).toEqual(sheet(60, 50, 40, 220).pixels);
    const slope = { ...plain, pixels: plain.pixels.map((value, i) => value - Math.floor(i / 60)) };
    expect(trimBorders(slope)).toBe(slope);
  });

  it('leaves the strokes of a tight crop alone: T, L, E and 7', () => {
    const strokes: Record<string, (x: number, y: number) => boolean> = {
      T: (x, y) => y < 5 || (x > 17 && x < 23),
      L: (x, y) => x < 5 || y >= 55,
      E: (x, y) => x < 5 || y < 5 || y >= 55 || (y > 27 && y < 33),
      7: (x, y) => y < 5 || Math.abs(x - (38 - y / 2)) < 3,
    };
    for (const [name, inside] of Object.entries(strokes)) {
      const picture = over(blankPicture(40, 60, 240), 20, inside);
      expect(trimBorders(picture), name).toBe(picture);
    }
  });

  it('keeps size and range for any pixels, also of one level or one row', () => {
    const anyPicture = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.integer(), fc.nat(255))
      .map(([width, height, seed, range]): Picture => {
        const random = randomStream(seed);
        const blocks = 1 + random.integer(12);
        const levels = Uint8Array.from({ length: 64 }, () => random.integer(range + 1));
        const pixels = Uint8Array.from(
          { length: width * height },
          (_, i) => levels[(Math.floor((i % width) / blocks) + 8 * Math.floor(i / width / blocks)) % 64]!,
        );
        return { width, height, pixels };
      });
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const before = picture.pixels.slice();
        const trimmed = trimBorders(picture);
        expect([trimmed.width, trimmed.height, trimmed.pixels.length]).toEqual([
          picture.width,
          picture.height,
          before.length,
        ]);
        expect(picture.pixels).toEqual(before);
      }),
      { numRuns: 80, seed: 1 },
    );
  });
});
