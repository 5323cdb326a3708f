import { beforeAll, describe, expect, it } from 'vitest';
import { openDataset } from '../platform/node/floor.ts';
import type { Picture } from './picture.ts';
import { shearPicture, slantOf } from './slant.ts';

let digits: Picture[];
beforeAll(async () => {
  const { images } = await openDataset('mnist:train');
  digits = Array.from({ length: 60 }, (_, index) => ({
    width: 28,
    height: 28,
    pixels: images.subarray(index * 784, (index + 1) * 784),
  }));
});

function leaning({ width, height, pixels }: Picture): number {
  return slantOf(
    pixels.map((value) => (value > 127 ? 1 : 0)),
    width,
    height,
  );
}

/** A line five pixels wide from the bottom up. */
function line(slant: number, width = 80, height = 40): Picture {
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const middle = width / 2 + slant * (height / 2 - y);
    for (let x = 0; x < width; x++) if (Math.abs(x - middle) <= 2.5) pixels[y * width + x] = 255;
  }
  return { width, height, pixels };
}

describe('slantOf', () => {
  it.each([-0.8, -0.3, 0, 0.1, 0.5, 0.9])('measures a line that leans by %f', (slant) => {
    expect(leaning(line(slant))).toBeCloseTo(slant, 1);
  });

  it('is 0 for paper, for a block and for a level line', () => {
    expect(slantOf(new Uint8Array(12), 4, 3)).toBe(0);
    expect(slantOf(new Uint8Array(12).fill(1), 4, 3)).toBe(0);
    expect(slantOf(new Uint8Array(40).fill(1, 20, 30), 10, 4)).toBe(0);
  });

  it('finds by how much digits were made to lean', () => {
    let off = 0;
    for (const digit of digits) {
      const upright = shearPicture(digit, leaning(digit)).picture;
      for (const slant of [-0.4, 0.4]) off += Math.abs(leaning(shearPicture(upright, -slant).picture) - slant);
    }
    expect(off / (2 * digits.length)).toBeLessThan(0.15);
  });
});

describe('shearPicture', () => {
  it('leaves digits that it stands upright hardly leaning', () => {
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const before = mean(digits.map((digit) => Math.abs(leaning(digit))));
    const after = mean(digits.map((digit) => Math.abs(leaning(shearPicture(digit, leaning(digit)).picture))));
    expect(before).toBeGreaterThan(0.15);
    expect(after).toBeLessThan(before / 3);
  });

  it('keeps all ink and says where it came to stand', () => {
    for (const slant of [-1.2, -0.37, 0.5, 1.7]) {
      for (const digit of digits.slice(0, 5)) {
        const { picture, left } = shearPicture(digit, slant);
        for (let y = 0; y < 28; y++) {
          const [before, after] = [centre(digit, y), centre(picture, y)];
          expect(after.mass).toBeGreaterThan(before.mass - 28);
          expect(after.mass).toBeLessThan(before.mass + 28);
          if (before.mass > 500) expect(after.x).toBeCloseTo(before.x + left + slant * y, 0);
        }
      }
    }
  });

  it('gives the picture itself back for no slant', () => {
    expect(shearPicture(digits[0]!, 0)).toEqual({ picture: digits[0], left: 0 });
  });
});

function centre({ width, pixels }: Picture, y: number): { mass: number; x: number } {
  let [mass, moment] = [0, 0];
  for (let x = 0; x < width; x++) {
    mass += pixels[y * width + x]!;
    moment += pixels[y * width + x]! * x;
  }
  return { mass, x: moment / mass };
}
