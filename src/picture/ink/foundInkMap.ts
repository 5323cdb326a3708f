// The levels of ink that was found already. `inkMap` measures them together with the paper; here paper is 0 and has no
// noise.
import { type FoundInk, pictureOfInk } from '../foundInk.ts';
import { greyHistogram, otsuThreshold } from '../threshold.ts';
import type { InkMap } from './inkMap.ts';

/**
 * Which amounts are ink for sure, and how much ink there is where there is some: above Otsu's threshold, which divides
 * strokes from paper and their soft edges.
 *
 * @returns undefined where there is no ink at all.
 */
export function foundInkMap(ink: FoundInk): InkMap | undefined {
  const picture = pictureOfInk(ink);
  const otsu = otsuThreshold(greyHistogram(picture.pixels));
  if (otsu !== undefined) return { picture, smooth: picture, strong: otsu.level, floor: 0, contrast: otsu.upperMean };
  // One amount everywhere: paper alone, or ink that leaves none.
  const amount = picture.pixels[0]!;
  return amount === 0 ? undefined : { picture, smooth: picture, strong: 0, floor: 0, contrast: amount };
}
