// From any picture of one character to the network's input: the one preprocessing path of canvas, file and data set.
// This file is the order of the steps; each step is a file of its own, and the last ones, from ink on, are
// `frameInk.ts`.
import { type FoundInk, pictureOfInk } from '../foundInk.ts';
import { findInk } from '../ink/findInk.ts';
import type { InkMap } from '../ink/inkMap.ts';
import { removeLines } from '../ink/removeLines.ts';
import { selectInk } from '../ink/selectInk.ts';
import { trimBorders } from '../ink/trimBorders.ts';
import { checkPicture, type Picture } from '../picture.ts';
import { reducePicture } from '../resample.ts';
import { fitInk, inkFloor, type Observer } from './frameInk.ts';
import { checkFraming, type Framing, framingWorkingSide } from './framing.ts';

/** A stage of framing, for looking at. */
export interface FramingStep {
  /**
   * `reduced`, `sheet` (without a scan's borders), `light ink`, `levelled`, `ink`, `threshold` (sure ink white),
   * `without lines`, `parts` (those kept white, those left out grey), `character`, `cropped`, `scaled`, `framed`; steps
   * that had nothing to do are left out.
   */
  readonly name: string;
  /** What the step left, for looking at. */
  readonly picture: Picture;
}

/**
 * Frames one character as the network expects it: ink 255 on 0, in a `size` square.
 *
 * Any size, dark on light or light on dark, on paper that may be uneven, noisy, ruled or cut from a scan with dark
 * borders. The ink is found, specks, printed lines and strokes that enter from outside left out, cropped, scaled so
 * that its longer side is `box` with proportions kept, its grey stretched to 255, and placed. Ink that was found
 * already is framed by `frameInk`. Ink whose longer side is `box` already is not resampled, so that a picture of MNIST
 * comes back as it was.
 *
 * @returns undefined when there is nothing to read: a blank picture, noise alone, fewer than two pixels.
 * @throws {ShapeError} for a picture whose pixels do not match its extents.
 * @throws {UsageError} for a framing out of range.
 *
 * @example
 * ```ts
 * import { readPicture } from 'ductus/node';
 * import { frameCharacter, mnistFraming } from 'ductus/picture';
 *
 * const framed = frameCharacter(await readPicture('examples/pictures/three.png'), mnistFraming);
 * if (framed) console.log(framed.width, framed.height); // 28 28
 * ```
 */
export function frameCharacter(picture: Picture, framing: Framing): Picture | undefined {
  return runFraming(picture, framing, undefined);
}

/**
 * As `frameCharacter`, but returns the picture after every step; the last is named `framed` unless the picture is
 * blank.
 *
 * @example
 * ```ts
 * import { readPicture } from 'ductus/node';
 * import { explainFraming, mnistFraming } from 'ductus/picture';
 *
 * const steps = explainFraming(await readPicture('examples/pictures/three.png'), mnistFraming);
 * console.log(steps.at(-1)!.name); // framed
 * ```
 */
export function explainFraming(picture: Picture, framing: Framing): FramingStep[] {
  const steps: FramingStep[] = [];
  runFraming(picture, framing, (name, after) => steps.push({ name, picture: after }));
  return steps;
}

function runFraming(picture: Picture, framing: Framing, observe: Observer | undefined): Picture | undefined {
  checkPicture(picture, 'framing a character');
  checkFraming(framing);
  if (picture.pixels.length < 2) return undefined;
  const reduced = reducePicture(picture, framingWorkingSide);
  if (reduced !== picture) observe?.('reduced', reduced);
  const plain = framing.lines === 'keep';
  const sheet = plain ? reduced : trimBorders(reduced);
  if (sheet !== reduced) observe?.('sheet', sheet);
  const lined = findInk(sheet, observe);
  if (lined === undefined) return undefined;
  observe?.('ink', lined.picture);
  observe?.('threshold', sureInk(lined));
  const map = plain ? lined : removeLines(lined);
  if (map !== lined) observe?.('without lines', map.picture);
  const character = selectInk(map, inkFloor(map, framing), plain);
  if (character === undefined) return undefined;
  observe?.('parts', keptAndLeft(map, character));
  observe?.('character', pictureOfInk(character));
  return fitInk(character, framing, observe);
}

/** White where there is ink for sure. */
function sureInk({ smooth, strong }: InkMap): Picture {
  return { ...smooth, pixels: smooth.pixels.map((value) => (value > strong ? 255 : 0)) };
}

/** Grey of ink that was left out. */
const leftOut = 110;

/** White where ink belongs to the character, grey where sure ink does not. */
function keptAndLeft({ smooth, strong }: InkMap, { amounts }: FoundInk): Picture {
  const shade = (value: number, i: number): number => (amounts[i]! > 0 ? 255 : value > strong ? leftOut : 0);
  return { ...smooth, pixels: smooth.pixels.map(shade) };
}
