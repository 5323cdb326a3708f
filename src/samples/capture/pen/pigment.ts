// Colours as the light that they absorb. A colour is its luminance in grey captures, as in a grey scanner.
import type { Random } from '../../../core/floor.ts';
import type { Pigment } from '../scene.ts';

/** Red, green and blue that a pigment at full strength leaves of white light, each 0..1. */
export type Colour = readonly [red: number, green: number, blue: number];

/**
 * The pigment of a colour at a strength.
 *
 * @param colour absent: black.
 * @param strength 0..1; share of the colour's absorption, below 1 for pale ink.
 * @param planes 1 for grey, by the luma of ITU-R BT.601, or 3.
 */
export function pigmentOf(colour: Colour | undefined, strength: number, planes: number): Pigment {
  const [red, green, blue] = colour ?? [0, 0, 0];
  if (planes === 3) return [(1 - red) * strength, (1 - green) * strength, (1 - blue) * strength];
  return [(1 - (0.299 * red + 0.587 * green + 0.114 * blue)) * strength];
}

/** One of several colours; none when there are none. */
export function drawColour(colours: readonly Colour[] | undefined, random: Random): Colour | undefined {
  return colours === undefined ? undefined : colours[random.integer(colours.length)];
}
