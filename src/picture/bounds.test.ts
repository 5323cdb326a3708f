import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropPicture, inkBounds } from './bounds.ts';
import { blankPicture } from './picture.ts';

describe('inkBounds and cropPicture', () => {
  it('find and cut out a rectangle wherever it stands', () => {
    const rectangle = fc.record({
      left: fc.nat(9),
      top: fc.nat(9),
      width: fc.integer({ min: 1, max: 6 }),
      height: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(rectangle, (bounds) => {
        const picture = blankPicture(15, 15, 3);
        for (let y = 0; y < bounds.height; y++) {
          const start = (bounds.top + y) * 15 + bounds.left;
          picture.pixels.fill(4, start, start + bounds.width);
        }
        expect(inkBounds(picture, 3)).toEqual(bounds);
        expect(cropPicture(picture, bounds)).toEqual(blankPicture(bounds.width, bounds.height, 4));
      }),
      { seed: 1 },
    );
  });

  it('find nothing when no pixel is above the floor', () => {
    expect(inkBounds(blankPicture(5, 4, 7), 7)).toBeUndefined();
    expect(inkBounds(blankPicture(5, 4, 7), 6)).toEqual({ left: 0, top: 0, width: 5, height: 4 });
  });
});
