import { describe, expect, it } from 'vitest';
import { testConformance } from '../../../../test/classic/conformance.ts';
import { randomStream } from '../../../core/floor.ts';
import { kMeans } from '../../parts/kMeans.ts';
import { fuzzyMembership } from './fuzzyMembership.ts';
import { fuzzyPattern } from './fuzzyPattern.ts';

testConformance({ kind: () => fuzzyMembership(), accuracy: 0.7, otherSizeAccuracy: 0.85 });

describe('fuzzy pattern', () => {
  it('is the same wherever and however large the character stands, and 1 on its line', () => {
    const cross = (side: number, from: number, to: number): Float32Array => {
      const pixels = new Uint8Array(side * side);
      const middle = (from + to) / 2;
      for (let i = from; i < to; i++) {
        for (let w = -2; w < 2; w++) {
          pixels[(middle + w) * side + i] = 255;
          pixels[i * side + middle + w] = 255;
        }
      }
      return fuzzyPattern({ width: side, height: side, pixels }, 0.7);
    };
    expect(cross(28, 4, 24)).toEqual(cross(40, 10, 30));
    const pattern = cross(28, 4, 24);
    expect(Math.max(...pattern)).toBe(1);
    expect(pattern[0]).toBeLessThan(0.01);
  });

  it('is empty without ink', () => {
    expect(fuzzyPattern({ width: 5, height: 5, pixels: new Uint8Array(25) }, 1)).toEqual(new Float32Array(100));
  });
});

describe('kMeans', () => {
  const random = randomStream(1, 'groups');
  const centres = [
    [0, 0],
    [10, 0],
    [0, 10],
  ];
  const data = Float32Array.from({ length: 240 }, (_, i) => centres[Math.floor(i / 2) % 3]![i % 2]! + random.normal());
  const rows = { count: 120, size: 2, data };

  it('finds groups that stand apart', () => {
    // The best of several starts, because a single one may begin with two means in one group.
    const best = [1, 2, 3, 4, 5].map((seed) => kMeans(rows, 3, randomStream(seed)));
    const found = best.map(({ groups }) =>
      [0, 1, 2].every((group) => groups.every((own, row) => own !== groups[group] || row % 3 === group)),
    );
    expect(found).toContain(true);
  });

  it('gives means of their members, and nearest means', () => {
    const { means, groups } = kMeans(rows, 5, randomStream(9));
    for (let row = 0; row < rows.count; row++) {
      const distance = (group: number): number =>
        (data[2 * row]! - means.data[2 * group]!) ** 2 + (data[2 * row + 1]! - means.data[2 * group + 1]!) ** 2;
      for (let group = 0; group < 5; group++)
        expect(distance(groups[row]!)).toBeLessThanOrEqual(distance(group) + 1e-6);
    }
    const members = [...groups.keys()].filter((row) => groups[row] === 0);
    const mean = members.reduce((sum, row) => sum + data[2 * row]!, 0) / members.length;
    expect(means.data[0]).toBeCloseTo(mean, 4);
  });

  it('makes no more groups than there are vectors', () => {
    const two = { count: 2, size: 1, data: Float32Array.of(1, 5) };
    expect([...kMeans(two, 7, randomStream(1)).means.data].sort()).toEqual([1, 5]);
  });
});
