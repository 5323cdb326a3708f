// Bilinear interpolation, the only resampling of the sample generator.

/**
 * Writes one row of a warped picture.
 *
 * @param source `[height, width]`; outside of it is paper (0).
 * @param xs @param ys where the row's pixels come from, each `[width]`.
 * @param target the row is written at `offset`, rounded to whole grey levels.
 */
export function sampleRow(
  source: Uint8Array,
  width: number,
  height: number,
  xs: Float64Array,
  ys: Float64Array,
  target: Uint8Array,
  offset: number,
): void {
  const lastColumn = width - 1;
  const lastRow = height - 1;
  for (let i = 0; i < width; i++) {
    const x = xs[i]!;
    const y = ys[i]!;
    if (x >= 0 && y >= 0 && x < lastColumn && y < lastRow) {
      // `| 0` is the floor of a number that is not negative, and keeps the arithmetic of positions in whole numbers.
      const left = x | 0;
      const top = y | 0;
      const at = top * width + left;
      const fx = x - left;
      const upperLeft = source[at]!;
      const lowerLeft = source[at + width]!;
      const upper = upperLeft + fx * (source[at + 1]! - upperLeft);
      const lower = lowerLeft + fx * (source[at + width + 1]! - lowerLeft);
      target[offset + i] = (upper + (y - top) * (lower - upper) + 0.5) | 0;
    } else {
      target[offset + i] = sampleEdge(source, width, height, x, y);
    }
  }
}

/** A position at the edge of the picture or outside. */
function sampleEdge(source: Uint8Array, width: number, height: number, x: number, y: number): number {
  if (!(x >= -1 && y >= -1 && x < width && y < height)) return 0;
  const left = Math.floor(x) | 0;
  const top = Math.floor(y) | 0;
  const fx = x - left;
  const fy = y - top;
  const at = top * width + left;
  const hasLeft = left >= 0;
  const hasRight = left + 1 < width;
  let [upper, lower] = [0, 0];
  if (top >= 0) upper = (hasLeft ? source[at]! : 0) * (1 - fx) + (hasRight ? source[at + 1]! : 0) * fx;
  if (top + 1 < height) {
    lower = (hasLeft ? source[at + width]! : 0) * (1 - fx) + (hasRight ? source[at + width + 1]! : 0) * fx;
  }
  return (upper * (1 - fy) + lower * fy + 0.5) | 0;
}
