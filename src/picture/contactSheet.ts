// Many small pictures of one size on one sheet: for showing data and galleries. Pure pixels, no text, no file.
import { ShapeError, UsageError } from '../core/floor.ts';
import { checkPicture, type Picture } from './picture.ts';

/** Most pixels that a contact sheet may have, 64 MB. */
export const contactSheetMaxPixels = 64 * 2 ** 20;

/** How a contact sheet is laid out; all have defaults. */
export interface ContactSheetOptions {
  /** Pictures in a row; by default as many as make the sheet about square. */
  readonly columns?: number;
  /** Pixels between pictures and around the sheet, default 2. */
  readonly gap?: number;
  /** Grey level of the gaps, 0..255, default 96. */
  readonly gapLevel?: number;
  /** Each pixel is drawn as a square of this many pixels, default 1. */
  readonly scale?: number;
}

/**
 * Lays pictures out in a grid, row by row.
 *
 * @param pictures all of one size.
 * @returns the sheet; one of `gap` by `gap` pixels, at least 1x1, when there are no pictures.
 * @throws {ShapeError} when sizes differ, naming both.
 * @throws {UsageError} for an option out of range or a sheet above `contactSheetMaxPixels`.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { contactSheet } from 'ductus/picture';
 * import { pictureAt } from 'ductus/samples';
 *
 * const test = await openDataset('mnist:test');
 * const sheet = contactSheet([0, 1, 2, 3, 4, 5].map((index) => pictureAt(test, index)), { columns: 3, gap: 2 });
 * console.log(sheet.width, sheet.height); // 92 62
 * ```
 */
export function contactSheet(pictures: readonly Picture[], options: ContactSheetOptions = {}): Picture {
  const columns = wholeOption('columns', options.columns ?? Math.max(1, Math.ceil(Math.sqrt(pictures.length))), 1);
  const gap = wholeOption('gap', options.gap ?? 2, 0);
  const gapLevel = wholeOption('gapLevel', options.gapLevel ?? 96, 0, 255);
  const scale = wholeOption('scale', options.scale ?? 1, 1);
  const cellWidth = (pictures[0]?.width ?? 0) * scale;
  const cellHeight = (pictures[0]?.height ?? 0) * scale;
  const used = Math.min(columns, Math.max(1, pictures.length));
  const width = Math.max(1, gap + used * (cellWidth + (pictures.length > 0 ? gap : 0)));
  const height = Math.max(1, gap + Math.ceil(pictures.length / columns) * (cellHeight + gap));
  if (width * height > contactSheetMaxPixels) {
    throw new UsageError(
      `contact sheet: expected at most ${contactSheetMaxPixels} pixels, received ${pictures.length} pictures that need ${width}x${height}`,
    );
  }
  const sheet = new Uint8Array(width * height).fill(gapLevel);
  for (const [index, picture] of pictures.entries()) {
    checkPicture(picture, `contact sheet, picture ${index}`);
    if (picture.width * scale !== cellWidth || picture.height * scale !== cellHeight) {
      throw new ShapeError(
        `contact sheet: expected pictures of one size, ${cellWidth / scale}x${cellHeight / scale}, received ${picture.width}x${picture.height} at ${index}`,
      );
    }
    const left = gap + (index % columns) * (cellWidth + gap);
    const top = gap + Math.floor(index / columns) * (cellHeight + gap);
    for (let y = 0; y < cellHeight; y++) {
      const source = Math.floor(y / scale) * picture.width;
      const target = (top + y) * width + left;
      for (let x = 0; x < cellWidth; x++) sheet[target + x] = picture.pixels[source + Math.floor(x / scale)]!;
    }
  }
  return { width, height, pixels: sheet };
}

function wholeOption(name: string, value: number, least: number, most = 2 ** 20): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`contact sheet, ${name}: expected a whole number in ${least}..${most}, received ${value}`);
}
