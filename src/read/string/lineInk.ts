// The ink of a row of characters, without what is no character: specks, points, commas, dashes, lines.
import {
  type FoundInk,
  findComponents,
  findInk,
  foundInkMap,
  type InkMap,
  inkOfPicture,
  type Picture,
  pictureOfInk,
  reducePicture,
  removeLines,
} from '../../picture/floor.ts';

/**
 * Larger pictures are first shrunk to this longer side: bounds time and memory. A row of 40 characters keeps 50 pixels
 * each.
 */
export const lineWorkingSide = 2048;

/** All shares are of the characters' height. */
const rules = {
  /** Fainter than this share of the contrast is no ink. */
  faint: 0.15,
  /** What is lower than this is no character by itself. */
  low: 0.45,
  /** It belongs to one when this share of its width stands above or below ink that is a character's. */
  covered: 0.5,
  /** Flatter than this, and longer than that, is a line. */
  lineHeight: 0.3,
  lineLength: 2.5,
} as const;

/**
 * A row is taken to be no wider than this many of its characters' heights: of a texture of specks there would be no
 * end.
 */
const mostHeights = 60;

/** Ink of a row of characters. */
export interface LineInk {
  /** Of the picture's size or that to which it was shrunk. */
  readonly ink: FoundInk;
  /** Amounts above it are ink for sure. */
  readonly level: number;
  /** Height of the characters in pixels: of half of the ink, the pieces are at least as high. */
  readonly size: number;
  /** Pixels of the picture that was given to one of this. */
  readonly scale: number;
}

/**
 * The ink of a row of characters: looked for in a picture, its printed lines taken out; taken as it is where it was
 * found already.
 *
 * @returns undefined when there is none.
 */
export function lineInk(row: Picture | FoundInk): LineInk | undefined {
  const isFound = 'amounts' in row;
  const reduced = reducePicture(isFound ? pictureOfInk(row) : row, lineWorkingSide);
  const map = isFound ? foundInkMap(inkOfPicture(reduced)) : inkInPicture(reduced);
  return map && charactersOf(map, row.width / reduced.width);
}

function inkInPicture(picture: Picture): InkMap | undefined {
  const found = findInk(picture);
  return found && removeLines(found);
}

/** The ink of the map that belongs to characters of its row. */
function charactersOf(map: InkMap, scale: number): LineInk | undefined {
  const { width, height, pixels } = map.picture;
  const floor = Math.max(map.floor, Math.round(rules.faint * map.contrast));
  const parts = findComponents(pixels, width, height, floor);
  const heightOf = (part: number): number => parts.bottom[part]! - parts.top[part]! + 1;
  const widthOf = (part: number): number => parts.right[part]! - parts.left[part]! + 1;
  const sure = Array.from({ length: parts.count }, (_, index) => index + 1).filter(
    (part) => parts.peak[part]! > map.strong,
  );
  if (sure.length === 0) return undefined;
  const size = Math.max(
    width / mostHeights,
    heightOfMost(sure, heightOf, (part) => parts.mass[part]!),
  );
  const kept = new Uint8Array(parts.count + 1);
  const covered = new Uint8Array(width);
  for (const part of sure) {
    if (heightOf(part) < rules.low * size) continue;
    kept[part] = 1;
    covered.fill(1, parts.left[part]!, parts.right[part]! + 1);
  }
  for (const part of sure) {
    if (kept[part] === 1) continue;
    if (heightOf(part) < rules.lineHeight * size && widthOf(part) > rules.lineLength * size) continue;
    let under = 0;
    for (let x = parts.left[part]!; x <= parts.right[part]!; x++) under += covered[x]!;
    if (under >= rules.covered * widthOf(part)) kept[part] = 1;
  }
  const amounts = new Uint8Array(pixels.length);
  parts.labels.forEach((part, at) => {
    if (kept[part] === 1) amounts[at] = pixels[at]!;
  });
  return { ink: { width, height, amounts }, level: map.strong, size, scale };
}

/** The height that the pieces of half of the ink reach or pass. */
function heightOfMost(
  parts: readonly number[],
  heightOf: (part: number) => number,
  massOf: (part: number) => number,
): number {
  const ordered = parts.toSorted((one, other) => heightOf(one) - heightOf(other));
  let left = ordered.reduce((sum, part) => sum + massOf(part), 0) / 2;
  for (const part of ordered) {
    left -= massOf(part);
    if (left <= 0) return heightOf(part);
  }
  return heightOf(ordered.at(-1)!);
}
