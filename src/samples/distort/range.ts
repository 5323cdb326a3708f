// A range from which each sample draws a number.
import type { Random } from '../../core/floor.ts';

/** From the first to the second number, uniformly. */
export type Range = readonly [from: number, to: number];

/** Draws a number from a range. */
export function drawRange([from, to]: Range, random: Random): number {
  return from + random.uniform() * (to - from);
}
