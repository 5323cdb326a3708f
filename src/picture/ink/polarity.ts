// Dark ink on light paper, or light ink on dark: decided from the picture alone, at the start of framing.
import type { Picture } from '../picture.ts';
import { greyHistogram, otsuThreshold } from '../threshold.ts';

/** Thickest frame line to look behind, as a share of the shorter side. */
const frameShare = 0.08;

/**
 * Shorter pictures are looked at by wide surroundings alone: an eighth of it is as wide as a bold stroke of MNIST's.
 */
const leastFineSide = 28;

/**
 * Whether the background is the darker of the picture's two classes of grey.
 *
 * Two signs are weighed. The outermost pixels: a character seldom covers most of its picture's edge, however heavy it
 * is. And the lean of the grey levels about their surroundings: ink is sparse, so its side has the longer tail. An edge
 * of one class that gives way within a few pixels to the other is a frame line, and the pixels behind it are looked at
 * instead.
 *
 * @param thumbnail the picture, reduced to a few dozen pixels: this looks at every pixel's surroundings.
 */
export function hasDarkBackground(thumbnail: Picture): boolean {
  const threshold = otsuThreshold(greyHistogram(thumbnail.pixels));
  if (threshold === undefined) return thumbnail.pixels[0]! < 128;
  const inset = frameDepth(thumbnail, threshold.level);
  const border = isNarrow(thumbnail)
    ? flankDarkness(thumbnail, threshold.level)
    : 2 * darkShare(thumbnail, inset, threshold.level) - 1;
  const sums = integral(thumbnail);
  const held = (skew: number): number => Math.max(-4, Math.min(4, skew));
  // Wide surroundings know a bold stroke from what is between strokes; narrow ones, which must not be as narrow as a
  // stroke, do not see the edge of a shadow.
  const wide = held(localSkew(thumbnail, sums, inset, 3));
  const isFine = Math.max(thumbnail.width, thumbnail.height) >= leastFineSide;
  const lean = isFine ? wide + 2 * held(localSkew(thumbnail, sums, inset, 8)) : wide;
  // A picture whose levels do not fall in two clean classes (a shadow, a dark corner) has an edge that says little.
  const trust = Math.max(0, Math.min(1, (threshold.separability - 0.6) / 0.2));
  return 3 * trust * border + lean > 0;
}

/** Depth at which the ring of pixels behind the last frame line begins; 0 when there is no frame. */
function frameDepth(picture: Picture, level: number): number {
  let share = darkShare(picture, 0, level);
  if (share > 0.1 && share < 0.9) return 0;
  let inset = 0;
  const deepest = Math.ceil(Math.min(picture.width, picture.height) * frameShare);
  for (let depth = 1; depth <= deepest; depth++) {
    const inner = darkShare(picture, depth, level);
    if (Math.abs(inner - share) <= 0.8) continue;
    inset = depth;
    share = inner;
  }
  return inset;
}

/**
 * Whether the picture is so narrow that it can hold little but a straight stroke, whose ink may reach all four sides.
 */
function isNarrow(picture: Picture): boolean {
  return Math.max(picture.width, picture.height) >= 2.5 * Math.min(picture.width, picture.height);
}

/** How much darker a narrow picture's two long sides are than its middle, -1..1: a stroke runs along the middle. */
function flankDarkness(picture: Picture, level: number): number {
  const { width, height, pixels } = picture;
  const upright = height > width;
  const across = upright ? width : height;
  const flank = Math.max(1, Math.round(across / 6));
  const middleFrom = Math.floor(across / 3);
  const middleTo = Math.max(middleFrom, Math.ceil((2 * across) / 3) - 1);
  let [flankDark, flankCount, middleDark, middleCount] = [0, 0, 0, 0];
  for (let i = 0; i < pixels.length; i++) {
    const at = upright ? i % width : Math.floor(i / width);
    const dark = pixels[i]! <= level ? 1 : 0;
    if (at < flank || at >= across - flank) {
      flankDark += dark;
      flankCount++;
    }
    if (at >= middleFrom && at <= middleTo) {
      middleDark += dark;
      middleCount++;
    }
  }
  const difference = 2 * (flankDark / flankCount - middleDark / middleCount);
  return Math.max(-1, Math.min(1, difference));
}

/** Share of the ring of pixels `depth` inside the picture's edge that is at or below `level`. */
function darkShare(picture: Picture, depth: number, level: number): number {
  const { width, height, pixels } = picture;
  let dark = 0;
  let count = 0;
  for (let y = depth; y < height - depth; y++) {
    const step = y === depth || y === height - 1 - depth ? 1 : Math.max(1, width - 1 - 2 * depth);
    for (let x = depth; x < width - depth; x += step) {
      count++;
      if (pixels[y * width + x]! <= level) dark++;
    }
  }
  return count === 0 ? 0.5 : dark / count;
}

/**
 * Skewness of the pixels about the mean of their surroundings: positive when bright ones are rare.
 *
 * @param reach the surroundings' radius is this part of the longer side.
 */
function localSkew(picture: Picture, sums: Float64Array, inset: number, reach: number): number {
  const { width, height, pixels } = picture;
  const radius = Math.max(2, Math.ceil(Math.max(width, height) / reach));
  let count = 0;
  let second = 0;
  let third = 0;
  for (let y = inset; y < height - inset; y++) {
    const top = Math.max(inset, y - radius);
    const bottom = Math.min(height - inset, y + radius + 1);
    for (let x = inset; x < width - inset; x++) {
      const left = Math.max(inset, x - radius);
      const right = Math.min(width - inset, x + radius + 1);
      const stride = width + 1;
      const sum =
        sums[bottom * stride + right]! -
        sums[bottom * stride + left]! -
        sums[top * stride + right]! +
        sums[top * stride + left]!;
      const off = pixels[y * width + x]! - sum / ((right - left) * (bottom - top));
      count++;
      second += off * off;
      third += off * off * off;
    }
  }
  return second === 0 ? 0 : third / count / (second / count) ** 1.5;
}

/** Sums of all pixels above and to the left, `[height + 1, width + 1]`. */
function integral(picture: Picture): Float64Array {
  const { width, height, pixels } = picture;
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += pixels[y * width + x]!;
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row;
    }
  }
  return sums;
}
