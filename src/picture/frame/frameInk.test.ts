import fc from 'fast-check';
import { beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { ShapeError, UsageError } from '../../core/floor.ts';
import { openDataset } from '../../platform/node/floor.ts';
import { limitSamples, materialize, pictureAt } from '../../samples/floor.ts';
import { cropPicture, inkBounds } from '../bounds.ts';
import { type FoundInk, inkOfPicture } from '../foundInk.ts';
import { blankPicture, type Picture } from '../picture.ts';
import { resizePicture } from '../resample.ts';
import type { Ink } from '../strokes/ink.ts';
import { frameCharacter } from './frame.ts';
import { frameInk } from './frameInk.ts';
import { hanziFraming, mnistFraming } from './framing.ts';

let digits: Picture[];
beforeAll(async () => {
  const data = materialize(limitSamples(await openDataset('mnist:train'), 1000, 5));
  digits = Array.from({ length: data.count }, (_, index) => pictureAt(data, index));
});

const framed = (ink: FoundInk): Picture => frameInk(ink, mnistFraming)!;

/** The same ink with paper about it. */
function onPaper(
  { width, height, pixels }: Picture,
  left: number,
  top: number,
  right: number,
  bottom: number,
): Picture {
  const paper = blankPicture(width + left + right, height + top + bottom);
  for (let y = 0; y < height; y++) {
    paper.pixels.set(pixels.subarray(y * width, (y + 1) * width), (y + top) * paper.width + left);
  }
  return paper;
}

describe('framing of found ink', () => {
  it('gives what framing of the picture gives, on clean paper', () => {
    const same = digits.filter((digit) => {
      const byPicture = frameCharacter(digit, mnistFraming)!;
      return framed(inkOfPicture(digit)).pixels.every((value, at) => value === byPicture.pixels[at]);
    });
    // The rest have a part far from the others, which in a picture might be a neighbour's.
    expect(same.length / digits.length).toBeGreaterThanOrEqual(0.99);
    for (const digit of digits.slice(0, 50)) {
      const large = resizePicture(onPaper(digit, 10, 10, 10, 10), 200, 200);
      const byPicture = frameCharacter(large, mnistFraming)!;
      // Between paper and ink the two thresholds may be a few levels apart: the faintest edge of ink goes with one of
      // them.
      const off = framed(inkOfPicture(large)).pixels.map((value, at) => Math.abs(value - byPicture.pixels[at]!));
      expect(Math.max(...off)).toBeLessThanOrEqual(4);
    }
  });

  it('does not depend on the paper about it: none at all, much, on one side', () => {
    for (const digit of digits.slice(0, 200)) {
      const tight = cropPicture(digit, inkBounds(digit)!);
      const expected = framed(inkOfPicture(tight));
      expect(framed(inkOfPicture(onPaper(tight, 3, 0, 0, 40)))).toEqual(expected);
      expect(framed(inkOfPicture(onPaper(tight, 300, 300, 300, 300)))).toEqual(expected);
    }
  });

  it('keeps what a picture would lose: a line along the edge, and ink that leaves no paper', () => {
    const bar: FoundInk = { width: 30, height: 4, amounts: new Uint8Array(120).fill(90) };
    expect(inkBounds(framed(bar))).toMatchObject({ width: 20, height: 3 });
    const underlined = blankPicture(60, 60);
    for (let y = 0; y < 60; y++) {
      for (let x = 0; x < 60; x++) if (y > 56 || Math.abs(x - 30) < 3) underlined.pixels[y * 60 + x] = 200;
    }
    expect(inkBounds(framed(inkOfPicture(underlined)))).toMatchObject({ width: 20, height: 20 });
    // The picture's polarity is not asked for: mostly ink is ink.
    const heavy = new Uint8Array(400).fill(255);
    heavy[210] = 0;
    expect(framed({ width: 20, height: 20, amounts: heavy }).pixels.reduce((sum, value) => sum + value, 0)).toBe(
      399 * 255,
    );
  });

  it('leaves out specks far from the rest, and keeps dots near it', () => {
    const stroke = blankPicture(60, 60);
    for (let y = 20; y < 55; y++) stroke.pixels.fill(220, y * 60 + 10, y * 60 + 15);
    const alone = framed(inkOfPicture(stroke));
    const specked = { ...stroke, pixels: stroke.pixels.slice() };
    specked.pixels[59] = 220;
    expect(framed(inkOfPicture(specked))).toEqual(alone);
    const dotted = { ...stroke, pixels: stroke.pixels.slice() };
    for (let y = 9; y < 14; y++) dotted.pixels.fill(220, y * 60 + 10, y * 60 + 15);
    expect(framed(inkOfPicture(dotted))).not.toEqual(alone);
  });

  it('stretches faint ink, follows the framing, and finds nothing where there is none', () => {
    const faint = (digit: Picture): FoundInk => ({
      ...inkOfPicture(digit),
      amounts: digit.pixels.map((value) => value >> 3),
    });
    for (const digit of digits.slice(0, 20)) {
      expect(Math.max(...framed(faint(digit)).pixels)).toBeGreaterThanOrEqual(250);
      const square = frameInk(inkOfPicture(digit), hanziFraming)!;
      expect([square.width, square.height]).toEqual([48, 48]);
    }
    expect(frameInk(inkOfPicture(blankPicture(30, 30)), mnistFraming)).toBeUndefined();
    expect(() => frameInk(inkOfPicture(digits[0]!), { ...mnistFraming, box: 0 })).toThrow(UsageError);
  });

  it('leaves the ink as it was', () => {
    const ink = inkOfPicture(digits[0]!);
    const before = ink.amounts.slice();
    frameInk(ink, mnistFraming);
    expect(ink.amounts).toEqual(before);
  });

  it('gives a square with full ink, or nothing, for any amounts', () => {
    const anyInk = fc
      .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 255 }))
      .chain(([width, height, most]) =>
        fc
          .uint8Array({ minLength: width * height, maxLength: width * height, max: most })
          .map((amounts): FoundInk => ({ width, height, amounts })),
      );
    fc.assert(
      fc.property(anyInk, (ink) => {
        const square = frameInk(ink, mnistFraming);
        if (square === undefined) return;
        expect([square.width, square.height, square.pixels.length]).toEqual([28, 28, 784]);
        expect(Math.max(...square.pixels)).toBeGreaterThanOrEqual(250);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('refuses ink that does not hold what its extents say, as of a buffer that was handed over', () => {
    const extent = fc.oneof(fc.integer({ min: -3, max: 40 }), fc.constantFrom(Number.NaN, 1.5, 2 ** 31, Infinity));
    fc.assert(
      fc.property(extent, extent, fc.nat(100), (width, height, length) => {
        fc.pre(!(width >= 1 && height >= 1 && width * height === length));
        expect(() => frameInk({ width, height, amounts: new Uint8Array(length) }, mnistFraming)).toThrow(ShapeError);
      }),
      { numRuns: 200, seed: 1 },
    );
    const amounts = new Uint8Array(784).fill(9);
    structuredClone(amounts, { transfer: [amounts.buffer] });
    expect(() => frameInk({ width: 28, height: 28, amounts }, mnistFraming)).toThrow(/expected 784 .* received 0/);
  });
});

it('found ink, pictures and strokes are three types: none can be passed for another', () => {
  expectTypeOf<Picture>().not.toExtend<FoundInk>();
  expectTypeOf<FoundInk>().not.toExtend<Picture>();
  expectTypeOf<FoundInk>().not.toExtend<Ink>();
});
