// The pen: how wide its line is, how much ink reaches the paper, and how evenly.
import type { Random } from '../../../core/floor.ts';
import { blankPicture, cropPicture, inkBounds, type Picture, resizePicture, thinMask } from '../../../picture/floor.ts';
import { drawRange, type Range } from '../../distort/range.ts';
import { layPigment, type Scene } from '../scene.ts';
import { smoothNoise } from '../smoothNoise.ts';
import { type Colour, drawColour, pigmentOf } from './pigment.ts';

/** How a pen writes; each sample draws a number from each range. */
export interface PenConfig {
  /**
   * Width of the line as a share of the character's longer side; 0.12 for MNIST's strokes. Absent: strokes as they are.
   */
  readonly width?: Range;
  /** Share of the light that the ink absorbs, 0..1. Absent: 1. */
  readonly contrast?: Range;
  /** Colours to choose from. Absent: black. */
  readonly colours?: readonly Colour[];
  /** Slow unevenness along the writing: deviation of the ink's strength, 0..1. Absent: none. */
  readonly fading?: Range;
  /**
   * Unevenness from pixel to pixel, as of pencil on rough paper: deviation of the ink's strength, 0..1. Absent: none.
   */
  readonly grain?: Range;
}

/** A character shorter than this is enlarged before thinning, since its strokes would merge. */
const leastThinningSide = 64;

/** A pen thinner than this many pixels leaves gaps between the pixels of its path. Thinner ones are paler instead. */
const leastPenWidth = 1;

/**
 * Coverage of the character at a size, written with the pen.
 *
 * @param picture ink 255 on 0.
 * @param size longer side of the ink in pixels.
 * @returns coverage 0..255, cropped to the ink; undefined when there is no ink.
 */
export function writeCharacter(
  picture: Picture,
  size: number,
  { width }: PenConfig,
  random: Random,
): Picture | undefined {
  const share = width === undefined ? undefined : drawRange(width, random);
  const bounds = inkBounds(picture, 64); // a quarter of full ink: what is fainter lies outside the stroke's edge
  if (bounds === undefined) return undefined;
  const ink = cropPicture(picture, bounds);
  const longer = Math.max(ink.width, ink.height);
  if (share === undefined) return enlarge(ink, size / longer);
  const fine = enlarge(ink, Math.max(size, leastThinningSide) / longer);
  return drawPath(pathOf(fine), fine, size, share * size);
}

/** Enlarges and sharpens the edges again: a stroke's edge is one pixel wide at any size. */
function enlarge(ink: Picture, scale: number): Picture {
  const width = Math.max(1, Math.round(ink.width * scale));
  const height = Math.max(1, Math.round(ink.height * scale));
  const large = resizePicture(ink, width, height);
  if (scale <= 1) return large;
  for (let i = 0; i < large.pixels.length; i++) {
    const value = 127.5 + (large.pixels[i]! - 127.5) * scale;
    large.pixels[i] = value < 0 ? 0 : Math.min(255, value + 0.5);
  }
  return large;
}

/** Centre lines of the strokes: `[x, y]` of every skeleton pixel, smoothed along the line, in pixels of the picture. */
function pathOf(ink: Picture): [number, number][] {
  const width = ink.width + 2;
  const mask = new Uint8Array(width * (ink.height + 2));
  for (let y = 0; y < ink.height; y++) {
    for (let x = 0; x < ink.width; x++) {
      if (ink.pixels[y * ink.width + x]! > 127) mask[(y + 1) * width + x + 1] = 1;
    }
  }
  thinMask(mask, width, ink.height + 2);
  const path: [number, number][] = [];
  for (let y = 1; y <= ink.height; y++) {
    for (let x = 1; x <= ink.width; x++) {
      if (mask[y * width + x] === 0) continue;
      let [count, sumX, sumY] = [0, 0, 0];
      for (let v = Math.max(1, y - 2); v <= Math.min(ink.height, y + 2); v++) {
        for (let u = Math.max(1, x - 2); u <= Math.min(ink.width, x + 2); u++) {
          if (mask[v * width + u] === 0) continue;
          count++;
          sumX += u;
          sumY += v;
        }
      }
      path.push([sumX / count - 0.5, sumY / count - 0.5]);
    }
  }
  return path;
}

/** A round nib at every point of the path, scaled so that the longer side with the pen's width is `size`. */
function drawPath(
  path: readonly (readonly [number, number])[],
  from: Picture,
  size: number,
  penWidth: number,
): Picture {
  const nib = Math.max(leastPenWidth, penWidth) / 2;
  const scale = Math.max(1, size - 2 * nib) / Math.max(from.width, from.height);
  const inset = nib + 1;
  const width = Math.ceil(from.width * scale + 2 * inset);
  const height = Math.ceil(from.height * scale + 2 * inset);
  const drawn = blankPicture(width, height);
  const full = 255 * Math.min(1, penWidth / leastPenWidth);
  for (const [pathX, pathY] of path) {
    const [x, y] = [pathX * scale + inset, pathY * scale + inset];
    for (let v = Math.max(0, Math.floor(y - nib - 1)); v <= Math.min(height - 1, y + nib + 1); v++) {
      for (let u = Math.max(0, Math.floor(x - nib - 1)); u <= Math.min(width - 1, x + nib + 1); u++) {
        const inside = nib + 0.5 - Math.hypot(u + 0.5 - x, v + 0.5 - y);
        const value = inside <= 0 ? 0 : Math.min(1, inside) * full;
        if (value > drawn.pixels[v * width + u]!) drawn.pixels[v * width + u] = value;
      }
    }
  }
  const bounds = inkBounds(drawn);
  return bounds === undefined ? drawn : cropPicture(drawn, bounds);
}

/** Size of the patches in which ink fades, in pixels: about a fifth of a character of 50. */
const fadingScale = 10;

/**
 * Lays the pen's ink on the sheet. @param strength factor of the contrast, below 1 for writing that shows through from
 * the back.
 */
export function layInk(scene: Scene, coverage: Float32Array, config: PenConfig, random: Random, strength = 1): void {
  const { width, height } = scene;
  const contrast = config.contrast === undefined ? 1 : drawRange(config.contrast, random);
  const colour = drawColour(config.colours, random);
  const even = coverage.slice();
  if (config.fading !== undefined) {
    const amount = drawRange(config.fading, random);
    const patches = smoothNoise(width, height, fadingScale, random);
    for (let i = 0; i < even.length; i++) even[i]! *= Math.max(0, 1 - amount * Math.abs(patches[i]!));
  }
  if (config.grain !== undefined) {
    const amount = drawRange(config.grain, random);
    const grains = smoothNoise(width, height, 1.5, random); // a little more than a pixel, as lens and paper leave it
    for (let i = 0; i < even.length; i++) even[i]! *= Math.max(0, Math.min(1, 1 - amount * Math.abs(grains[i]!)));
  }
  layPigment(scene, even, pigmentOf(colour, contrast * strength, scene.planes.length));
}
