// Two characters that touch, framed as if they were one: what a bad segmentation hands to a recogniser of single characters.
import { randomStream, UsageError } from '../../../core/index.ts';
import { blankPicture, cropPicture, inkBounds, type Picture, resizePicture } from '../../../picture/index.ts';
import type { Dataset } from '../../data/dataset.ts';

/** Pictures of two characters each. */
export interface TouchingPairs {
  readonly count: number;
  /** `[count, row, column]`, of the size of the data set's. */
  readonly images: Uint8Array;
  /** Classes of the left and of the right character, which differ, `[count]` each. */
  readonly left: Uint16Array;
  readonly right: Uint16Array;
}

/** Grey levels from here on are ink when it is asked where two characters meet (ours: half of full ink). */
const inkFloor = 127;
/** Columns by which the two overlap once they meet (ours: a touch, not a heap). */
const overlap = 1;
/** Draws for one pair before it is given up. */
const mostDraws = 1_000;

/**
 * Puts characters of different classes beside each other, the right one moved to the left until their ink meets, and scales the pair so
 * that its longer side takes up 20 of 28 pixels, in the middle.
 *
 * @throws {UsageError} when the data has no two classes with ink to draw from.
 */
export function touchingPairs(data: Dataset, count: number, seed: number): TouchingPairs {
  const { width, height } = data;
  const random = randomStream(seed, 'touching');
  const images = new Uint8Array(count * width * height);
  const left = new Uint16Array(count);
  const right = new Uint16Array(count);
  const draw = (): { picture: Picture; target: number } | undefined => {
    const at = random.integer(data.count);
    const whole = { width, height, pixels: data.images.subarray(at * width * height, (at + 1) * width * height) };
    const bounds = inkBounds(whole, inkFloor);
    return bounds && { picture: cropPicture(whole, bounds), target: data.targets[at]! };
  };
  for (let pair = 0; pair < count; pair++) {
    let draws = 0;
    let [one, other] = [draw(), draw()];
    while (one === undefined || other === undefined || one.target === other.target) {
      if (++draws > mostDraws)
        throw new UsageError(`${data.name}: touching pairs: expected two classes with ink, found none`);
      [one, other] = [draw(), draw()];
    }
    left[pair] = one.target;
    right[pair] = other.target;
    images.set(framed(joined(one.picture, other.picture), width, height).pixels, pair * width * height);
  }
  return { count, images, left, right };
}

/** The right picture as far to the left as it goes before more than a touch of ink overlaps, their lower edges level. */
function joined(left: Picture, right: Picture): Picture {
  const height = Math.max(left.height, right.height);
  const [downLeft, downRight] = [height - left.height, height - right.height];
  let shift = 0; // of the right picture, from the left one's first column
  for (let y = Math.max(downLeft, downRight); y < height; y++) {
    const end = lastInk(left, y - downLeft);
    const start = firstInk(right, y - downRight);
    if (end >= 0 && start < right.width) shift = Math.max(shift, end + 1 - start - overlap);
  }
  // Rows in which both have ink may lack; then the boxes touch.
  if (shift === 0) shift = left.width - overlap;
  const result = blankPicture(Math.max(left.width, shift + right.width), height);
  const paste = ({ width, height: rows, pixels }: Picture, x: number, y: number): void => {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < width; column++) {
        const at = (y + row) * result.width + x + column;
        result.pixels[at] = Math.max(result.pixels[at]!, pixels[row * width + column]!);
      }
    }
  };
  paste(left, 0, downLeft);
  paste(right, shift, downRight);
  return result;
}

function lastInk({ width, pixels }: Picture, row: number): number {
  for (let x = width - 1; x >= 0; x--) if (pixels[row * width + x]! > inkFloor) return x;
  return -1;
}

function firstInk({ width, pixels }: Picture, row: number): number {
  for (let x = 0; x < width; x++) if (pixels[row * width + x]! > inkFloor) return x;
  return width;
}

/** Scaled to 20/28 of the smaller side, as MNIST frames one character, and put into the middle. */
function framed(picture: Picture, width: number, height: number): Picture {
  const box = Math.max(1, Math.round((Math.min(width, height) * 20) / 28));
  const scale = box / Math.max(picture.width, picture.height);
  const small = resizePicture(
    picture,
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  const result = blankPicture(width, height);
  const [x, y] = [Math.floor((width - small.width) / 2), Math.floor((height - small.height) / 2)];
  for (let row = 0; row < small.height; row++) {
    const from = row * small.width;
    result.pixels.set(small.pixels.subarray(from, from + small.width), (y + row) * width + x);
  }
  return result;
}
