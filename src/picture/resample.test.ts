import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError, UsageError } from '../core/floor.ts';
import { blankPicture, type Picture } from './picture.ts';
import { reducePicture, resizePicture, resizeValues } from './resample.ts';

const anyPicture = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((pixels): Picture => ({ width, height, pixels })),
  );
const side = fc.integer({ min: 1, max: 50 });

describe('resizePicture', () => {
  it('keeps one grey level and its range at every size', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.nat(255), (width, height, toWidth, toHeight, level) => {
        const resized = resizePicture(blankPicture(width, height, level), toWidth, toHeight);
        expect(resized).toEqual(blankPicture(toWidth, toHeight, level));
      }),
      { seed: 1 },
    );
  });

  it('keeps the mean when it shrinks, to a fraction of a grey level', () => {
    fc.assert(
      fc.property(anyPicture, side, side, (picture, a, b) => {
        const values = resizeValues(picture, Math.min(a, picture.width), Math.min(b, picture.height));
        const mean = (list: Uint8Array | Float32Array): number =>
          [...list].reduce((sum, v) => sum + v, 0) / list.length;
        expect(mean(values)).toBeCloseTo(mean(picture.pixels), 2);
      }),
      { seed: 1 },
    );
  });

  it('averages whole and part pixels by the area covered', () => {
    const row = { width: 4, height: 1, pixels: Uint8Array.of(0, 100, 200, 40) };
    expect([...resizePicture(row, 2, 1).pixels]).toEqual([50, 120]);
    const three = { width: 3, height: 1, pixels: Uint8Array.of(0, 90, 30) };
    expect([...resizePicture(three, 2, 1).pixels]).toEqual([30, 50]);
  });

  it('copies a picture of the wanted size', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        expect(resizePicture(picture, picture.width, picture.height)).toEqual(picture);
      }),
      { seed: 1 },
    );
  });

  it('keeps proportions by one ratio for both axes, with nothing past the source', () => {
    const bar = blankPicture(5, 40, 200);
    expect([...resizeValues(bar, 3, 20, 2).subarray(0, 3)]).toEqual([150, 200, 150]);
    const small = resizeValues(blankPicture(1, 8, 200), 3, 16, 0.5).subarray(24, 27);
    expect([...small]).toEqual([100, 200, 100]);
  });

  it('enlarges a slope into a slope', () => {
    const slope = { width: 5, height: 1, pixels: Uint8Array.of(0, 50, 100, 150, 200) };
    const { pixels } = resizePicture(slope, 20, 1);
    for (let i = 8; i < 12; i++) expect(pixels[i]! - pixels[i - 1]!).toBeCloseTo(12.5, -0.5);
    for (let i = 1; i < 20; i++) expect(pixels[i]!).toBeGreaterThanOrEqual(pixels[i - 1]! - 2);
  });

  it('refuses sizes below 1 and pictures that lie about theirs', () => {
    expect(() => resizePicture(blankPicture(2, 2), 0, 5)).toThrow(UsageError);
    expect(() => resizePicture({ width: 9, height: 9, pixels: new Uint8Array(3) }, 2, 2)).toThrow(ShapeError);
  });
});

describe('reducePicture', () => {
  it('leaves what fits alone and keeps proportions, at least one pixel each way', () => {
    const small = blankPicture(40, 10);
    expect(reducePicture(small, 40)).toBe(small);
    expect(reducePicture(blankPicture(400, 100), 40)).toEqual(blankPicture(40, 10));
    expect(reducePicture(blankPicture(20_000, 1), 512)).toEqual(blankPicture(512, 1));
  });
});
