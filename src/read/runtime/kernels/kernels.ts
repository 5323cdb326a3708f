// The hot loops of the runtime behind one interface, chosen when a network is loaded: plain TypeScript, or WebAssembly
// where the host has it. A kernel knows numbers and geometry; nodes, names and shapes rules stay with the operators.

/** Pays for bytes that are about to be allocated; throws when there are too many. */
export type Claim = (bytes: number) => void;

/** What is applied to each output in the same pass. */
export type Activation = 'none' | 'relu';

/** A window that slides over the rows and columns of an image; all extents in pixels, dilation 1 means none. */
export interface WindowGeometry {
  readonly rows: number;
  readonly columns: number;
  readonly kernelRows: number;
  readonly kernelColumns: number;
  readonly strideRows: number;
  readonly strideColumns: number;
  readonly dilationRows: number;
  readonly dilationColumns: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly padBottom: number;
  readonly padRight: number;
  readonly outputRows: number;
  readonly outputColumns: number;
}

/** Weights of a convolution, `[filters, channels / groups, kernelRows, kernelColumns]`. */
export interface ConvolutionWeights {
  readonly filters: number;
  readonly channels: number;
  readonly groups: number;
  readonly kernelRows: number;
  readonly kernelColumns: number;
  readonly values: Float32Array;
  /** `[filters]` */
  readonly bias: Float32Array;
}

/**
 * Computes `batch` images `[batch, channels, rows, columns]` into `[batch, filters or channels, outputRows,
 * outputColumns]`.
 */
export type ImageKernel = (batch: number, input: Float32Array, output: Float32Array) => void;

/** A convolution whose weights are packed; bound once for each geometry. */
export interface PackedConvolution {
  scratchBytes(geometry: WindowGeometry): number;
  bind(geometry: WindowGeometry): ImageKernel;
}

/** A dense layer whose weights are packed: `[rows, depth]` times `[depth, units]` plus bias. */
export interface PackedDense {
  run(rows: number, input: Float32Array, output: Float32Array): void;
}

/** One way of computing the heavy operators. */
export interface Kernels {
  readonly name: string;
  /** Kernels for one network, which they share with no other; left out where they keep nothing. */
  forNetwork?(): Kernels;
  /**
   * Called when all weights are packed and before the memory for a batch size is asked for: `bytes` is all that
   * `allocate` and `bind` will take together. What they gave before is taken back. Left out where memory comes from the
   * host.
   */
  reserve?(bytes: number): void;
  /** Memory for values that the kernels read and write; zeroed. */
  allocate(length: number): Float32Array;
  packConvolution(weights: ConvolutionWeights, activation: Activation, claim: Claim): PackedConvolution;
  /** @param weights `[depth, units]`, row-major. @param bias `[units]`. */
  packDense(
    weights: Float32Array,
    depth: number,
    units: number,
    bias: Float32Array,
    activation: Activation,
    claim: Claim,
  ): PackedDense;
  maxPool(channels: number, geometry: WindowGeometry): ImageKernel;
}
