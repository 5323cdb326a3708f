import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../core/floor.ts';
import { inkBounds } from '../bounds.ts';
import { frameCharacter } from '../frame/frame.ts';
import { mnistFraming } from '../frame/framing.ts';
import type { Ink, InkPoint } from './ink.ts';
import { rasterInkSide, rasterizeInk, rasterMaxPoints } from './rasterize.ts';

const ring: InkPoint[] = Array.from({ length: 61 }, (_, i) => ({
  x: 50 + 30 * Math.cos((i * Math.PI) / 30),
  y: 50 + 40 * Math.sin((i * Math.PI) / 30),
}));

describe('rasterizeInk', () => {
  it('draws the longer side, pen included, at its fixed length, whatever the units', () => {
    const expected = rasterizeInk({ strokes: [ring] });
    const bounds = inkBounds(expected)!;
    expect(Math.abs(bounds.height - rasterInkSide)).toBeLessThanOrEqual(2);
    for (const unit of [0.001, 1000]) {
      const scaled = { strokes: [ring.map(({ x, y }) => ({ x: (x - 7) * unit, y: (y + 9) * unit }))] };
      const off = rasterizeInk(scaled).pixels.map((value, i) => Math.abs(value - expected.pixels[i]!));
      expect(Math.max(...off)).toBeLessThanOrEqual(1);
    }
  });

  it('gives framed strokes the thickness of MNIST', () => {
    const upright = {
      strokes: [
        [
          { x: 0, y: 0 },
          { x: 0, y: 100 },
        ],
      ],
    };
    const framed = frameCharacter(rasterizeInk(upright), mnistFraming)!;
    const row = framed.pixels.subarray(14 * 28, 15 * 28).reduce((sum, value) => sum + value, 0) / 255;
    expect(row).toBeGreaterThan(2);
    expect(row).toBeLessThan(3);
  });

  it('draws a tap as a dot, also when it was recorded as several equal points', () => {
    const tap = rasterizeInk({ strokes: [[{ x: 5, y: 5 }]] });
    const bounds = inkBounds(tap)!;
    expect(bounds.width).toBe(bounds.height);
    expect(bounds.width).toBeGreaterThan(10);
    expect(
      rasterizeInk({
        strokes: [
          [
            { x: 5, y: 5 },
            { x: 5, y: 5 },
          ],
          [],
        ],
      }),
    ).toEqual(tap);
    expect(
      rasterizeInk({
        strokes: [
          [
            { x: 0, y: 0 },
            { x: 5e-324, y: 0 },
          ],
        ],
      }),
    ).toEqual(tap);
    expect(frameCharacter(tap, mnistFraming)).toBeDefined();
  });

  it('draws no ink as blank paper, which frames to nothing', () => {
    for (const ink of [{ strokes: [] }, { strokes: [[], []] }]) {
      expect(rasterizeInk(ink).pixels.every((value) => value === 0)).toBe(true);
      expect(frameCharacter(rasterizeInk(ink), mnistFraming)).toBeUndefined();
    }
  });

  it('refuses coordinates that are no numbers, spans no number holds, and too many points', () => {
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      expect(() => rasterizeInk({ strokes: [ring, [{ x: 1, y: bad }]] })).toThrow(/stroke 1, point 0/);
    }
    expect(() =>
      rasterizeInk({
        strokes: [
          [
            { x: -1.7e308, y: 0 },
            { x: 1.7e308, y: 0 },
          ],
        ],
      }),
    ).toThrow(UsageError);
    const long = new Array<InkPoint>(rasterMaxPoints + 1).fill({ x: 1, y: 1 });
    expect(() => rasterizeInk({ strokes: [long] })).toThrow(UsageError);
  });

  it('draws any finite strokes within a bounded picture', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 });
    const point = fc.oneof(
      fc.record({ x: number, y: number }),
      fc.record({ x: fc.integer({ min: 0, max: 300 }), y: fc.integer({ min: 0, max: 300 }) }),
    );
    const ink: fc.Arbitrary<Ink> = fc.record({
      strokes: fc.array(fc.array(point, { maxLength: 8 }), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(ink, (drawing) => {
        const { width, height, pixels } = rasterizeInk(drawing);
        expect(Math.max(width, height)).toBeLessThanOrEqual(rasterInkSide + 34);
        expect(pixels.length).toBe(width * height);
        const points = drawing.strokes.reduce((sum, stroke) => sum + stroke.length, 0);
        expect(Math.max(...pixels)).toBe(points > 0 ? 255 : 0);
      }),
      { numRuns: 150, seed: 1 },
    );
  });
});
