import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/floor.ts';
import { cheapestPath } from './cheapestPath.ts';

/** Least cost of any way, by looking at all of them. */
function leastCost(from: number, last: number, cost: (from: number, to: number) => number): number {
  if (from === last) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (let to = from + 1; to <= last; to++) least = Math.min(least, cost(from, to) + leastCost(to, last, cost));
  return least;
}

describe('cheapestPath', () => {
  it('costs as little as any way does', () => {
    for (let seed = 0; seed < 40; seed++) {
      const random = randomStream(seed, 'path test');
      const last = 1 + random.integer(8);
      const costs = Array.from({ length: 100 }, () =>
        random.uniform() < 0.3 ? Number.POSITIVE_INFINITY : random.uniform(),
      );
      const cost = (from: number, to: number): number => costs[from * 10 + to]!;
      const path = cheapestPath(last, cost);
      const least = leastCost(0, last, cost);
      if (path === undefined) {
        expect(least).toBe(Number.POSITIVE_INFINITY);
        continue;
      }
      expect(path[0]).toBe(0);
      expect(path.at(-1)).toBe(last);
      let sum = 0;
      for (let step = 1; step < path.length; step++) sum += cost(path[step - 1]!, path[step]!);
      expect(sum).toBeCloseTo(least, 12);
    }
  });

  it('is one point where there is nothing to pass, and none where no way leads', () => {
    expect(cheapestPath(0, () => 1)).toEqual([0]);
    expect(cheapestPath(2, () => Number.POSITIVE_INFINITY)).toBeUndefined();
  });
});
