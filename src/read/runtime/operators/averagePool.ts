// AveragePool: the mean under a sliding window; whether the border counts is the node's choice.
import type { WindowGeometry } from '../kernels/kernels.ts';
import type { Operator } from '../operator.ts';
import { poolOperator } from './pool.ts';

/**
 * `y = sum of x under the window / count`; count is of pixels inside the image, or with count_include_pad of all taps.
 */
export const averagePool: Operator = poolOperator(['count_include_pad'], (node) => {
  const includePad = node.int('count_include_pad', 0) !== 0;
  return (channels, geometry) => {
    const rowTaps = tapsInside(geometry, 'rows');
    const columnTaps = tapsInside(geometry, 'columns');
    const { rows, columns, dilationRows, dilationColumns, outputRows, outputColumns } = geometry;
    const allTaps = geometry.kernelRows * geometry.kernelColumns;
    return (batch, input, output) => {
      let to = 0;
      for (let plane = 0; plane < batch * channels; plane++) {
        for (let row = 0; row < outputRows; row++) {
          const firstRow = rowTaps[row * 2]!;
          const rowCount = rowTaps[row * 2 + 1]!;
          for (let column = 0; column < outputColumns; column++) {
            const firstColumn = columnTaps[column * 2]!;
            const columnCount = columnTaps[column * 2 + 1]!;
            let sum = 0;
            for (let y = 0; y < rowCount; y++) {
              let at = (plane * rows + firstRow + y * dilationRows) * columns + firstColumn;
              for (let x = 0; x < columnCount; x++) {
                sum += input[at]!;
                at += dilationColumns;
              }
            }
            output[to++] = sum / (includePad ? allTaps : rowCount * columnCount);
          }
        }
      }
    };
  };
});

/** For each output along one axis, the first position inside the image and how many taps lie inside: pairs. */
function tapsInside(geometry: WindowGeometry, axis: 'rows' | 'columns'): Int32Array {
  const [extent, outputs, kernel, stride, dilation, pad] =
    axis === 'rows'
      ? [
          geometry.rows,
          geometry.outputRows,
          geometry.kernelRows,
          geometry.strideRows,
          geometry.dilationRows,
          geometry.padTop,
        ]
      : [
          geometry.columns,
          geometry.outputColumns,
          geometry.kernelColumns,
          geometry.strideColumns,
          geometry.dilationColumns,
          geometry.padLeft,
        ];
  const pairs = new Int32Array(outputs * 2);
  for (let output = 0; output < outputs; output++) {
    const start = output * stride - pad;
    const skipped = start < 0 ? Math.ceil(-start / dilation) : 0;
    const last = Math.min(kernel - 1, Math.floor((extent - 1 - start) / dilation));
    pairs[output * 2] = start + skipped * dilation;
    pairs[output * 2 + 1] = Math.max(0, last - skipped + 1);
  }
  return pairs;
}
