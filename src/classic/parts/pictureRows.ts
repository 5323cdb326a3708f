// Pictures as rows of a matrix of bytes, for distances between many pictures: in whole numbers, and so exact.
import { constant, type Tensor } from '../../engine/floor.ts';
import { type Samples, viewOf } from '../../samples/floor.ts';

/** Pictures, one per row. */
export interface PictureRows {
  readonly count: number;
  readonly pixels: number;
  /** `[count, pixels]`. */
  readonly images: Uint8Array;
}

/** Pictures as a constant of a graph, uint8 `[count, pixels]`. */
export function rowsConstant({ images, count, pixels }: PictureRows): Tensor {
  return constant(images, [count, pixels], 'uint8');
}

/**
 * The pictures at some positions of the data set behind some samples. @param indices positions in the data set itself.
 */
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
