// Two characters that touch, framed as if they were one: what a bad segmentation passes to a recogniser of single
// characters.
import { randomStream, UsageError } from '../../core/floor.ts';
import { blankPicture, cropPicture, inkBounds, type Picture, resizePicture } from '../../picture/floor.ts';
import type { Dataset } from '../../samples/floor.ts';
import { pictureAt } from '../../samples/floor.ts';
import { type TouchingRowConfig, touchingInkLevel, touchingRow } from '../parts/segmentation/touchingRow.ts';

/** Pictures of two characters each. */
export interface TouchingPairs {
  readonly count: number;
  /** `[count, row, column]`, of the size of the data set's. */
  readonly images: Uint8Array;
  /** Classes of the left and the right character, which differ; `[count]` each. */
  readonly left: Uint16Array;
  readonly right: Uint16Array;
}

/** Columns of overlap where the two come closest: one (a touch, not a heap). */
const touch: TouchingRowConfig = { overlap: [1, 1], jitter: 0 };
/** Most draws for one pair. */
const mostDraws = 1_000;

/**
 * Moves characters of different classes together until their ink meets. Scales the pair so that its longer side takes
 * 20 of 28 pixels, and centres it.
 *
 * @throws {UsageError} when the data has no two classes with ink to draw from.
 */
export function touchingPairs(data: Dataset, count: number, seed: number): TouchingPairs {
  const { width, height } = data;
  const random = randomStream(seed, 'touching');
  const images = new Uint8Array(count * width * height);
  const left = new Uint16Array(count);
  const right = new Uint16Array(count);
  const hasInk = (at: number): boolean => inkBounds(pictureAt(data, at), touchingInkLevel) !== undefined;
  for (let pair = 0; pair < count; pair++) {
    let draws = 0;
    let [one, other] = [0, 0];
    do {
      if (++draws > mostDraws)
        throw new UsageError(`${data.name}: touching pairs: expected two classes with ink, found none`);
      [one, other] = [random.integer(data.count), random.integer(data.count)];
    } while (data.targets[one] === data.targets[other] || !hasInk(one) || !hasInk(other));
    left[pair] = data.targets[one]!;
    right[pair] = data.targets[other]!;
    const { picture } = touchingRow([pictureAt(data, one), pictureAt(data, other)], touch, random);
    const both = cropPicture(picture, inkBounds(picture, 0)!);
    images.set(framed(both, width, height).pixels, pair * width * height);
  }
  return { count, images, left, right };
}

/** Scales the pair to 20/28 of the smaller side, as MNIST frames one character, and centres it. */
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
