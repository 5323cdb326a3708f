// A plain matrix product for operands that are computed at run time; constant weights go through the packed kernel
// instead.

/** Adds `scale * left * right` to `output`; `[rows, depth]` times `[depth, columns]`, each from its own start. */
export function addProduct(
  left: Float32Array,
  leftStart: number,
  leftRowStride: number,
  leftDepthStride: number,
  right: Float32Array,
  rightStart: number,
  rightDepthStride: number,
  rightColumnStride: number,
  output: Float32Array,
  outputStart: number,
  rows: number,
  depth: number,
  columns: number,
  scale: number,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      let l = leftStart + row * leftRowStride;
      let r = rightStart + column * rightColumnStride;
      for (let k = 0; k < depth; k++) {
        sum += left[l]! * right[r]!;
        l += leftDepthStride;
        r += rightDepthStride;
      }
      const at = outputStart + row * columns + column;
      output[at] = output[at]! + scale * sum;
    }
  }
}
