// Draws dropout masks with the seeded generator.
import type { Random } from '../../core/floor.ts';

/**
 * Keeps each neuron independently, with probability 1 - rate.
 *
 * @param mask filled with 1 (kept) and 0 (dropped).
 * @param rate share dropped, in [0, 1); resolved to 1/65536, because two neurons share one 32-bit draw.
 */
export function drawBernoulliMask(mask: Uint8Array, rate: number, random: Random): void {
  const threshold = Math.round(rate * 65536);
  const pairs = mask.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    const draw = random.uint32();
    mask[i] = (draw & 0xffff) >= threshold ? 1 : 0;
    mask[i + 1] = draw >>> 16 >= threshold ? 1 : 0;
  }
  if (pairs < mask.length) mask[pairs] = random.uint32() >>> 16 >= threshold ? 1 : 0;
}

/**
 * Drops exactly `round(rate * neurons)` of every sample's neurons, every choice equally likely. This is the report's
 * rule: "a fixed number of randomly chosen neurons, drawn anew each iteration". A Bernoulli mask drops as many on
 * average.
 *
 * @param mask `[batch, neurons]`, filled with 1 (kept) and 0 (dropped).
 */
export function drawExactMask(mask: Uint8Array, neurons: number, rate: number, random: Random): void {
  const dropped = Math.round(rate * neurons);
  // Floyd's algorithm (Bentley and Floyd 1987): `dropped` draws per sample instead of one per neuron.
  for (let start = 0; start < mask.length; start += neurons) {
    mask.fill(1, start, start + neurons);
    for (let last = neurons - dropped; last < neurons; last++) {
      const pick = random.integer(last + 1);
      mask[start + (mask[start + pick] === 1 ? pick : last)] = 0;
    }
  }
}
