// Gives an image the border of zeros that a convolution reads, so that its inner loops need no tests of position.
import type { WindowGeometry } from './kernels.ts';

/** An image with its border of zeros, or the input itself where there is no border. */
export interface Padder {
  readonly rows: number;
  readonly columns: number;
  /** Where the padded image begins in what `run` returns. */
  start(inputStart: number): number;
  run(input: Float32Array, inputStart: number): Float32Array;
}

/**
 * Copies an image into the middle of a buffer whose border stays zero.
 *
 * @param allocate makes the buffer, zeroed, where there is a border at all.
 */
export function padder(
  channels: number,
  geometry: WindowGeometry,
  allocate: (length: number) => Float32Array = (length) => new Float32Array(length),
): Padder {
  const { rows, columns, padTop, padLeft, padBottom, padRight } = geometry;
  if (padTop + padLeft + padBottom + padRight === 0) {
    return { rows, columns, start: (inputStart) => inputStart, run: (input) => input };
  }
  const paddedRows = rows + padTop + padBottom;
  const paddedColumns = columns + padLeft + padRight;
  const buffer = allocate(channels * paddedRows * paddedColumns);
  return {
    rows: paddedRows,
    columns: paddedColumns,
    start: () => 0,
    run(input, inputStart) {
      let from = inputStart;
      for (let channel = 0; channel < channels; channel++) {
        let to = (channel * paddedRows + padTop) * paddedColumns + padLeft;
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++) buffer[to + column] = input[from + column]!;
          from += columns;
          to += paddedColumns;
        }
      }
      return buffer;
    },
  };
}
