// The capture: a character written on paper with its surroundings, then photographed or scanned. The counterpart of
// `frameCharacter`, which has to find the character again; the truth comes with the picture to check that.
import type { Random } from '../../core/floor.ts';
import { blankPicture, checkPicture, type Picture, resizePicture } from '../../picture/floor.ts';
import { drawRange } from '../distort/range.ts';
import { takePicture, tiltSheet } from './camera/camera.ts';
import { lightSheet } from './camera/lightSheet.ts';
import type { CaptureConfig } from './config.ts';
import { drawBorder } from './paper/border.ts';
import { add, drawBleed, neighbourCoverage, type OtherPicture } from './paper/neighbours.ts';
import { layPaper } from './paper/paper.ts';
import { drawBox, drawRuling } from './paper/ruling.ts';
import { drawSpecks } from './paper/specks.ts';
import { layInk, writeCharacter } from './pen/pen.ts';
import { blankScene, type Scene } from './scene.ts';
import { checkCapture } from './schema.ts';

/** A captured character. */
export interface Captured {
  /** As from a scanner: 0 black, 255 white. */
  readonly picture: Picture;
  /** The character alone at the same position, ink 255 on 0: what ink finding should find. */
  readonly ink: Picture;
}

/** A captured character in colour. */
export interface CapturedColour {
  readonly width: number;
  readonly height: number;
  /** `[row, column, channel]`, red, green and blue of every pixel. */
  readonly colours: Uint8Array;
  readonly ink: Picture;
}

/**
 * Captures a character: writes it, adds surroundings and light, takes the picture. The same generator gives the same
 * picture.
 *
 * @param picture ink 255 on 0, like a framed picture of MNIST; a blank one gives empty paper.
 * @param other draws another sample for neighbours and for show-through; only called when the config has these.
 * @returns a picture whose size follows from the config's `size` and `margin`, at least 8 pixels a side.
 * @throws {UsageError} when the config is not one, naming the field.
 * @throws {ShapeError} when the picture's pixels do not match its extents.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { captureNamed, captureSample, pictureAt, randomStream } from 'ductus/samples';
 *
 * const digit = pictureAt(await openDataset('mnist:train'), 0);
 * const { picture } = captureSample(digit, captureNamed('pencil').config, randomStream(1));
 * console.log(picture.width > 28); // true
 * ```
 */
export function captureSample(
  picture: Picture,
  config: CaptureConfig,
  random: Random,
  other: OtherPicture = () => picture,
): Captured {
  const { scene, negative } = capture(picture, config, random, other, 1);
  const { width, height, planes } = scene;
  const pixels = Uint8Array.from(planes[0]!, (light) => level(light, negative));
  return { picture: { width, height, pixels }, ink: inkOf(scene) };
}

/** Like {@link captureSample}, in colour, with colours of pen, paper and lines. */
export function captureColourSample(
  picture: Picture,
  config: CaptureConfig,
  random: Random,
  other: OtherPicture = () => picture,
): CapturedColour {
  const { scene, negative } = capture(picture, config, random, other, 3);
  const { width, height, planes } = scene;
  const colours = Uint8Array.from({ length: 3 * width * height }, (_, i) =>
    level(planes[i % 3]![Math.floor(i / 3)]!, negative),
  );
  return { width, height, colours, ink: inkOf(scene) };
}

/** Shortest side of a captured picture in pixels. */
const leastSide = 8;

function capture(
  picture: Picture,
  config: CaptureConfig,
  random: Random,
  other: OtherPicture,
  planes: 1 | 3,
): { readonly scene: Scene; readonly negative: boolean } {
  checkPicture(picture, 'capturing a character');
  checkCapture(config);
  const { pen = {}, camera = {} } = config;
  const size = drawRange(config.size, random);
  const [left, right, top, bottom] = Array.from({ length: 4 }, () =>
    Math.round(drawRange(config.margin, random) * size),
  );
  const written = writeCharacter(picture, size, pen, random) ?? blankPicture(Math.ceil(size), Math.ceil(size));
  const character = config.stretch === undefined ? written : stretched(written, drawRange(config.stretch, random));
  const width = Math.max(leastSide, character.width + left! + right!);
  const height = Math.max(leastSide, character.height + top! + bottom!);
  const ink = new Float32Array(width * height);
  add(ink, width, height, character, [left!, top!]);
  const scene = blankScene(width, height, ink, planes);

  if (config.paper !== undefined) layPaper(scene, config.paper, random);
  if (config.ruling !== undefined) drawRuling(scene, config.ruling, size, random);
  if (config.box !== undefined) drawBox(scene, config.box, size, random);
  if (config.bleed !== undefined) drawBleed(scene, config.bleed, pen, size, other, random);
  const all = ink.slice();
  if (config.neighbours !== undefined) {
    const beside = neighbourCoverage(scene, config.neighbours, pen, size, other, random);
    for (let i = 0; i < all.length; i++) all[i] = Math.max(all[i]!, beside[i]!);
  }
  layInk(scene, all, pen, random);
  if (config.specks !== undefined) drawSpecks(scene, config.specks, random);
  if (config.border !== undefined) drawBorder(scene, config.border, random);
  if (config.light !== undefined) lightSheet(scene, config.light, random);
  tiltSheet(scene, camera, random);
  takePicture(scene, camera, random);
  return { scene, negative: random.uniform() < (config.negative ?? 0) };
}

/** Widens the shorter side towards the longer. */
function stretched(character: Picture, share: number): Picture {
  const { width, height } = character;
  const longer = Math.max(width, height);
  const towards = (side: number): number => Math.round(side * (longer / side) ** share);
  return resizePicture(character, towards(width), towards(height));
}

function level(light: number, negative: boolean): number {
  return Math.round(255 * (negative ? 1 - light : light));
}

function inkOf({ width, height, ink }: Scene): Picture {
  return { width, height, pixels: Uint8Array.from(ink, (share) => Math.round(255 * share)) };
}
