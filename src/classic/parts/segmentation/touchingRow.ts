// Characters put side by side until they touch: rows whose cuts are known, to measure segmentation. They are no
// network's input; ../compare/touchingPairs.ts frames two characters as one.
import type { Random } from '../../../core/floor.ts';
import { type Bounds, blankPicture, cropPicture, inkBounds, type Picture } from '../../../picture/floor.ts';

/** Positions of characters in a row. */
export interface TouchingRowConfig {
  /** Columns by which the ink of neighbours overlaps where they come closest, drawn evenly; negative: a gap. */
  readonly overlap: readonly [least: number, most: number];
  /** Largest distance of a character from the row's middle, up or down, in pixels. */
  readonly jitter: number;
}

/** A row of characters. */
export interface TouchingRow {
  readonly picture: Picture;
  /** Bounds of each character's ink, from left to right. */
  readonly bounds: readonly Bounds[];
  /** `[row, column]`, the character whose ink is darkest there, counted from 1; 0 for paper. */
  readonly owners: Uint8Array;
}

/** Grey above which a pixel is ink for the question where two characters meet: half of full ink. */
export const touchingInkLevel = 127;
/** Paper around the row, in pixels. */
const margin = 6;

/**
 * Puts characters side by side.
 *
 * @param characters ink 255 on 0, each with some above half of full ink; at most 255.
 *
 * @example
 * ```ts
 * import { touchingRow } from 'ductus/classic';
 * import { openDataset } from 'ductus/node';
 * import { pictureAt, randomStream } from 'ductus/samples';
 *
 * const train = await openDataset('mnist:train');
 * const digits = [0, 1, 2].map((index) => pictureAt(train, index));
 * const { picture, bounds } = touchingRow(digits, { overlap: [0, 4], jitter: 2 }, randomStream(1));
 * console.log(bounds.length, picture.width < 3 * 28); // 3 true
 * ```
 */
export function touchingRow(characters: readonly Picture[], config: TouchingRowConfig, random: Random): TouchingRow {
  const cropped = characters.map((picture) => cropPicture(picture, inkBounds(picture, touchingInkLevel)!));
  const tallest = Math.max(...cropped.map(({ height }) => height)) + 2 * config.jitter;
  const places: Bounds[] = [];
  /** Last column of ink in each row of pixels; before the first character there is none. */
  const ends = new Int32Array(tallest + 2 * margin).fill(Number.MIN_SAFE_INTEGER);
  let [right, least] = [margin, margin];
  for (const { width, height, pixels } of cropped) {
    const top = margin + Math.round((tallest - height) / 2 + config.jitter * (2 * random.uniform() - 1));
    const [fewest, most] = config.overlap;
    const overlap = fewest + random.integer(most - fewest + 1);
    let left = least;
    let meets = places.length === 0;
    for (let y = 0; y < height; y++) {
      const first = pixels.subarray(y * width, (y + 1) * width).findIndex((value) => value > touchingInkLevel);
      if (first < 0 || ends[top + y]! < margin) continue;
      left = meets ? Math.max(left, ends[top + y]! + 1 - first - overlap) : ends[top + y]! + 1 - first - overlap;
      meets = true;
    }
    // Characters without a common row are placed box beside box.
    if (!meets) left = right - overlap;
    for (let y = 0; y < height; y++) {
      const last = pixels.subarray(y * width, (y + 1) * width).findLastIndex((value) => value > touchingInkLevel);
      if (last >= 0) ends[top + y] = Math.max(ends[top + y]!, left + last);
    }
    places.push({ left, top, width, height });
    [right, least] = [left + width, left + 1];
  }
  const picture = blankPicture(Math.max(...places.map(({ left, width }) => left + width)) + margin, ends.length);
  const owners = new Uint8Array(picture.pixels.length);
  for (const [index, { left, top, width, height }] of places.entries()) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = (top + y) * picture.width + left + x;
        const value = cropped[index]!.pixels[y * width + x]!;
        if (value <= picture.pixels[at]!) continue;
        picture.pixels[at] = value;
        owners[at] = index + 1;
      }
    }
  }
  return { picture, bounds: places, owners };
}
