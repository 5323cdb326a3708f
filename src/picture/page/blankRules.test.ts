import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/floor.ts';
import { blankPicture, type Picture } from '../picture.ts';
import { blankRules } from './blankRules.ts';

const side = 400;

/** Draws a bowed, slanting rule with breaks. @returns which pixels it covers. */
function drawRule(ink: Picture, across: boolean, at: number, slope: number, bow: number): Set<number> {
  const random = randomStream(3, 'rule');
  const covered = new Set<number>();
  for (let along = 0; along < side; along++) {
    if (random.uniform() < 0.05) continue;
    const middle = Math.round(at + slope * along + bow * Math.sin((Math.PI * along) / side));
    for (let off = -1; off <= 1; off++) {
      const pixel = across ? (middle + off) * side + along : along * side + middle + off;
      ink.pixels[pixel] = 180;
      covered.add(pixel);
    }
  }
  return covered;
}

/** Draws rings, as zeros are. */
function drawRings(ink: Picture): Set<number> {
  const covered = new Set<number>();
  for (const [x, y] of [
    [60, 95],
    [150, 120],
    [230, 100],
    [320, 110],
  ] as const) {
    for (let turn = 0; turn < 800; turn++) {
      for (let radius = 15; radius < 20; radius += 0.5) {
        const angle = (turn * Math.PI) / 400;
        const pixel = Math.round(y + radius * Math.sin(angle)) * side + Math.round(x + radius * Math.cos(angle));
        ink.pixels[pixel] = 250;
        covered.add(pixel);
      }
    }
  }
  return covered;
}

describe('rules of a page', () => {
  it.each([
    [true, 0, 0],
    [true, 0.05, 0],
    [true, -0.03, 4],
    [false, 0, 0],
    [false, 0.04, -3],
  ])('are blanked and strokes across them stay (across: %s, slope %f, bow %i)', (across, slope, bow) => {
    const ink = blankPicture(side, side);
    const rings = drawRings(ink);
    const rule = drawRule(ink, across, across ? 105 : 140, slope, bow);
    const blanked = { mask: new Uint8Array(side * side), thickness: 0 };
    blankRules(ink, 100, across, { length: 160, thickness: 8 }, blanked);
    const left = (pixels: readonly number[]): number =>
      pixels.filter((pixel) => ink.pixels[pixel]! > 0).length / pixels.length;
    expect(left([...rings].filter((pixel) => !rule.has(pixel)))).toBeGreaterThan(0.97);
    expect(left([...rule].filter((pixel) => !rings.has(pixel)))).toBeLessThan(0.1);
    // Three, and where it goes along a stroke four.
    expect(Math.round(blanked.thickness)).toBeOneOf([3, 4]);
    ink.pixels.forEach((value, pixel) => {
      if (blanked.mask[pixel] !== 0) expect([value, blanked.mask[pixel]]).toEqual([0, across ? 1 : 2]);
    });
  });

  it('are long: strokes and dashes stay', { tags: ['slow'] }, () => {
    const ink = blankPicture(side, side);
    drawRings(ink);
    for (let x = 100; x < 200; x++) for (let y = 300; y < 303; y++) ink.pixels[y * side + x] = 200;
    const before = ink.pixels.slice();
    const blanked = { mask: new Uint8Array(side * side), thickness: 0 };
    for (const across of [true, false]) blankRules(ink, 100, across, { length: 160, thickness: 8 }, blanked);
    expect(ink.pixels).toEqual(before);
    expect(blanked.thickness).toBe(0);
  });

  it('are straight and thin: a wave and a band stay', { tags: ['slow'] }, () => {
    const ink = blankPicture(side, side);
    for (let x = 0; x < side; x++) {
      const y = Math.round(100 + 30 * Math.sin(x / 40));
      for (let off = 0; off < 3; off++) ink.pixels[(y + off) * side + x] = 200;
      for (let off = 0; off < 12; off++) ink.pixels[(250 + off) * side + x] = 200;
    }
    const before = ink.pixels.slice();
    blankRules(ink, 100, true, { length: 160, thickness: 8 }, { mask: new Uint8Array(side * side), thickness: 0 });
    expect(ink.pixels).toEqual(before);
  });
});
