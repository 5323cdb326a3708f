// The second half of framing, from ink to the network's input: select, crop, scale, place. By itself for ink that was
// found already, on a page or in a row; `frameCharacter` finds it first.
import { type Bounds, cropPicture, inkBounds } from '../bounds.ts';
import { checkFoundInk, type FoundInk, inkOfPicture, pictureOfInk } from '../foundInk.ts';
import { foundInkMap } from '../ink/foundInkMap.ts';
import type { InkMap } from '../ink/inkMap.ts';
import { selectInk } from '../ink/selectInk.ts';
import type { Picture } from '../picture.ts';
import { reducePicture, resizeValues } from '../resample.ts';
import { checkFraming, type Framing, framingWorkingSide } from './framing.ts';
import { placeInk } from './place.ts';

/** In pictures that will shrink to half or less, fainter than this share of the contrast is no ink: JPEG's ripples. */
const faintShare = 0.1;

/** Full ink at or above this needs no stretching: MNIST's own pictures have their maximum at 254 or 255. */
const fullInk = 250;

/** A column or row of pixels that the scaled ink would cover by less than this share is left off. */
const leastCovered = 0.1;

/**
 * Frames one character whose ink was found already as the network expects it: ink 255 on 0, in a `size` square.
 *
 * Nothing is searched for: there is no polarity to judge, no paper to measure and no printed line to take out, and ink
 * may reach the edges. Specks far from the rest are left out; then the ink is cropped, scaled, stretched and placed as
 * `frameCharacter` does. On clean paper both give the same. `framing.lines` has no effect.
 *
 * @param ink of one character, of any size, with or without paper about it.
 * @returns undefined when there is no ink, or only a texture of many pieces.
 * @throws {ShapeError} for ink whose amounts do not match its extents.
 * @throws {UsageError} for a framing out of range.
 *
 * @example
 * ```ts
 * import { frameInk, mnistFraming } from 'ductus/picture';
 *
 * const amounts = new Uint8Array(40 * 60); // paper
 * for (let y = 10; y < 50; y++) amounts.fill(200, 40 * y + 18, 40 * y + 22); // a stroke, as in a one
 * const framed = frameInk({ width: 40, height: 60, amounts }, mnistFraming);
 * console.log(framed?.width, framed?.height); // 28 28
 * ```
 */
export function frameInk(ink: FoundInk, framing: Framing): Picture | undefined {
  checkFoundInk(ink, 'framing ink');
  checkFraming(framing);
  const picture = pictureOfInk(ink);
  const bounds = inkBounds(picture);
  if (bounds === undefined) return undefined;
  // Without its paper first: how much there is shall not matter.
  const map = foundInkMap(inkOfPicture(reducePicture(cropPicture(picture, bounds), framingWorkingSide)));
  const character = map && selectInk(map, inkFloor(map, framing), true);
  return character && fitInk(character, framing);
}

/** Shows a step of framing. */
export type Observer = (name: string, picture: Picture) => void;

/**
 * Crops a character's ink, scales it so that its longer side is `box`, stretches its grey to 255, and places it.
 *
 * @returns undefined when there is no ink.
 */
export function fitInk(character: FoundInk, framing: Framing, observe?: Observer): Picture | undefined {
  const picture = pictureOfInk(character);
  const bounds = inkBounds(picture);
  if (bounds === undefined) return undefined;
  const cropped = cropPicture(picture, bounds);
  observe?.('cropped', cropped);
  const scaled = scaleInk(cropped, bounds, framing.box);
  observe?.('scaled', scaled);
  const framed = placeInk(scaled, framing);
  observe?.('framed', framed);
  return framed;
}

/** The level above which a pixel may belong to the character. */
export function inkFloor(map: InkMap, framing: Framing): number {
  const sure = inkBounds(map.smooth, map.strong);
  if (sure === undefined || Math.max(sure.width, sure.height) < 2 * framing.box) return map.floor;
  return Math.max(map.floor, Math.round(faintShare * map.contrast));
}

/** Ink with its longer side scaled to `box` and its darkest pixel to full ink. */
function scaleInk(ink: Picture, bounds: Bounds, box: number): Picture {
  const scale = box / Math.max(bounds.width, bounds.height);
  // Both sides by one ratio, not each stretched to whole pixels: a stroke 2.5 pixels wide must not become 3.
  const width = Math.max(1, Math.ceil(bounds.width * scale - leastCovered));
  const height = Math.max(1, Math.ceil(bounds.height * scale - leastCovered));
  const values = resizeValues(ink, width, height, 1 / scale);
  let most = 0;
  for (const value of values) if (value > most) most = value;
  const gain = most > 0 && most < fullInk ? 255 / most : 1;
  const pixels = new Uint8Array(values.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = values[i]! * gain + 0.5;
  return { width, height, pixels };
}
