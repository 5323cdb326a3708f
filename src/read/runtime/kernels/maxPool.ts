// Maximum over a sliding window, in plain TypeScript. Pixels outside the image do not take part.
import type { ImageKernel, WindowGeometry } from './kernels.ts';

/** A kernel for one geometry; the usual window of 2x2 with stride 2 and no border has a loop of its own. */
export function maxPool(channels: number, geometry: WindowGeometry): ImageKernel {
  return isHalving(geometry) ? poolHalves(channels, geometry) : poolAny(channels, geometry);
}

/** Whether a window is the usual one of 2x2 with stride 2 and no border. */
export function isHalving(geometry: WindowGeometry): boolean {
  const { kernelRows, kernelColumns, strideRows, strideColumns, padTop, padLeft } = geometry;
  return (
    kernelRows === 2 &&
    kernelColumns === 2 &&
    strideRows === 2 &&
    strideColumns === 2 &&
    geometry.dilationRows === 1 &&
    geometry.dilationColumns === 1 &&
    padTop === 0 &&
    padLeft === 0 &&
    geometry.outputRows * 2 <= geometry.rows &&
    geometry.outputColumns * 2 <= geometry.columns
  );
}

function poolHalves(channels: number, geometry: WindowGeometry): ImageKernel {
  const { rows, columns, outputRows, outputColumns } = geometry;
  return (batch, input, output) => {
    let to = 0;
    for (let plane = 0; plane < batch * channels; plane++) {
      for (let row = 0; row < outputRows; row++) {
        let upper = (plane * rows + row * 2) * columns;
        let lower = upper + columns;
        for (let column = 0; column < outputColumns; column++) {
          const a = input[upper]!;
          const b = input[upper + 1]!;
          const c = input[lower]!;
          const d = input[lower + 1]!;
          const top = Math.max(a, b);
          const bottom = Math.max(c, d);
          output[to++] = Math.max(top, bottom);
          upper += 2;
          lower += 2;
        }
      }
    }
  };
}

function poolAny(channels: number, geometry: WindowGeometry): ImageKernel {
  const { rows, columns, kernelRows, kernelColumns, strideRows, strideColumns, dilationRows, dilationColumns } =
    geometry;
  const { padTop, padLeft, outputRows, outputColumns } = geometry;
  return (batch, input, output) => {
    let to = 0;
    for (let plane = 0; plane < batch * channels; plane++) {
      for (let row = 0; row < outputRows; row++) {
        for (let column = 0; column < outputColumns; column++) {
          let best = -Infinity;
          for (let tapRow = 0; tapRow < kernelRows; tapRow++) {
            const y = row * strideRows - padTop + tapRow * dilationRows;
            if (y < 0 || y >= rows) continue;
            const line = (plane * rows + y) * columns;
            for (let tapColumn = 0; tapColumn < kernelColumns; tapColumn++) {
              const x = column * strideColumns - padLeft + tapColumn * dilationColumns;
              if (x < 0 || x >= columns) continue;
              const value = input[line + x]!;
              if (value > best) best = value;
            }
          }
          output[to++] = best;
        }
      }
    }
  };
}
