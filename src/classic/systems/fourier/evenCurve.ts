// A closed line as points at equal distances along it: a contour for a Fourier series.

/** Points of a closed line in the plane, in order. */
export interface Curve {
  /** Coordinates, `[point]` each. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Points at equal distances along a closed line of straight pieces; the first is the line's beginning.
 *
 * @param points `[point, 2]`, corners of the line, at least one; the last joins the first.
 * @param count number of wanted points, at least 1.
 */
export function evenCurve(points: Float64Array, count: number): Curve {
  const corners = points.length / 2;
  const lengths = new Float64Array(corners);
  let whole = 0;
  for (let i = 0; i < corners; i++) {
    const next = (i + 1) % corners;
    lengths[i] = Math.hypot(points[2 * next]! - points[2 * i]!, points[2 * next + 1]! - points[2 * i + 1]!);
    whole += lengths[i]!;
  }
  const [x, y] = [new Float64Array(count), new Float64Array(count)];
  let piece = 0;
  let before = 0; // length of the line before this piece
  for (let m = 0; m < count; m++) {
    const at = (whole * m) / count;
    while (piece < corners - 1 && before + lengths[piece]! <= at) before += lengths[piece++]!;
    const next = (piece + 1) % corners;
    const share = lengths[piece]! > 0 ? (at - before) / lengths[piece]! : 0;
    x[m] = points[2 * piece]! + share * (points[2 * next]! - points[2 * piece]!);
    y[m] = points[2 * piece + 1]! + share * (points[2 * next + 1]! - points[2 * piece + 1]!);
  }
  return { x, y };
}
