// Characters found anywhere on a page: the order of the steps, each a file of its own. Reading them is for `src/read`.
import { FormatError, UsageError } from '../../core/floor.ts';
import type { Bounds } from '../bounds.ts';
import { type Components, findComponents } from '../components.ts';
import type { FoundInk } from '../foundInk.ts';
import type { InkMap } from '../ink/inkMap.ts';
import { checkPicture, type Picture } from '../picture.ts';
import { greyHistogram, otsuThreshold } from '../threshold.ts';
import { blankRules } from './blankRules.ts';
import { characterInk } from './characterInk.ts';
import { type CharacterParts, characterParts } from './characterParts.ts';
import { hull, joinParts } from './joinParts.ts';
import { pageInk } from './pageInk.ts';
import { textLines } from './textLines.ts';

/**
 * Pages of more pixels are refused: 6,000 x 6,000. Bounds memory: 4,000 x 6,000 pixels take some 450 MB and 3 seconds
 * (Node 20, AMD EPYC).
 */
export const pageMaxPixels = 36_000_000;
/** Most characters on a page: far more than can be written on one. What has more is a texture. */
export const pageMaxCharacters = 20_000;

/** Parts of characters before they are joined, at most. */
const mostParts = 5 * pageMaxCharacters;

/** How characters are looked for. */
export interface FindCharactersOptions {
  /**
   * What is lower and narrower than this share of the usual height, 0..1, is left out: points, commas, dirt. Default
   * 0.4.
   */
  readonly smallest?: number;
}

/** A character on a page. */
export interface CharacterBox extends Bounds {
  /** Line that it stands in, from 0, from top to bottom; in a line boxes follow each other from left to right. */
  readonly line: number;
  /** Its height over that of the highest on the page, above 0 to 1: what tells c from C (Ganapathy and Liew 2008). */
  readonly relativeHeight: number;
}

/** What was found on a page. */
export interface PageCharacters {
  /** In reading order. */
  readonly boxes: readonly CharacterBox[];
  /** Usual height of a character, in pixels; 0 where there are none. */
  readonly size: number;
  /**
   * The ink of one of the boxes alone, in the middle of some paper: no neighbour, rule or speck that reaches into its
   * box.
   */
  inkOf(index: number): FoundInk;
}

/** The numbers of this step. */
const rules = {
  /** Pixels hang together from this share of the ink's contrast on. */
  faint: 0.3,
  /** A character has a pixel of at least this share. */
  sure: 0.35,
  /**
   * And one this many times above the floor, which is three deviations of the noise: a page has millions of pixels to
   * stray.
   */
  overNoise: 2,
  /** Long rules: shares of the page's longer side; a thickness of so many pixels is always allowed. */
  ruleLength: 0.4,
  ruleThickness: 0.006,
  ruleLeastThickness: 3,
  /** Short rules: this many characters' heights. */
  shortRule: 5,
  shortThickness: 0.25,
} as const;

/**
 * Finds characters on a page that stand free of each other; characters that touch are one box.
 *
 * Dark on light or light on dark, on paper that may be shaded, ruled, squared or noisy, of any size of writing. Rules,
 * frames, specks and what is far larger than the rest are left out; parts of one character are joined.
 *
 * @throws {ShapeError} for a picture whose pixels do not match its extents.
 * @throws {UsageError} for an option out of range, or a page of more than `pageMaxPixels`.
 * @throws {FormatError} when more than `pageMaxCharacters` are found, or five times as many parts.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { contactSheet, findCharacters } from 'ductus/picture';
 * import { pictureAt } from 'ductus/samples';
 *
 * const test = await openDataset('mnist:test');
 * const page = contactSheet([0, 1, 2, 3].map((index) => pictureAt(test, index)), { columns: 2, gap: 28, gapLevel: 0 });
 * console.log(findCharacters(page).boxes.map(({ line }) => line)); // [ 0, 0, 1, 1 ]
 * ```
 */
export function findCharacters(page: Picture, { smallest = 0.4 }: FindCharactersOptions = {}): PageCharacters {
  checkPicture(page, 'finding characters');
  const { width, height } = page;
  if (!(smallest >= 0 && smallest <= 1)) {
    throw new UsageError(`finding characters, smallest: expected a share in 0..1, received ${smallest}`);
  }
  if (width * height > pageMaxPixels) {
    throw new UsageError(
      `finding characters: expected a page of at most ${pageMaxPixels} pixels, received ${width}x${height}`,
    );
  }
  const map = pageInk(page);
  const found = map && findParts(map);
  if (map === undefined || found === undefined) return { boxes: [], size: 0, inkOf: noSuchBox };
  const { components, size, parts } = found;
  checkCount(parts.length, mostParts);
  const boxes = parts.map((n) => boxOf(components, n));
  const groups = joinParts(boxes, size)
    .map((members) => ({
      members: members.map((member) => parts[member]!),
      box: members.map((member) => boxes[member]!).reduce(hull),
    }))
    .filter(({ box }) => Math.max(box.width, box.height) >= smallest * size);
  checkCount(groups.length, pageMaxCharacters);
  const lines = textLines(
    groups.map(({ box }) => box),
    size,
  );
  const highest = groups.reduce((most, { box }) => Math.max(most, box.height), 1);
  const ordered = lines.flatMap((members, line) => members.map((member) => ({ line, ...groups[member]! })));
  return {
    size,
    boxes: ordered.map(({ box, line }) => ({ ...box, line, relativeHeight: box.height / highest })),
    inkOf(index) {
      const { members, box } = ordered[index] ?? noSuchBox(index);
      return characterInk(map, components, members, box);
    },
  };
}

/** Takes rules out of the ink, long ones first: they tie characters together and hide how high these are. */
function findParts(map: InkMap): (CharacterParts & { readonly components: Components }) | undefined {
  const { width, height, pixels } = map.picture;
  const contrast = inkContrast(map);
  const level = Math.max(map.floor, Math.floor(rules.faint * contrast));
  const strong = Math.max(map.strong, Math.floor(rules.sure * contrast), rules.overNoise * map.floor);
  const blanked = { mask: new Uint8Array(width * height), thickness: 0 };
  const partsWithout = (length: number, thickness: number) => {
    const size = { length, thickness: Math.max(rules.ruleLeastThickness, Math.round(thickness)) };
    for (const across of [true, false]) blankRules(map.picture, level, across, size, blanked);
    const components = surePeaks(findComponents(pixels, width, height, level), map);
    const found = characterParts(components, width, height, strong, blanked);
    return found && { ...found, components };
  };
  const longer = Math.max(width, height);
  const first = partsWithout(rules.ruleLength * longer, rules.ruleThickness * longer);
  return first && partsWithout(rules.shortRule * first.size, rules.shortThickness * first.size);
}

function checkCount(count: number, most: number): void {
  if (count <= most) return;
  throw new FormatError(
    `finding characters: expected at most ${pageMaxCharacters} on a page, received a picture with ${count} marks that might be some or parts of some`,
  );
}

function noSuchBox(index: number): never {
  throw new UsageError(`ink of a character: expected the index of one of its boxes, received ${index}`);
}

/**
 * The components with their peaks looked up in the smoothed map: smoothing tells ink from noise, but it would also tie
 * neighbours together, so what hangs together is asked of the map as it is.
 */
function surePeaks(components: Components, { picture, smooth }: InkMap): Components {
  if (smooth === picture) return components;
  const peak = new Uint8Array(components.count + 1);
  components.labels.forEach((n, at) => {
    if (n !== 0 && smooth.pixels[at]! > peak[n]!) peak[n] = smooth.pixels[at]!;
  });
  return { ...components, peak };
}

/**
 * Mean of the ink's cores: of what is ink for sure, the upper of two classes; the lower one is soft edges and noise.
 */
function inkContrast({ picture, strong, contrast }: InkMap): number {
  const counts = greyHistogram(picture.pixels).fill(0, 0, strong + 1);
  return otsuThreshold(counts)?.upperMean ?? contrast;
}

function boxOf({ left, top, right, bottom }: Components, n: number): Bounds {
  return {
    left: left[n]!,
    top: top[n]!,
    width: right[n]! - left[n]! + 1,
    height: bottom[n]! - top[n]! + 1,
  };
}
