// Framing of Chinese characters: straight strokes from edge to edge and parts far from each other belong. The
// characters are drawn here, as a pad gives them; that pictures of CASIA come back as they were is measured by hand
// (docs/chinese.md).
import { describe, expect, it } from 'vitest';
import { cropPicture, inkBounds } from '../bounds.ts';
import type { Picture } from '../picture.ts';
import { rasterInkSide, rasterizeInk } from '../strokes/rasterize.ts';
import { frameCharacter } from './frame.ts';
import { describeFraming, hanziFraming, mnistFraming } from './framing.ts';

type Line = readonly [x0: number, y0: number, x1: number, y1: number];

const characters: Readonly<Record<string, readonly Line[]>> = {
  一: [[0, 50, 100, 48]],
  二: [
    [15, 15, 85, 15],
    [0, 85, 100, 85],
  ],
  三: [
    [10, 10, 90, 10],
    [20, 50, 80, 50],
    [0, 92, 100, 92],
  ],
  十: [
    [0, 40, 100, 40],
    [50, 0, 50, 100],
  ],
  六: [
    [50, 0, 52, 12],
    [0, 35, 100, 35],
    [30, 55, 5, 95],
    [70, 55, 95, 95],
  ],
  川: [
    [5, 5, 5, 95],
    [50, 5, 50, 95],
    [95, 0, 95, 100],
  ],
  田: [
    [0, 0, 0, 100],
    [0, 0, 100, 0],
    [100, 0, 100, 100],
    [0, 100, 100, 100],
    [50, 0, 50, 100],
    [0, 50, 100, 50],
  ],
};

function drawn(lines: readonly Line[], pen = hanziFraming.pen!): Picture {
  const strokes = lines.map(([x0, y0, x1, y1]) => [
    { x: x0, y: y0 },
    { x: x1, y: y1 },
  ]);
  return rasterizeInk({ strokes }, pen);
}

function inkOf(picture: Picture): number {
  return picture.pixels.reduce((sum, value) => sum + value, 0) / 255;
}

describe('the framing of Chinese characters', () => {
  it.each(Object.entries(characters))('keeps every stroke of %s, in a tight crop, too', (_, lines) => {
    const framed = frameCharacter(drawn(lines), hanziFraming)!;
    const bounds = inkBounds(framed)!;
    expect(Math.max(bounds.width, bounds.height)).toBe(42);
    // Ink by length and width of the strokes, 42 pixels for 100 units and the pen; crossings and antialiasing take
    // some.
    const length = lines.reduce((sum, [x0, y0, x1, y1]) => sum + Math.hypot(x1 - x0, y1 - y0), 0);
    const expected = (length / 100) * 40 * 42 * hanziFraming.pen!;
    expect(inkOf(framed)).toBeGreaterThan(0.75 * expected);
    expect(inkOf(framed)).toBeLessThan(1.25 * expected);
    // What is framed already is not touched: sets that are stored so are read alike, framed or raw.
    expect(frameCharacter(framed, hanziFraming)).toEqual(framed);
  });

  it('is needed: taken for a digit on a form, a tight 川 loses strokes as printed lines', () => {
    const framed = frameCharacter(drawn(characters.川!), hanziFraming)!;
    const tight = cropPicture(framed, inkBounds(framed)!);
    expect(inkOf(frameCharacter(tight, hanziFraming)!)).toBeGreaterThan(0.9 * inkOf(framed));
    const asForm = frameCharacter(tight, { ...hanziFraming, lines: 'remove' })!;
    expect(inkOf(asForm)).toBeLessThan(0.6 * inkOf(framed));
  });

  it('draws with its own pen', () => {
    const thin = inkBounds(drawn([[0, 0, 100, 0]]))!;
    const usual = inkBounds(
      rasterizeInk({
        strokes: [
          [
            { x: 0, y: 0 },
            { x: 100, y: 0 },
          ],
        ],
      }),
    )!;
    expect(thin.height).toBeCloseTo(0.05 * rasterInkSide, -0.5);
    expect(usual.height).toBeCloseTo(0.125 * rasterInkSide, -0.5);
  });

  it('is told apart in words', () => {
    expect(describeFraming(mnistFraming)).toBe('20 in 28 pixels by mass');
    expect(describeFraming(hanziFraming)).toBe('42 in 48 pixels by box, lines kept, pen 0.05');
  });

  it('refuses lines and pens that are none', () => {
    expect(() => frameCharacter(drawn([[0, 0, 1, 1]]), { ...hanziFraming, lines: 'all' as 'keep' })).toThrow(
      /framing, lines/,
    );
    for (const pen of [0, -1, 0.6, Number.NaN]) {
      expect(() => frameCharacter(drawn([[0, 0, 1, 1]]), { ...hanziFraming, pen })).toThrow(/framing, pen/);
    }
  });
});
