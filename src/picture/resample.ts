// Changing a picture's size: area averaging when it shrinks, cubic interpolation when it grows, each axis by itself.
// Proportions are the caller's business.
import { UsageError } from '../core/floor.ts';
import { checkPicture, type Picture } from './picture.ts';

/**
 * What each target pixel along one axis is made of: `taps` neighbouring source pixels and their weights, which sum to
 * 1.
 */
interface AxisWeights {
  readonly taps: number;
  readonly starts: Int32Array;
  /** `[target, tap]`. */
  readonly weights: Float32Array;
}

/**
 * A picture resampled to another size, antialiased.
 *
 * A shrinking axis averages exactly the area that a target pixel covers; a growing axis interpolates with Keys' cubic
 * kernel (a = -1/2, "Cubic Convolution Interpolation", 1981), held to 0..255. An axis that keeps its size is copied.
 *
 * @param width target columns, at least 1.
 * @param height target rows, at least 1.
 *
 * @example
 * ```ts
 * import { readPicture } from 'ductus/node';
 * import { resizePicture } from 'ductus/picture';
 *
 * const small = resizePicture(await readPicture('examples/pictures/three.png'), 32, 24);
 * console.log(small.width, small.height); // 32 24
 * ```
 */
export function resizePicture(picture: Picture, width: number, height: number): Picture {
  const values = resizeValues(picture, width, height);
  const pixels = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) pixels[i] = values[i]! + 0.5; // values are never negative: truncation rounds
  return { width, height, pixels };
}

/**
 * As `resizePicture`, but the values unrounded, 0..255: for what still has a gain to apply.
 *
 * @param ratio source pixels to a target pixel, the same along both axes; the target then shows what lies about the
 *   source's middle, and 0 where it reaches past the source. Without it the source is stretched to fill the target.
 */
export function resizeValues(picture: Picture, width: number, height: number, ratio?: number): Float32Array {
  checkPicture(picture, 'resizing a picture');
  if (!Number.isSafeInteger(width) || !Number.isSafeInteger(height) || width < 1 || height < 1) {
    throw new UsageError(
      `resizing a picture: expected a size of at least 1x1 whole pixels, received ${width}x${height}`,
    );
  }
  const columns = axisWeights(picture.width, width, ratio ?? picture.width / width);
  const rows = axisWeights(picture.height, height, ratio ?? picture.height / height);
  const source = picture.pixels;
  const line = new Float32Array(picture.width);
  const result = new Float32Array(width * height);
  // Rows first: adding whole rows runs in order through memory, and few rows are left for the second axis.
  for (let y = 0; y < height; y++) {
    line.fill(0);
    for (let tap = 0; tap < rows.taps; tap++) {
      const weight = rows.weights[y * rows.taps + tap]!;
      if (weight === 0) continue;
      const start = (rows.starts[y]! + tap) * picture.width;
      for (let x = 0; x < line.length; x++) line[x]! += weight * source[start + x]!;
    }
    for (let x = 0; x < width; x++) {
      const start = columns.starts[x]!;
      const first = x * columns.taps;
      let sum = 0;
      for (let tap = 0; tap < columns.taps; tap++) {
        const weight = columns.weights[first + tap]!;
        if (weight !== 0) sum += weight * line[start + tap]!;
      }
      result[y * width + x] = sum < 0 ? 0 : Math.min(sum, 255);
    }
  }
  return result;
}

/**
 * A picture whose longer side is at most `longest`, shrunk by area averaging with its proportions kept;
 * a picture that fits already is returned as it is, not copied.
 */
export function reducePicture(picture: Picture, longest: number): Picture {
  const longer = Math.max(picture.width, picture.height);
  if (longer <= longest) return picture;
  const scale = longest / longer;
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  return resizePicture(picture, width, height);
}

function axisWeights(source: number, target: number, ratio: number): AxisWeights {
  if (ratio > 1) return areaWeights(source, target, ratio);
  if (ratio < 1) return cubicWeights(source, target, ratio);
  if (source !== target) return areaWeights(source, target, 1);
  return {
    taps: 1,
    starts: Int32Array.from({ length: target }, (_, i) => i),
    weights: new Float32Array(target).fill(1),
  };
}

function areaWeights(source: number, target: number, ratio: number): AxisWeights {
  const taps = Math.min(source, Math.ceil(ratio) + 1);
  const starts = new Int32Array(target);
  const weights = new Float32Array(target * taps);
  const origin = (source - target * ratio) / 2;
  for (let i = 0; i < target; i++) {
    const from = origin + i * ratio;
    const to = origin + (i + 1) * ratio;
    const start = Math.max(0, Math.min(Math.floor(from), source - taps));
    starts[i] = start;
    for (let tap = 0; tap < taps; tap++) {
      const covered = Math.min(to, start + tap + 1) - Math.max(from, start + tap);
      // Less than a millionth of a pixel is rounding error at a boundary that falls on whole pixels.
      weights[i * taps + tap] = covered > 1e-6 ? covered / ratio : 0;
    }
  }
  return { taps, starts, weights };
}

function cubicWeights(source: number, target: number, ratio: number): AxisWeights {
  const taps = Math.min(4, source);
  const starts = new Int32Array(target);
  const weights = new Float32Array(target * taps);
  const origin = (source - target * ratio) / 2;
  for (let i = 0; i < target; i++) {
    const centre = origin + (i + 0.5) * ratio - 0.5;
    const first = Math.floor(centre) - 1;
    const start = Math.max(0, Math.min(first, source - taps));
    starts[i] = start;
    // The part of the target pixel that lies past the source is empty.
    const inside = (Math.min(source, centre + 0.5 + ratio / 2) - Math.max(0, centre + 0.5 - ratio / 2)) / ratio;
    for (let k = 0; k < 4; k++) {
      // Past the edge the outermost pixel is repeated: its weight goes to the nearest pixel that exists.
      const at = Math.max(0, Math.min(first + k, source - 1));
      weights[i * taps + at - start]! += keys(Math.abs(centre - (first + k))) * Math.max(0, Math.min(1, inside));
    }
  }
  return { taps, starts, weights };
}

/** Keys' cubic kernel with a = -1/2 at distance t. */
function keys(t: number): number {
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  if (t < 2) return ((-0.5 * t + 2.5) * t - 4) * t + 2;
  return 0;
}
