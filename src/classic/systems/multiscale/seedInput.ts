// From a framed picture to the input of the multiscale network: the character alone, 20 wide and 28 high, and its
// coarser scales.
import { cropPicture, inkBounds, type Picture, resizePicture } from '../../../picture/floor.ts';

/** Size of the finest input (Ganapathy and Liew 2008); halved twice it is 10x14 and 5x7. */
export const seedWidth = 20;
export const seedHeight = 28;

/**
 * Grey level above which a pixel bounds the character: a quarter of full ink, so soft edges and noise do not bound it.
 */
const inkFloor = 64;

/**
 * Writes a picture's character as shares of full ink: cut out by its box, scaled with its proportions kept until it
 * fills the input's width or height, in the middle. The source says only that characters are cut out and scaled.
 * Proportions are kept here: a 1 stretched to the full width would look like a block.
 *
 * @param picture ink 255 on 0; one without ink gives zeros.
 * @param target receives `[28, 20]` numbers of 0..1.
 */
export function seedInput(picture: Picture, target: Float32Array): void {
  target.fill(0);
  const bounds = inkBounds(picture, inkFloor);
  if (bounds === undefined) return;
  const scale = Math.min(seedWidth / bounds.width, seedHeight / bounds.height);
  const width = Math.max(1, Math.round(bounds.width * scale));
  const height = Math.max(1, Math.round(bounds.height * scale));
  const { pixels } = resizePicture(cropPicture(picture, bounds), width, height);
  const left = (seedWidth - width) >> 1;
  const top = (seedHeight - height) >> 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) target[(top + y) * seedWidth + left + x] = pixels[y * width + x]! / 255;
  }
}

/**
 * The next coarser scale by grey averaging: each pixel is the mean of a block of 2x2.
 *
 * @param rows `[count, height, width]`, both extents even.
 * @returns `[count, height / 2, width / 2]`.
 */
export function coarsened(rows: Float32Array, width: number): Float32Array {
  const result = new Float32Array(rows.length / 4);
  const across = width / 2;
  // The pixel rows of all pictures lie one below the other; each has an even number of them, so no block reaches into
  // the next.
  for (let y = 0; y < result.length / across; y++) {
    for (let x = 0; x < across; x++) {
      const at = 2 * y * width + 2 * x;
      result[y * across + x] = (rows[at]! + rows[at + 1]! + rows[at + width]! + rows[at + width + 1]!) / 4;
    }
  }
  return result;
}
