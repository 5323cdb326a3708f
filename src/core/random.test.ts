import { describe, expect, it } from 'vitest';
import { type Random, randomStream, type StreamKey, shuffle } from './random.ts';

/**
 * xoshiro128** once more, in whole numbers of any size, after the authors' C code: what `random.ts` is checked against.
 */
function* xoshiro(start: readonly bigint[]): Generator<number, never> {
  const mask = 0xffffffffn;
  const rotate = (word: bigint, by: bigint): bigint => ((word << by) | (word >> (32n - by))) & mask;
  let [s0, s1, s2, s3] = start as [bigint, bigint, bigint, bigint];
  for (;;) {
    yield Number((rotate((s1 * 5n) & mask, 7n) * 9n) & mask);
    const t = (s1 << 9n) & mask;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotate(s3, 11n);
  }
}

/**
 * The state after one draw, worked out from four draws: the output is an invertible function of the second word alone.
 */
function stateAfterFirst(draws: readonly number[]): bigint[] {
  const mask = 0xffffffffn;
  // Inverses of 9 and 5 modulo 2^32.
  const secondWord = (draw: number): bigint => {
    const product = (BigInt(draw) * 954437177n) & mask;
    return ((((product >> 7n) | (product << 25n)) & mask) * 3435973837n) & mask;
  };
  const [b0, b1, b2, b3] = draws.map(secondWord) as [bigint, bigint, bigint, bigint];
  const shifted = (word: bigint): bigint => (word << 9n) & mask;
  const aXorD0 = b2 ^ b1 ^ b1 ^ b0 ^ shifted(b0) ^ b0;
  const a1 = aXorD0 ^ b0;
  const c1 = b2 ^ b1 ^ a1;
  const aXorD1 = b3 ^ b2 ^ b2 ^ b1 ^ shifted(b1) ^ b1;
  return [a1, b1, c1, aXorD1 ^ a1];
}

const draw = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.uint32());

/** Sum over cells of (count - expected)^2 / expected. */
function chiSquare(counts: readonly number[], expected: number): number {
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('randomStream', () => {
  it('is xoshiro128**', () => {
    // The first numbers from state 1, 2, 3, 4, as other implementations have them.
    const known = xoshiro([1n, 2n, 3n, 4n]);
    expect([known.next().value, known.next().value, known.next().value, known.next().value]).toEqual([
      11520, 0, 5927040, 70819200,
    ]);
    for (const seed of [0, 1, 2 ** 40 + 5]) {
      const draws = draw(randomStream(seed, 'check'), 1000);
      const again = xoshiro(stateAfterFirst(draws.slice(0, 4)));
      expect(draws.slice(1)).toEqual(draws.slice(1).map(() => again.next().value));
    }
  });

  it('gives the same numbers for ever: a change here changes every training', () => {
    expect(draw(randomStream(0), 8)).toMatchInlineSnapshot(`
      [
        3454777084,
        4209649368,
        2205857808,
        3357533422,
        3765618457,
        291699817,
        1523742151,
        174119779,
      ]
    `);
    expect(draw(randomStream(42, 'shuffle', 3), 8)).toMatchInlineSnapshot(`
      [
        38923623,
        2143767603,
        277838252,
        1122765525,
        430012337,
        2108638581,
        771551779,
        2708228388,
      ]
    `);
  });

  it('has another stream for every seed, key, type of key and order of keys', () => {
    const paths: [number, ...StreamKey[]][] = [
      [0],
      [1],
      [-1],
      [2 ** 32],
      [2 ** 52],
      [0, 0],
      [0, 1],
      [0, '0'],
      [0, '1'],
      [0, ''],
      [0, '', ''],
      [0, 0, 0],
      [0, 'a', 'b'],
      [0, 'b', 'a'],
      [0, 'ab'],
      [0, 'a', 1],
      [0, 1, 'a'],
      [0, 2 ** 32],
      [0, 2 ** 32 + 1],
      [0, 'é'],
      [0, 'e'],
    ];
    const streams = paths.map((path) => draw(randomStream(...path), 4).join());
    expect(new Set(streams).size).toBe(paths.length);
    for (const path of paths) expect(draw(randomStream(...path), 4)).toEqual(draw(randomStream(...path), 4));
  });

  it('has neighbouring streams that share no more bits than chance', () => {
    const bits: number[] = [];
    for (let step = 0; step < 2000; step++) {
      let difference = randomStream(7, 'x', step).uint32() ^ randomStream(7, 'x', step + 1).uint32();
      let count = 0;
      for (; difference !== 0; difference &= difference - 1) count++;
      bits.push(count);
    }
    const mean = bits.reduce((sum, count) => sum + count, 0) / bits.length;
    expect(Math.abs(mean - 16)).toBeLessThan(5 * (Math.sqrt(8) / Math.sqrt(bits.length)));
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d as a seed and as a key', (value) => {
    expect(() => randomStream(value)).toThrow(RangeError);
    expect(() => randomStream(0, value)).toThrow(String(value));
  });

  it.each([2, 3, 7, 10, 100])('draws whole numbers below %i evenly', (bound) => {
    const random = randomStream(3, 'integer', bound);
    const counts = new Array<number>(bound).fill(0);
    for (let i = 0; i < 1000 * bound; i++) counts[random.integer(bound)]!++;
    // Mean bound - 1, deviation sqrt(2 (bound - 1)); five deviations off would be a fault.
    expect(chiSquare(counts, 1000)).toBeLessThan(bound - 1 + 5 * Math.sqrt(2 * (bound - 1)));
  });

  it('draws evenly where the bound does not divide 2^32 by far', () => {
    const random = randomStream(4, 'wide');
    const bound = 3 * 2 ** 30; // without rejection the lowest third would come twice as often
    let low = 0;
    for (let i = 0; i < 30_000; i++) if (random.integer(bound) < 2 ** 30) low++;
    expect(Math.abs(low - 10_000)).toBeLessThan(5 * Math.sqrt(30_000 * (2 / 9)));
    expect(randomStream(4).integer(1)).toBe(0);
    expect(randomStream(4).integer(2 ** 32)).toBe(randomStream(4).uint32());
  });

  it('draws uniform numbers in [0, 1)', () => {
    const random = randomStream(5, 'uniform');
    const counts = new Array<number>(20).fill(0);
    for (let i = 0; i < 20_000; i++) {
      const value = random.uniform();
      expect(value >= 0 && value < 1).toBe(true);
      counts[Math.floor(value * 20)]!++;
    }
    expect(chiSquare(counts, 1000)).toBeLessThan(19 + 5 * Math.sqrt(38));
  });

  it('draws normal numbers: mean, variance, skewness, kurtosis and tails', () => {
    const random = randomStream(6, 'normal');
    const count = 100_000;
    const values = Array.from({ length: count }, () => random.normal());
    const moment = (power: number): number => values.reduce((sum, value) => sum + value ** power, 0) / count;
    const within = (value: number, expected: number, deviation: number): void =>
      expect(Math.abs(value - expected)).toBeLessThan((5 * deviation) / Math.sqrt(count));
    within(moment(1), 0, 1);
    within(moment(2), 1, Math.sqrt(2));
    within(moment(3), 0, Math.sqrt(15));
    within(moment(4), 3, Math.sqrt(96));
    const tail = values.filter((value) => Math.abs(value) > 1.959964).length / count;
    within(tail, 0.05, Math.sqrt(0.05 * 0.95));
    // The polar method makes numbers in pairs; the two of a pair must not go together.
    const product = values.reduce((sum, value, i) => sum + (i % 2 === 0 ? value * values[i + 1]! : 0), 0) / (count / 2);
    within(product, 0, Math.SQRT2);
  });
});

describe('shuffle', () => {
  it('makes every order of four equally likely', () => {
    const counts = new Map<string, number>();
    const random = randomStream(8, 'orders');
    for (let i = 0; i < 24_000; i++) {
      const order = shuffle([0, 1, 2, 3], random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()], 1000)).toBeLessThan(23 + 5 * Math.sqrt(46));
  });

  it('keeps what it was given, in place, arrays and typed arrays, none and one', () => {
    const numbers = Uint32Array.from({ length: 100 }, (_, i) => i);
    expect(shuffle(numbers, randomStream(1))).toBe(numbers);
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect([...numbers]).not.toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(shuffle([], randomStream(1))).toEqual([]);
    expect(shuffle(['a'], randomStream(1))).toEqual(['a']);
  });
});
