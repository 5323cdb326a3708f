// Pictures as rows of a matrix of bytes: what distances between many pictures are computed from, as whole numbers and so exactly.
import { type Samples, viewOf } from '../../samples/floor.ts';

/** Pictures, one a row. */
export interface PictureRows {
  readonly count: number;
  readonly pixels: number;
  /** `[count, pixels]`. */
  readonly images: Uint8Array;
}

/** Pictures of more pixels (181 x 181) have squared distances that int32 does not hold. */
export const mostRowPixels: number = Math.floor((2 ** 31 - 1) / 255 ** 2);

/** The pictures at some positions of the data set behind some samples. @param indices positions in the data set itself. */
export function pictureRows(samples: Samples, indices: ArrayLike<number>): PictureRows {
  const { dataset } = viewOf(samples);
  const pixels = dataset.width * dataset.height;
  const images = new Uint8Array(indices.length * pixels);
  for (let row = 0; row < indices.length; row++) {
    const from = indices[row]! * pixels;
    images.set(dataset.images.subarray(from, from + pixels), row * pixels);
  }
  return { count: indices.length, pixels, images };
}

/** The positions in the data set of the samples of each class, in their order. */
export function indicesByClass(samples: Samples): number[][] {
  const { dataset, indices } = viewOf(samples);
  const byClass = dataset.labels.map((): number[] => []);
  for (const index of indices) byClass[dataset.targets[index]!]!.push(index);
  return byClass;
}

/** `[pixels, count]`: the right side of a matrix product has one picture a column. */
export function transposed({ images, count, pixels }: PictureRows): Uint8Array {
  const result = new Uint8Array(images.length);
  for (let row = 0; row < count; row++) {
    for (let pixel = 0; pixel < pixels; pixel++) result[pixel * count + row] = images[row * pixels + pixel]!;
  }
  return result;
}

/** `|x|^2` of each row, `[count]`. */
export function squaredNorms({ images, count, pixels }: PictureRows): Int32Array {
  const norms = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    for (let i = row * pixels; i < (row + 1) * pixels; i++) norms[row]! += images[i]! * images[i]!;
  }
  return norms;
}
