// Where a row of characters may be cut: more cuts than there are characters, from left to right. Which of them are made
// is for who reads the pieces to say: a cut through a loop is not ruled out, as in some accounts, but what it leaves
// reads badly. Heuristic segmentation after the report's account of Mehta: binarised, thinned, slant taken out, columns
// that strokes cross once; no paper was found, and what else there is, is ours.

import { type FoundInk, pictureOfInk } from '../foundInk.ts';
import type { Picture } from '../picture.ts';
import { shearPicture, slantOf } from '../slant.ts';
import { contourValleys, projectionMinima, skeletonCrossings } from './cutColumns.ts';
import { cheapestSeam, type Seam } from './seam.ts';

/** All shares are of the characters' height. */
const rules = {
  /**
   * Columns this far apart are tried whatever stands there: where characters run into each other none of the signs need
   * be.
   */
  raster: 0.15,
  /** How far a cut may wind to either side of its column. */
  reach: 0.25,
  /** Of cuts that are closer than this on average, the one through least ink is kept. */
  spacing: 0.1,
  /** A cut through more ink than this takes a stroke apart along its length. */
  mostInk: 0.6,
} as const;

/**
 * Candidate cuts of a row of characters, in the picture as it is: the row is stood upright, columns are looked for by
 * projection, outline and skeleton, from each the way through least ink is taken, and of those that are nearly the same
 * the best is kept.
 *
 * @param ink characters beside each other.
 * @param level pixels above it are ink.
 * @param size height of the characters, in pixels.
 * @returns from left to right.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { candidateCuts, contactSheet } from 'ductus/picture';
 * import { pictureAt } from 'ductus/samples';
 *
 * const test = await openDataset('mnist:test');
 * const row = contactSheet([2, 1].map((index) => pictureAt(test, index)), { columns: 2, gap: 0 });
 * const found = { width: row.width, height: row.height, amounts: row.pixels }; // MNIST's paper is 0: all of it is ink
 * // A cut between the two goes through no ink.
 * console.log(candidateCuts(found, 128, 20).some(({ ink }) => ink === 0)); // true
 * ```
 */
export function candidateCuts(ink: FoundInk, level: number, size: number): Seam[] {
  const { width, height } = ink;
  const row = pictureOfInk(ink);
  const slant = slantOf(maskOf(row, level), width, height);
  const { picture: upright, left } = shearPicture(row, slant);
  const mask = maskOf(upright, level);
  const columns = [
    ...projectionMinima(mask, upright.width, height, size),
    ...contourValleys(mask, upright.width, height, size),
    ...skeletonCrossings(mask, upright.width, height),
    ...evenColumns(upright.width, rules.raster * size),
  ];
  const seams = columns
    .map((column) => cheapestSeam(upright, column, rules.reach * size))
    .filter((seam) => seam.ink <= rules.mostInk * size);
  return distinct(seams, rules.spacing * size).map((seam) => ({
    ink: seam.ink,
    // Back to where the rows stood before they were moved.
    columns: seam.columns.map((column, y) => Math.max(0, Math.min(width, Math.round(column - left - slant * y)))),
  }));
}

function evenColumns(width: number, step: number): number[] {
  return Array.from({ length: Math.ceil(width / step) }, (_, index) => (index + 0.5) * step);
}

function maskOf({ pixels }: Picture, level: number): Uint8Array {
  return pixels.map((value) => (value > level ? 1 : 0));
}

/**
 * Cuts that are far enough from each other, those through little ink first in the choice; in order from left to right.
 */
function distinct(seams: readonly Seam[], spacing: number): Seam[] {
  const placed = seams.map((seam) => ({ seam, middle: mean(seam.columns) }));
  const kept: typeof placed = [];
  for (const one of placed.toSorted((left, right) => left.seam.ink - right.seam.ink)) {
    // Means that are far apart save looking at every row: the mean distance is no less than theirs.
    const near = (other: (typeof placed)[number]): boolean =>
      Math.abs(one.middle - other.middle) < spacing && distance(one.seam, other.seam) < spacing;
    if (!kept.some(near)) kept.push(one);
  }
  return kept.toSorted((left, right) => left.middle - right.middle).map(({ seam }) => seam);
}

function distance(one: Seam, other: Seam): number {
  return mean(one.columns.map((column, y) => Math.abs(column - other.columns[y]!)));
}

function mean(values: Int32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
