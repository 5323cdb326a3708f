// Seeded random numbers. Every random decision in Ductus draws from a generator that the caller passes in;
// Math.random is used nowhere. A stream is named by its seed and a path of keys ("shuffle", epoch), so any batch,
// mask or weight can be drawn again without replaying what came before: that is what makes a resumed run exact.

/** A source of uniform random numbers with its own state. */
export interface Random {
  /** Uniform integer in [0, 2^32). */
  uint32(): number;
  /** Uniform number in [0, 1), a multiple of 2^-32. */
  uniform(): number;
  /** Uniform integer in [0, bound); bound must be in 1..2^32. */
  integer(bound: number): number;
  /** Standard normal number (mean 0, deviation 1), by the polar method of Marsaglia and Bray (1964). */
  normal(): number;
}

/** A key of a stream's path: a name for a purpose, or a whole number for an epoch, a step or a sample. */
export type StreamKey = string | number;

/**
 * Generator for one named stream: xoshiro128** (Blackman and Vigna 2018), its state filled by hashing seed and keys.
 *
 * Two streams whose seed or keys differ anywhere are unrelated for all practical purposes; the same seed and keys
 * give the same numbers on every machine.
 *
 * @param seed whole number; only its lower 53 bits count.
 * @param keys path of the stream, for example `'dropout', step, layer`.
 */
export function randomStream(seed: number, ...keys: readonly StreamKey[]): Random {
  const state = hashState(seed, keys);
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  let spare: number | undefined;

  function uint32(): number {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  }
  function uniform(): number {
    return uint32() * 2 ** -32;
  }
  function integer(bound: number): number {
    // Rejection keeps the draw exactly uniform: values past the last whole multiple of bound are thrown away.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let draw = uint32();
    while (draw >= limit) draw = uint32();
    return draw % bound;
  }
  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const scale = Math.sqrt((-2 * Math.log(square)) / square);
        spare = y * scale;
        return x * scale;
      }
    }
  }
  return { uint32, uniform, integer, normal };
}

/**
 * Shuffles in place so that every order is equally likely (Fisher and Yates; Durstenfeld 1964) and returns its
 * argument.
 */
export function shuffle<T extends { length: number; [index: number]: unknown }>(items: T, random: Random): T {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    const held = items[last];
    items[last] = items[other];
    items[other] = held;
  }
  return items;
}

/**
 * 128 bits of state from seed and keys: words are absorbed one by one into four lanes, each mixed by murmur3's
 * finaliser.
 */
function hashState(seed: number, keys: readonly StreamKey[]): Uint32Array {
  const lanes = Uint32Array.of(0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667); // digits of the golden ratio, pi, e, sqrt 2
  const absorb = (word: number): void => {
    for (let lane = 0; lane < 4; lane++) {
      lanes[lane] = finalise(lanes[lane]! ^ Math.imul(word, 0x9e3779b1 + 2 * lane) ^ lanes[(lane + 3) & 3]!) + lane + 1;
    }
  };
  const absorbNumber = (value: number): void => {
    if (!Number.isSafeInteger(value))
      throw new RangeError(`random stream: expected a whole number below 2^53, received ${value}`);
    absorb(value >>> 0);
    absorb(Math.floor(value / 2 ** 32) >>> 0);
  };
  absorbNumber(seed);
  for (const key of keys) {
    if (typeof key === 'number') {
      absorb(1);
      absorbNumber(key);
    } else {
      absorb(2);
      absorbNumber(key.length);
      for (let i = 0; i < key.length; i++) absorb(key.charCodeAt(i));
    }
  }
  absorb(0x5bd1e995);
  absorb(0xc2b2ae35);
  return lanes;
}

function finalise(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
