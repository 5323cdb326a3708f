// Maximum pooling for the WebAssembly kernels: the usual halving of an image; all else is the plain one.
import type { ImageKernel, WindowGeometry } from './kernels.ts';
import { isHalving, maxPool } from './maxPool.ts';
import type { WasmFunctions } from './wasmFunctions.ts';

/** Below four columns a vector is not filled. */
const leastColumns = 4;

/** A kernel for one geometry; input and output must lie in the memory of `functions`. */
export function wasmMaxPool(functions: WasmFunctions, channels: number, geometry: WindowGeometry): ImageKernel {
  const { rows, columns, outputRows, outputColumns } = geometry;
  if (!isHalving(geometry) || outputColumns < leastColumns || channels === 0) return maxPool(channels, geometry);
  return (batch, input, output) =>
    functions.poolHalves(
      input.byteOffset,
      output.byteOffset,
      batch * channels,
      4 * rows * columns,
      4 * columns,
      outputRows,
      outputColumns,
    );
}
