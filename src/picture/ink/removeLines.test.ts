import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/floor.ts';
import type { Picture } from '../picture.ts';
import type { InkMap } from './inkMap.ts';
import { removeLines } from './removeLines.ts';

/** An ink map of strokes drawn by distance functions, ink 200, soft at the edges. */
function mapOf(width: number, height: number, depth: (x: number, y: number) => number, ink = 200): InkMap {
  const pixels = Uint8Array.from({ length: width * height }, (_, i) => {
    const inside = depth((i % width) + 0.5, Math.floor(i / width) + 0.5);
    return ink * Math.max(0, Math.min(1, inside + 0.5));
  });
  const picture = { width, height, pixels };
  return { picture, smooth: picture, strong: ink / 2, floor: 0, contrast: ink };
}

const ring = (x: number, y: number): number => 3.5 - Math.abs(Math.hypot(x - 32, y - 30) - 14);
const across = (y: number, at: number, thickness: number): number => thickness / 2 - Math.abs(y - at);

/** Adds a fainter or thinner line of its own level. */
function withLine(map: InkMap, level: number, depth: (x: number, y: number) => number): InkMap {
  const { width, height, pixels } = map.picture;
  const lined = pixels.map((value, i) => {
    const share = Math.max(0, Math.min(1, depth((i % width) + 0.5, Math.floor(i / width) + 0.5) + 0.5));
    return Math.max(value, level * share);
  });
  const picture = { width, height, pixels: lined };
  return { ...map, picture, smooth: picture };
}

const mean = (left: Picture, right: Picture): number =>
  left.pixels.reduce((sum, value, i) => sum + Math.abs(value - right.pixels[i]!), 0) / left.pixels.length;

describe('removeLines', () => {
  const plain = mapOf(64, 60, ring);

  it.each<[what: string, level: number, depth: (x: number, y: number) => number]>([
    ['free of the character', 160, (_, y) => across(y, 5, 2)],
    ['that touches it', 120, (_, y) => across(y, 47, 2)],
    ['through its middle', 90, (_, y) => across(y, 30, 1.5)],
    ['upright', 120, (x) => across(x, 40, 2)],
    ['aslant', 120, (x, y) => across(y, 20 + x / 16, 2)],
  ])('takes out a line %s', (_what, level, depth) => {
    const lined = withLine(plain, level, depth);
    const rest = removeLines(lined);
    expect(mean(lined.picture, plain.picture)).toBeGreaterThan(1.5);
    expect(mean(rest.picture, plain.picture)).toBeLessThan(0.45 * mean(lined.picture, plain.picture));
    // The ring is still whole: ink all around it.
    for (let angle = 0; angle < 360; angle += 5) {
      const [x, y] = [32 + 14 * Math.cos((angle * Math.PI) / 180), 30 + 14 * Math.sin((angle * Math.PI) / 180)];
      expect(rest.picture.pixels[Math.floor(y) * 64 + Math.floor(x)]).toBeGreaterThan(60);
    }
  });

  it('takes out the four edges of a box at once', () => {
    const edges = (x: number, y: number): number =>
      Math.max(across(x, 4, 2), across(x, 60, 2), across(y, 4, 2), across(y, 56, 2));
    const lined = withLine(plain, 200, edges);
    expect(mean(lined.picture, plain.picture)).toBeGreaterThan(20);
    expect(mean(removeLines(lined).picture, plain.picture)).toBeLessThan(3);
  });

  it('returns the same map where there is no line, or nothing else', () => {
    expect(removeLines(plain)).toBe(plain);
    const bar = mapOf(60, 40, (_, y) => across(y, 20, 3));
    expect(removeLines(bar)).toBe(bar);
  });

  it('leaves the strokes of tight crops alone: T, E, H, 4, 1 and Z', () => {
    const letters: Record<string, (x: number, y: number) => number> = {
      T: (x, y) => Math.max(across(y, 2, 3), across(x, 20, 3)),
      E: (x, y) => Math.max(across(x, 2, 3), across(y, 2, 3), across(y, 25, 3), across(y, 48, 3)),
      H: (x, y) => Math.max(across(x, 2, 3), across(x, 38, 3), across(y, 25, 3)),
      4: (x, y) => Math.max(across(x, 30, 3), across(y, 34, 3), y < 34 ? across(x + y * 0.85, 29, 3.5) : -1),
      1: (x, y) => Math.max(across(x, 20, 3), across(y, 48, 3), y < 12 ? across(x + y, 22, 3.5) : -1),
      Z: (x, y) => Math.max(across(y, 2, 3), across(y, 48, 3), across(x + y * 0.8, 40, 3.5)),
    };
    for (const [name, depth] of Object.entries(letters)) {
      const map = mapOf(40, 50, depth);
      expect(removeLines(map), name).toBe(map);
    }
  });

  it('never adds ink, for any pixels', () => {
    const anyMap = fc
      .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }), fc.integer())
      .map(([width, height, seed]): InkMap => {
        const random = randomStream(seed);
        const [rows, columns] = [random.integer(9) + 1, random.integer(9) + 1];
        const pixels = Uint8Array.from({ length: width * height }, (_, i) =>
          (i % width) % columns === 0 || Math.floor(i / width) % rows === 0 ? random.integer(256) : random.integer(40),
        );
        const picture = { width, height, pixels };
        return { picture, smooth: picture, strong: 60, floor: random.integer(30), contrast: 120 };
      });
    fc.assert(
      fc.property(anyMap, (map) => {
        const rest = removeLines(map);
        expect(rest.picture.pixels.length).toBe(map.picture.pixels.length);
        expect(rest.picture.pixels.every((value, i) => value <= map.picture.pixels[i]!)).toBe(true);
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});
