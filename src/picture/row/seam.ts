// A way from the top of a picture to its bottom through as little ink as there can be: the line along which touching
// characters are cut.
import type { Picture } from '../picture.ts';

/** A cut between the left and the right part of a picture. */
export interface Seam {
  /** `[row]`, first column of the right part, 0 to the width. */
  readonly columns: Int32Array;
  /** Ink that the cut goes through, in pixels of full ink. */
  readonly ink: number;
}

/**
 * Cost of a step aside, in pixels of full ink: of ways through paper the straightest wins, and no ink is cut for it.
 */
const sideStep = 0.02;
/** Cost of standing one column off the wanted one, a row: less than any ink. */
const offColumn = 0.002;

/**
 * The cheapest way near a column, one pixel a row, straight or to a neighbouring column from row to row (Wang and Jean
 * 1994, who segment merged characters by shortest paths; the costs are ours). A step between two pixels that touch at a
 * corner counts the lighter of the two others, so that a slanting line of single pixels is no open way.
 *
 * @param ink 255 on 0.
 * @param column the wanted one, 0 to the width.
 * @param reach columns to either side that the way may take, 0 or more.
 */
export function cheapestSeam(ink: Picture, column: number, reach: number): Seam {
  const { width, height, pixels } = ink;
  const first = Math.max(0, Math.min(width, Math.round(column - reach)));
  const last = Math.min(width, Math.max(first, Math.round(column + reach)));
  const count = last - first + 1;
  // Past the right edge there is a column of paper, so that a cut can leave everything to its left.
  const inkAt = (x: number, y: number): number => (x < width ? pixels[y * width + x]! / 255 : 0);
  let costs = new Float64Array(count);
  let next = new Float64Array(count);
  const steps = new Int8Array(count * height);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < count; i++) {
      const x = first + i;
      let best = costs[i]!;
      for (const step of [-1, 1]) {
        const from = i + step;
        if (y === 0 || from < 0 || from >= count) continue;
        const corner = Math.min(inkAt(x, y - 1), inkAt(x + step, y));
        const cost = costs[from]! + sideStep + corner;
        if (cost < best) {
          best = cost;
          steps[y * count + i] = step;
        }
      }
      next[i] = best + inkAt(x, y) + offColumn * Math.abs(x - column);
    }
    [costs, next] = [next, costs];
  }
  let at = costs.indexOf(Math.min(...costs));
  const columns = new Int32Array(height);
  let cut = 0;
  for (let y = height - 1; y >= 0; y--) {
    columns[y] = first + at;
    cut += inkAt(first + at, y);
    const step = steps[y * count + at]!;
    if (step !== 0) cut += Math.min(inkAt(first + at, y - 1), inkAt(first + at + step, y));
    at += step;
  }
  return { columns, ink: cut };
}
