// Ink that was found: the picture in which nothing is left to find. Not a `Picture`, in which paper and ink are still
// to be told apart, nor an `Ink`, which is the strokes of a pen.
import { checkPicture, type Picture } from './picture.ts';

/**
 * Amounts of ink on a rectangle, row by row from the top left: paper is exactly 0, and everything above 0 is ink.
 *
 * It holds `amounts` where a {@link Picture} holds `pixels`, so neither can be passed for the other, and what takes
 * either tells them apart; so it does behind a worker's port.
 */
export interface FoundInk {
  /** Columns, at least 1. */
  readonly width: number;
  /** Rows, at least 1. */
  readonly height: number;
  /** `[row, column]`, `width * height` bytes: 0 for paper, more the more ink; full ink need not be 255. */
  readonly amounts: Uint8Array;
}

/**
 * Checks that ink's extents are whole numbers of at least 1 and that it holds as many amounts as they say.
 *
 * @param what what was being done, for the error's text.
 * @throws {ShapeError} naming the extents and the number of amounts received.
 */
export function checkFoundInk(ink: FoundInk, what: string): void {
  checkPicture(pictureOfInk(ink), what);
}

/** The same ink as a picture, light on dark; it shares the bytes. */
export function pictureOfInk({ width, height, amounts }: FoundInk): Picture {
  return { width, height, pixels: amounts };
}

/**
 * A picture whose 0 is paper, and all else ink, as ink; it shares the bytes. Nothing is looked for: that is
 * `findInk`'s.
 */
export function inkOfPicture({ width, height, pixels }: Picture): FoundInk {
  return { width, height, amounts: pixels };
}
