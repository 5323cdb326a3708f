// From a picture of any polarity on any paper to amounts of ink. Which of the ink belongs to a character is not asked
// here.

import type { Picture } from '../picture.ts';
import { reducePicture } from '../resample.ts';
import { greyHistogram, otsuThreshold } from '../threshold.ts';
import { invertPicture, levelBackground, paperSurface, unevenness } from './background.ts';
import { crampedInk } from './crampedInk.ts';
import { type InkMap, inkMap } from './inkMap.ts';
import { hasDarkBackground } from './polarity.ts';

/** Side of the thumbnail from which polarity and paper are judged. */
const thumbnailSide = 40;

/** Pictures with a shorter side below this are taken to lie on even paper: there is too little of it to tell. */
const leastUnevenSide = 22;

/** Paper that varies by no more grey levels than this is even. */
const evenRange = 4;

/** Share of the paper's range by which its level may be wrong: at the edge the opening cannot tell a slope from ink. */
const unsureShare = 0.15;

/** Above this separability a picture has two clean levels, and no shadow. */
const clearSeparability = 0.9;

/**
 * Polarity, paper and noise: the picture as amounts of ink.
 *
 * @param observe is shown the picture after every step that had something to do.
 * @returns undefined when nothing rises out of the noise.
 */
export function findInk(
  picture: Picture,
  observe: (name: string, picture: Picture) => void = () => {},
): InkMap | undefined {
  let thumbnail = reducePicture(picture, thumbnailSide);
  let light = picture;
  if (!hasDarkBackground(thumbnail)) {
    light = invertPicture(picture);
    thumbnail = thumbnail === picture ? light : invertPicture(thumbnail);
    observe('light ink', light);
  }
  return levelledInk(light, thumbnail, observe) ?? crampedInk(light);
}

/** The ink above the paper's level, which may vary. */
function levelledInk(
  light: Picture,
  thumbnail: Picture,
  observe: (name: string, picture: Picture) => void,
): InkMap | undefined {
  if (Math.min(light.width, light.height) < leastUnevenSide) return inkMap(light);
  const surface = paperSurface(thumbnail);
  const range = unevenness(surface, evenRange);
  if (range <= evenRange) return inkMap(light);
  // What looks like uneven paper may be a bold stroke: levelling must make two classes of grey clearer, not blur them.
  const gain = gainOf(thumbnail, levelBackground(thumbnail, surface), range);
  if (gain === 'none') return inkMap(light);
  const levelled = levelBackground(light, surface);
  const map = inkMap(levelled, unsureShare * range);
  if (map === undefined) return gain === 'sure' ? undefined : inkMap(light);
  observe('levelled', levelled);
  return map;
}

/**
 * How sure it is that levelling showed ink and paper more clearly. What looks like uneven paper may be a bold stroke:
 * then levelling blurs the two classes of grey. A deep shadow, though, makes two clear classes itself, of light and
 * shade: it varies by more than the ink does.
 */
function gainOf(thumbnail: Picture, levelled: Picture, range: number): 'sure' | 'likely' | 'none' {
  const before = otsuThreshold(greyHistogram(thumbnail.pixels));
  const after = otsuThreshold(greyHistogram(levelled.pixels));
  if (before === undefined || after === undefined) return 'none';
  if (after.separability > before.separability) return 'sure';
  const isDeep = before.separability < clearSeparability && range >= after.upperMean - after.lowerMean;
  return isDeep ? 'likely' : 'none';
}
