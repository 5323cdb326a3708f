import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DigitPageOptions, digitPage, matchBoxes } from '../../../test/digitPage.ts';
import { FormatError, randomStream, ShapeError, UsageError } from '../../core/floor.ts';
import { openDataset } from '../../platform/node/floor.ts';
import { type Dataset, limitSamples, materialize } from '../../samples/floor.ts';
import { frameCharacter } from '../frame/frame.ts';
import { frameInk } from '../frame/frameInk.ts';
import { mnistFraming } from '../frame/framing.ts';
import { blankPicture, type Picture } from '../picture.ts';
import { findCharacters, pageMaxPixels } from './findCharacters.ts';

let digits: Dataset;
beforeAll(async () => {
  digits = materialize(limitSamples(await openDataset('mnist:train'), 200, 3));
});

/** Shares of the digits that have a box, and of the boxes that have a digit. */
function measure(options: DigitPageOptions): { readonly recall: number; readonly precision: number } {
  const page = digitPage(digits, options);
  const { boxes } = findCharacters(page.picture);
  const hits = matchBoxes(
    page.digits.map(({ box }) => box),
    boxes,
  ).filter((index) => index >= 0).length;
  return { recall: hits / page.digits.length, precision: hits / boxes.length };
}

describe('characters on a page', () => {
  it('are found anywhere: 200 digits of all sizes from 28 to 56 pixels', { tags: ['slow'] }, () => {
    const { recall, precision } = measure({ width: 1000, height: 1400, digits: 200, seed: 1 });
    expect(recall).toBeGreaterThanOrEqual(0.99);
    expect(precision).toBeGreaterThanOrEqual(0.99);
  });

  const smaller = { width: 700, height: 900, digits: 80, noise: 6, specks: 80 };
  it.each<[string, DigitPageOptions]>([
    ['noise, specks and a shadow', { ...smaller, seed: 2, noise: 12, specks: 200, shadow: 0.5 }],
    ['ruled paper', { ...smaller, seed: 3, ruling: 60 }],
    ['squared paper, turned', { ...smaller, seed: 4, ruling: 50, squared: true, skew: 1.5 }],
    ['a board, light on dark', { ...smaller, seed: 5, inverted: true }],
    ['small writing', { ...smaller, seed: 6, sizes: [20, 24], noise: 4 }],
    ['large writing', { ...smaller, seed: 7, sizes: [150, 200], digits: 8 }],
  ])('are found in spite of %s', { tags: ['slow'] }, (_, options) => {
    const { recall, precision } = measure(options);
    expect(recall).toBeGreaterThanOrEqual(0.97);
    expect(precision).toBeGreaterThanOrEqual(0.95);
  });

  it.each([0, 2, -2])('stand in the order of reading, in lines turned by %i degrees', (skew) => {
    const page = digitPage(digits, {
      ...{ width: 700, height: 560, digits: 60, perLine: 10, seed: 8, noise: 5 },
      ...{ sizes: [36, 44], skew },
    });
    const { boxes } = findCharacters(page.picture);
    const found = matchBoxes(
      page.digits.map(({ box }) => box),
      boxes,
    );
    expect(found).toEqual([...page.digits.keys()]);
    expect(boxes.map(({ line }) => line)).toEqual(page.digits.map(({ line }) => line));
  });

  it('have a height relative to the highest', () => {
    const { picture } = digitPage(digits, { width: 500, height: 500, digits: 12, seed: 9 });
    const { boxes } = findCharacters(picture);
    const highest = Math.max(...boxes.map(({ height }) => height));
    expect(boxes.map(({ relativeHeight }) => relativeHeight)).toEqual(boxes.map(({ height }) => height / highest));
  });

  it('give their own ink, as if they stood alone', () => {
    const crowded = { width: 300, height: 300, digits: 24, seed: 10, sizes: [28, 28] } as const;
    const page = digitPage(digits, crowded);
    const { boxes, inkOf } = findCharacters(page.picture);
    const found = matchBoxes(
      page.digits.map(({ box }) => box),
      boxes,
    );
    let off = 0;
    for (const [at, index] of found.entries()) {
      const own = { width: 28, height: 28, pixels: digits.images.subarray(at * 784, (at + 1) * 784) };
      const [seen, wanted] = [frameInk(inkOf(index), mnistFraming)!, frameCharacter(own, mnistFraming)!];
      off += seen.pixels.reduce((sum, value, pixel) => sum + Math.abs(value - wanted.pixels[pixel]!), 0) / 784;
    }
    // Of 255 levels; another digit in a corner of the box would add some ten.
    expect(off / found.length).toBeLessThan(6);
    expect(() => inkOf(boxes.length)).toThrow(UsageError);
  });

  it('leaves out what is smaller than it is told to', () => {
    const page = blankPicture(400, 100, 255);
    for (let i = 0; i < 6; i++) fill(page, 20 + 60 * i, 20, 6, 60);
    fill(page, 50, 70, 8, 10);
    expect(findCharacters(page).boxes).toHaveLength(6);
    expect(findCharacters(page, { smallest: 0.1 }).boxes).toHaveLength(7);
  });

  it('leaves out the frame about a character', () => {
    const page = blankPicture(400, 100, 255);
    for (let i = 0; i < 5; i++) {
      fill(page, 10 + 75 * i, 10, 60, 80);
      fill(page, 12 + 75 * i, 12, 56, 76, 255);
      fill(page, 36 + 75 * i, 30, 8, 40);
    }
    const { boxes } = findCharacters(page);
    expect(boxes.map(({ width, height }) => [width, height])).toEqual(Array.from({ length: 5 }, () => [8, 40]));
  });
});

describe('a page without characters', () => {
  it('gives none', () => {
    expect(findCharacters(blankPicture(300, 200, 240)).boxes).toEqual([]);
    expect(findCharacters(blankPicture(1, 1, 0)).boxes).toEqual([]);
    const noise = blankPicture(300, 200);
    const random = randomStream(1, 'noise');
    noise.pixels.forEach((_, at) => {
      noise.pixels[at] = Math.max(0, Math.min(255, 200 + 15 * random.normal()));
    });
    expect(findCharacters(noise).boxes).toEqual([]);
  });

  it('is refused when it is a texture, or too large', { tags: ['slow'] }, () => {
    const texture = blankPicture(2000, 2000);
    texture.pixels.forEach((_, at) => {
      texture.pixels[at] = (at % 2000) % 13 < 4 && Math.floor(at / 2000) % 13 < 7 ? 0 : 255;
    });
    expect(() => findCharacters(texture)).toThrow(FormatError);
    const side = Math.ceil(Math.sqrt(pageMaxPixels)) + 1;
    expect(() => findCharacters(blankPicture(side, side))).toThrow(/at most 36000000 pixels, received 6001x6001/);
  });

  it('is refused when its pixels are not as many as it says, and options out of range too', () => {
    expect(() => findCharacters({ width: 3, height: 3, pixels: new Uint8Array(8) })).toThrow(ShapeError);
    expect(() => findCharacters(blankPicture(3, 3), { smallest: 2 })).toThrow(/smallest: expected a share in 0..1/);
  });

  it('never breaks anything, whatever it holds', () => {
    const pictures = fc
      .record({
        width: fc.integer({ min: 1, max: 60 }),
        height: fc.integer({ min: 1, max: 60 }),
        seed: fc.nat(),
        kind: fc.integer({ min: 1, max: 40 }),
      })
      .map(({ width, height, seed, kind }): Picture => {
        const random = randomStream(seed, 'hostile');
        const level = (): number => Math.min(255, random.integer(kind) * Math.ceil(255 / kind));
        return { width, height, pixels: Uint8Array.from({ length: width * height }, level) };
      });
    fc.assert(
      fc.property(pictures, (picture) => {
        const { boxes, inkOf } = findCharacters(picture);
        boxes.forEach(({ left, top, width, height, relativeHeight }, index) => {
          expect(left >= 0 && top >= 0 && width >= 1 && height >= 1).toBe(true);
          expect(left + width <= picture.width && top + height <= picture.height).toBe(true);
          expect(relativeHeight > 0 && relativeHeight <= 1).toBe(true);
          expect(inkOf(index).amounts.some((value) => value > 0)).toBe(true);
        });
      }),
      { numRuns: 150 },
    );
  });
});

function fill(page: Picture, left: number, top: number, width: number, height: number, level = 20): void {
  for (let y = top; y < top + height; y++)
    page.pixels.fill(level, y * page.width + left, y * page.width + left + width);
}
