// Columns at which a row of characters may come apart, by three plain signs. A column is only a hint: where the cut
// goes from there `cheapestSeam` says, and whether it is made, who reads the pieces.
import { thinMask } from '../thin.ts';

/** How deep a valley of ink or outline must be to count, as a share of the characters' height. */
const leastDepth = 0.08;

/**
 * Columns where little stands: the middles of empty stretches, and the valleys of the projection, the number of ink
 * pixels a column.
 *
 * @param mask `[height, width]`, 1 for ink.
 * @param size height of the characters, in pixels.
 */
export function projectionMinima(mask: Uint8Array, width: number, height: number, size: number): number[] {
  const counts = new Float64Array(width);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) counts[x]! += mask[y * width + x]!;
  return valleysOf(counts, leastDepth * size);
}

/**
 * Columns where the outline dips from above or rises from below: valleys of the height up to which ink stands, and of
 * the depth down to which it hangs.
 */
export function contourValleys(mask: Uint8Array, width: number, height: number, size: number): number[] {
  const up = new Float64Array(width);
  const down = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x] === 0) continue;
      up[x] = Math.max(up[x]!, height - y);
      down[x] = y + 1;
    }
  }
  return [...valleysOf(up, leastDepth * size), ...valleysOf(down, leastDepth * size)];
}

/**
 * Columns where strokes are joined by one line at most: the middles of the stretches of columns in which the thinned
 * ink is met no more than once.
 */
export function skeletonCrossings(mask: Uint8Array, width: number, height: number): number[] {
  const lines = mask.slice();
  thinMask(lines, width, height);
  const crossings = new Float64Array(width);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      // A run of pixels is one crossing.
      if (lines[y * width + x] === 1 && (y === 0 || lines[(y - 1) * width + x] === 0)) crossings[x]!++;
    }
  }
  const columns: number[] = [];
  for (let x = 0, from = -1; x <= width; x++) {
    const few = x < width && crossings[x]! <= 1;
    if (few && from < 0) from = x;
    if (few || from < 0) continue;
    columns.push((from + x) / 2);
    from = -1;
  }
  return columns;
}

/**
 * Middles of the lowest stretches between two heights that are `depth` above them; where the ends of the row are lower
 * than that they are no valley.
 */
function valleysOf(values: Float64Array, depth: number): number[] {
  const found: number[] = [];
  let high = values[0] ?? 0;
  let low = Number.POSITIVE_INFINITY;
  let [from, to] = [0, 0];
  for (let x = 0; x < values.length; x++) {
    const value = values[x]!;
    if (value < low) {
      low = value;
      from = x;
    }
    if (value === low) to = x;
    if (value > low + depth) {
      if (high > low + depth) found.push((from + to + 1) / 2);
      high = value;
      low = value;
      [from, to] = [x, x];
    } else if (value > high) {
      high = value;
      low = value;
      [from, to] = [x, x];
    }
  }
  return found;
}
