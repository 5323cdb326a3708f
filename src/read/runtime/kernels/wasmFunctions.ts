// What the WebAssembly module of the kernels exports, as TypeScript sees it. The module itself is in wasmCode.ts.

/**
 * What the module exports; addresses and strides in bytes, the rest counts. Weights and bias in blocks of eight
 * filters.
 */
export interface WasmFunctions {
  /** `output[f, p] = max(floor, bias[f] + sum over t of weights[f, t] * input[corners[p] + taps[t]])` */
  convolution(
    weights: number,
    bias: number,
    depth: number,
    filters: number,
    input: number,
    pixels: number,
    output: number,
    taps: number,
    corners: number,
    filterStride: number,
    floor: number,
  ): void;
  /** `output[r, u] = max(floor, bias[u] + sum over t of weights[u, t] * input[r, t])` */
  dense(
    weights: number,
    bias: number,
    depth: number,
    units: number,
    input: number,
    rows: number,
    output: number,
    rowStride: number,
    floor: number,
  ): void;
  /** Maximum over windows of 2 x 2; `rows` and `columns` of the output, at least four columns. */
  poolHalves(
    input: number,
    output: number,
    planes: number,
    planeStride: number,
    rowStride: number,
    rows: number,
    columns: number,
  ): void;
}
