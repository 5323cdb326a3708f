import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/floor.ts';
import type { FoundInk } from '../foundInk.ts';
import type { Picture } from '../picture.ts';
import { candidateCuts } from './candidateCuts.ts';
import { contourValleys, projectionMinima, skeletonCrossings } from './cutColumns.ts';
import { cheapestSeam } from './seam.ts';

/** Ink from rows of characters: `#` full, `+` half, all else none. */
function inkOf(...rows: string[]): Picture {
  const levels: Record<string, number> = { '#': 255, '+': 128 };
  return {
    width: rows[0]!.length,
    height: rows.length,
    pixels: Uint8Array.from(rows.join(''), (character) => levels[character] ?? 0),
  };
}

function maskOf({ pixels }: Picture): Uint8Array {
  return pixels.map((value) => (value > 127 ? 1 : 0));
}

/** Least ink on any way from top to bottom, by looking at all of them: the plain definition. */
function leastInk({ width, height, pixels }: Picture): number {
  const inkAt = (x: number, y: number): number => (x < width ? pixels[y * width + x]! / 255 : 0);
  let least = Number.POSITIVE_INFINITY;
  const walk = (x: number, y: number, before: number): void => {
    const ink = before + inkAt(x, y);
    if (y === height - 1) {
      least = Math.min(least, ink);
      return;
    }
    for (const next of [x - 1, x, x + 1]) {
      if (next < 0 || next > width) continue;
      walk(next, y + 1, ink + (next === x ? 0 : Math.min(inkAt(next, y), inkAt(x, y + 1))));
    }
  };
  for (let x = 0; x <= width; x++) walk(x, 0, 0);
  return least;
}

describe('cheapestSeam', () => {
  it('goes through hardly more ink than any way does', () => {
    for (let seed = 0; seed < 30; seed++) {
      const random = randomStream(seed, 'seam test');
      const ink = { width: 5, height: 6, pixels: Uint8Array.from({ length: 30 }, () => random.integer(256)) };
      const seam = cheapestSeam(ink, 2, 9);
      // Straightness has its price too, but a small one: 5 steps aside and 6 rows beside the column.
      expect(seam.ink).toBeLessThanOrEqual(leastInk(ink) + 5 * 0.02 + 6 * 3 * 0.002 + 1e-9);
      expect(seam.ink).toBeGreaterThanOrEqual(leastInk(ink) - 1e-9);
      for (let y = 1; y < 6; y++) expect(Math.abs(seam.columns[y]! - seam.columns[y - 1]!)).toBeLessThanOrEqual(1);
    }
  });

  it('winds between two strokes, and not further than it may', () => {
    const ink = inkOf('#....#', '##...#', '###..#', '##..##', '#..###', '#..###');
    const free = cheapestSeam(ink, 3, 3);
    expect(free.ink).toBe(0);
    expect(cheapestSeam(ink, 1, 0)).toMatchObject({ columns: new Int32Array(6).fill(1), ink: 3 });
  });

  it('does not slip through a slanting line of single pixels', () => {
    const ink = inkOf('......#', '.....#.', '....#..', '...#...', '..#....', '.#.....', '#......');
    expect(cheapestSeam(ink, 3, 2).ink).toBeGreaterThanOrEqual(1);
  });
});

describe('columns to cut at', () => {
  const two = inkOf('.###.....###.', '#...#...#...#', '#...#####...#', '#...#...#...#', '.###.....###.');

  it('are where little stands', () => {
    expect(projectionMinima(maskOf(two), 13, 5, 5)).toContain(6.5);
    expect(projectionMinima(maskOf(inkOf('##...##', '##...##')), 7, 2, 2)).toEqual([3.5]);
  });

  it('are where the outline dips from above or from below', () => {
    const columns = contourValleys(maskOf(two), 13, 5, 5);
    expect(columns.filter((column) => column === 6.5)).toHaveLength(2);
    const touching = inkOf('#...#', '##.##', '#####', '#####');
    expect(contourValleys(maskOf(touching), 5, 4, 4)).toEqual([2.5]);
  });

  it('are where one line alone goes on', () => {
    expect(skeletonCrossings(maskOf(two), 13, 5).some((column) => Math.abs(column - 6.5) <= 1)).toBe(true);
    // Through a ring there are two lines everywhere but at its ends.
    const columns = skeletonCrossings(maskOf(inkOf('.###.', '#...#', '#...#', '.###.')), 5, 4);
    expect(columns.every((column) => column < 1 || column > 4)).toBe(true);
  });

  it('are none in paper', () => {
    expect(projectionMinima(new Uint8Array(6), 3, 2, 2)).toEqual([]);
    expect(contourValleys(new Uint8Array(6), 3, 2, 2)).toEqual([]);
    expect(projectionMinima(new Uint8Array(), 0, 0, 1)).toEqual([]);
  });
});

describe('candidateCuts', () => {
  /** Three leaning strokes, their boxes overlapping, the last two joined by a line. */
  function leaning(): FoundInk {
    const [width, height] = [60, 30];
    const amounts = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      for (const left of [2, 16, 30]) amounts.fill(255, y * width + left + 24 - y, y * width + left + 28 - y);
      if (y === 15 || y === 16) amounts.fill(255, y * width + 29, y * width + 42);
    }
    return { width, height, amounts };
  }

  it('lie between leaning strokes whose boxes overlap, through the line that joins them and no stroke', () => {
    const cuts = candidateCuts(leaning(), 127, 30);
    const between = (left: number, right: number, most: number): boolean =>
      cuts.some(
        ({ columns, ink }) =>
          ink <= most && columns.every((column, y) => column >= left + 28 - y && column <= right + 24 - y),
      );
    expect(between(2, 16, 0)).toBe(true);
    expect(between(16, 30, 3)).toBe(true);
  });

  it('stand in order, apart from each other, each with a column a row', () => {
    const cuts = candidateCuts(leaning(), 127, 30);
    const means = cuts.map(({ columns }) => columns.reduce((sum, column) => sum + column, 0) / columns.length);
    expect(means).toEqual([...means].sort((one, other) => one - other));
    for (const { columns } of cuts) {
      expect(columns).toHaveLength(30);
      expect(columns.every((column) => column >= 0 && column <= 60)).toBe(true);
    }
  });

  it('are found in paper and in one pixel without harm', () => {
    for (const [width, height] of [
      [1, 1],
      [40, 1],
      [1, 40],
      [9, 9],
    ] as const) {
      for (const level of [0, 255]) {
        const ink = { width, height, amounts: new Uint8Array(width * height).fill(level) };
        for (const { columns } of candidateCuts(ink, 127, height)) expect(columns).toHaveLength(height);
      }
    }
  });
});
