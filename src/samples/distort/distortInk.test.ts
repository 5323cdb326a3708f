import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/floor.ts';
import { type Ink, mnistFraming } from '../../picture/floor.ts';
import { distortInk } from './distortInk.ts';
import { redrawInk } from './redrawInk.ts';

const line = (...points: readonly (readonly [number, number])[]) => points.map(([x, y]) => ({ x, y }));
/** A cross of two strokes, a tap, and a stroke without points. */
const ink: Ink = {
  strokes: [line([0, 0], [50, 50], [100, 100]), line([100, 0], [0, 100]), line([50, 10]), []],
};
const from = (seed: number) => randomStream(seed, 'test');
const middle = (stroke: Ink['strokes'][number]) => ({
  x: stroke.reduce((sum, { x }) => sum + x, 0) / stroke.length,
  y: stroke.reduce((sum, { y }) => sum + y, 0) / stroke.length,
});

describe('distortInk', () => {
  it('changes nothing by amounts of nothing, and the same by the same seed', () => {
    expect(distortInk(ink, {}, from(1))).toEqual({ strokes: ink.strokes.slice(0, 3) });
    const amounts = { rotation: 5, scale: 0.1, shift: 0.05, bend: 0.03, ends: 0.1 };
    expect(distortInk(ink, amounts, from(1))).toEqual(distortInk(ink, amounts, from(1)));
    expect(distortInk(ink, amounts, from(1))).not.toEqual(distortInk(ink, amounts, from(2)));
    expect(distortInk({ strokes: [] }, amounts, from(1))).toEqual({ strokes: [] });
  });

  it('moves every stroke by itself, in the units of the ink', () => {
    const shifts = Array.from({ length: 400 }, (_, seed) => {
      const { strokes } = distortInk(ink, { shift: 0.1 }, from(seed));
      return [strokes[0]![0]!.x, strokes[1]![0]!.x - 100] as const;
    });
    const deviation = (values: readonly number[]) =>
      Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
    expect(deviation(shifts.map(([first]) => first))).toBeCloseTo(10, -0.5);
    const together = shifts.reduce((sum, [first, second]) => sum + first * second, 0) / shifts.length;
    // Independent: their covariance is far below the variance of 100.
    expect(Math.abs(together)).toBeLessThan(20);
  });

  it('turns and scales about the middle of the stroke', () => {
    const { strokes } = distortInk(ink, { rotation: 30, scale: 0.3 }, from(3));
    expect(middle(strokes[0]!)).toEqual({ x: expect.closeTo(50, 9), y: expect.closeTo(50, 9) });
    const [start, , end] = strokes[0]!;
    const angle = Math.atan2(end!.y - start!.y, end!.x - start!.x);
    expect(Math.abs(angle - Math.PI / 4)).toBeGreaterThan(0.01);
    // A tap has no direction and no size.
    expect(strokes[2]).toEqual([{ x: expect.closeTo(50, 9), y: expect.closeTo(10, 9) }]);
  });

  it('bends a straight stroke', () => {
    const straight: Ink = { strokes: [line(...Array.from({ length: 21 }, (_, i) => [5 * i, 0] as const))] };
    const [bent] = distortInk(straight, { bend: 0.05 }, from(4)).strokes;
    const [start, end] = [bent![0]!, bent![20]!];
    const off = bent!.map(({ x, y }) => {
      const share = (x - start.x) / (end.x - start.x);
      return Math.abs(y - start.y - share * (end.y - start.y));
    });
    expect(Math.max(...off)).toBeGreaterThan(1);
    expect(Math.max(...off)).toBeLessThan(40);
  });

  it('cuts strokes off or draws them out at their ends, within its bound', () => {
    const lengths = Array.from({ length: 200 }, (_, seed) => {
      const [, stroke] = distortInk(ink, { ends: 0.1 }, from(seed)).strokes;
      return Math.hypot(stroke!.at(-1)!.x - stroke![0]!.x, stroke!.at(-1)!.y - stroke![0]!.y) / Math.hypot(100, 100);
    });
    expect(Math.min(...lengths)).toBeGreaterThan(0.79);
    expect(Math.min(...lengths)).toBeLessThan(0.9);
    expect(Math.max(...lengths)).toBeGreaterThan(1.1);
    // The end is extended first, and the share at the start is of the longer stroke.
    expect(Math.max(...lengths)).toBeLessThan(1.1 * 1.1 + 1e-9);
  });
});

describe('redrawInk', () => {
  it('draws with pens of other widths', () => {
    const inked = Array.from({ length: 30 }, (_, seed) => {
      const picture = redrawInk(ink, { pen: 1.6 }, from(seed), mnistFraming)!;
      expect([picture.width, picture.height]).toEqual([28, 28]);
      return picture.pixels.reduce((sum, pixel) => sum + pixel, 0);
    });
    expect(Math.max(...inked) / Math.min(...inked)).toBeGreaterThan(1.5);
    const plain = new Set([1, 2].map((seed) => String(redrawInk(ink, { pen: 1 }, from(seed), mnistFraming)!.pixels)));
    expect(plain.size).toBe(1);
    expect(redrawInk({ strokes: [] }, {}, from(1), mnistFraming)).toBeUndefined();
  });
});
