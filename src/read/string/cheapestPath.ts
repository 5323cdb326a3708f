// The cheapest way from the first of some points in a row to the last: dynamic programming over pieces between two
// points.

/**
 * Points of the cheapest way from point 0 to point `last`, always forward: `cost(way) = sum of cost(from, to)` over its
 * pieces.
 *
 * Bellman's recursion `best[to] = min over from of best[from] + cost(from, to)`: every way is looked at, in time that
 * grows with the square of the points.
 *
 * @param cost of the piece between two points, from < to; infinite: it cannot be taken.
 * @returns the points from 0 to `last`; undefined when no way leads there. Of ways that cost the same, the one with the
 * longest last piece.
 */
export function cheapestPath(last: number, cost: (from: number, to: number) => number): number[] | undefined {
  const best = new Float64Array(last + 1).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(last + 1);
  best[0] = 0;
  for (let to = 1; to <= last; to++) {
    for (let from = 0; from < to; from++) {
      const whole = best[from]! + cost(from, to);
      if (whole < best[to]!) {
        best[to] = whole;
        before[to] = from;
      }
    }
  }
  if (best[last] === Number.POSITIVE_INFINITY) return undefined;
  const points = [last];
  while (points[0]! > 0) points.unshift(before[points[0]!]!);
  return points;
}
