import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Picture } from './picture.ts';
import { smoothPicture } from './smooth.ts';

/** The same by its definition. */
function reference({ width, height, pixels }: Picture): number[] {
  const at = (x: number, y: number): number =>
    pixels[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))]!;
  return Array.from(pixels, (_, i) => {
    let sum = 0;
    for (const [down, weightY] of [
      [-1, 1],
      [0, 2],
      [1, 1],
    ] as const) {
      for (const [across, weightX] of [
        [-1, 1],
        [0, 2],
        [1, 1],
      ] as const) {
        sum += weightX * weightY * at((i % width) + across, Math.floor(i / width) + down);
      }
    }
    return Math.floor(sum / 16 + 0.5);
  });
}

describe('smoothPicture', () => {
  it('is the weighted mean of nine pixels, at every size', () => {
    const anyPicture = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .chain(([width, height]) =>
        fc
          .uint8Array({ minLength: width * height, maxLength: width * height })
          .map((pixels): Picture => ({ width, height, pixels })),
      );
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const smooth = smoothPicture(picture);
        expect([smooth.width, smooth.height]).toEqual([picture.width, picture.height]);
        expect([...smooth.pixels]).toEqual(reference(picture));
      }),
      { seed: 1 },
    );
  });
});
