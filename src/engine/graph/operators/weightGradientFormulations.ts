// Ways to write the gradient of a convolution by its kernel in ONNX operators. All give the same numbers; the fastest
// depends on the shape. `bench/training/formulations.ts` times them; `chooseWeightGradient` holds the results.
import type { Shape } from '../../../core/floor.ts';
import type { OnnxBuilder } from '../onnxBuilder.ts';
import type { EmitCall } from '../operator.ts';
import { emitBlockedWeightGradient } from './blockedWeightGradient.ts';
import type { ConvAttributes, WeightGradientAttributes, WeightGradientFormulation } from './convolution.ts';

type Call = EmitCall<WeightGradientAttributes>;

/** One formulation, for convolutions in one group. */
export interface Formulation {
  /** Whether it can be used on an engine with this block size. */
  readonly fits: (attributes: WeightGradientAttributes, blockSize: number | undefined) => boolean;
  readonly emit: (call: Call, onnx: OnnxBuilder) => void;
}

/** Every formulation by name. */
export const weightGradientFormulations: Readonly<Record<WeightGradientFormulation, Formulation>> = {
  columns: { fits: () => true, emit: emitColumns },
  rows: { fits: ({ stride }) => stride[0] === 1 && stride[1] === 1, emit: emitRows },
  pixels: { fits: () => true, emit: emitPixels },
  blocked: { fits: (_, blockSize) => blockSize !== undefined, emit: emitBlockedWeightGradient },
};

/**
 * Pixels of a small image: at 3x3 and 5x5 the many short rows of `rows` cost more than `pixels`, which gathers whole
 * pixels; at 10x10 and above `rows` is faster. Nothing in between was measured.
 */
const smallImage = 25;

/**
 * Fewest channels of `blocked`: at 1 and 3 it is 0.5 to 1.1 times as fast as `columns`, at 8 and above 1.1 to 2 times
 * as fast as all others. Measured with batches of 16 to 64 and images of 3x3 to 64x64 on one thread of a Zen 4.
 */
const fewestChannels = 8;

/**
 * Pixels of dy up to which `blocked` is faster for a batch of less than a block, whose pictures pass one at a time. At
 * 16x16 it is 1.2 times as fast as `rows`, at 24x24 0.87 times (batch 8, 256 and 128 channels and filters).
 */
const smallForOnePicture = 256;

/** The fastest measured formulation for shapes like this one (`npm run bench -- formulations`). */
export function chooseWeightGradient(
  attributes: WeightGradientAttributes,
  dyShape: Shape,
  blockSize: number | undefined,
): WeightGradientFormulation {
  const [filters, channels, rows, columns] = attributes.kernelShape as readonly [number, number, number, number];
  const pixels = dyShape[2]! * dyShape[3]!;
  // A single block of filters makes the multipliers wait for each other: no faster than `rows`. `blocked` saves shifted
  // copies, which a kernel of one tap does not need.
  const wide = channels >= fewestChannels && rows * columns > 1;
  if (blockSize !== undefined && wide && filters > blockSize) {
    if (dyShape[0]! >= blockSize || pixels <= smallForOnePicture) return 'blocked';
  }
  // One channel leaves nothing to join or gather: plain im2col is twice as fast as the others.
  if (channels === 1 || rows === 1 || !weightGradientFormulations.rows.fits(attributes, blockSize)) return 'columns';
  return channels >= 32 && pixels <= smallImage ? 'pixels' : 'rows';
}

/** im2col and one matrix product: every shifted copy of the image against dy, over all pixels of the batch at once. */
function emitColumns({ inputs: [x, dy], outputs, attributes }: Call, onnx: OnnxBuilder): void {
  const [filters, channels, rows, columns] = attributes.kernelShape as readonly [number, number, number, number];
  const byChannel = onnx.call('Transpose', [x!.name], { perm: [1, 0, 2, 3] });
  // rows * columns of [channel, batch, row, column]
  const shifted = shiftedCopies(byChannel, [2, 3], dy!.shape, attributes, onnx);
  const patches = onnx.call('Reshape', [join(shifted, 0, onnx), onnx.integers([rows * columns * channels, -1])]);
  const byFilter = onnx.call('Transpose', [dy!.name], { perm: [1, 0, 2, 3] });
  const errors = onnx.call('Reshape', [byFilter, onnx.integers([filters, -1])]);
  // Patches first: the product is tall, and ONNX Runtime's sgemm is 10 to 25 % faster on it than on its transpose.
  finish(onnx.call('Gemm', [patches, errors], { transB: 1 }), outputs[0]!.name, attributes, onnx);
}

/**
 * For stride 1: copies shifted by columns are joined once as `[column * channel, row, batch, column]`; a product for
 * every row of the kernel.
 */
function emitRows({ inputs: [x, dy], outputs, attributes }: Call, onnx: OnnxBuilder): void {
  const [filters, channels, rows, columns] = attributes.kernelShape as readonly [number, number, number, number];
  const [outRows, outColumns] = [dy!.shape[2]!, dy!.shape[3]!];
  const turned = onnx.call('Transpose', [x!.name], { perm: [1, 2, 0, 3] });
  const padded = padded4d(turned, [1, 3], attributes, onnx);
  const cut = (value: string, axis: number, start: number, length: number): string =>
    onnx.call('Slice', [value, onnx.integers([start]), onnx.integers([start + length]), onnx.integers([axis])]);
  const shifted = Array.from({ length: columns }, (_, j) => cut(padded, 3, j, outColumns));
  const joined = join(shifted, 0, onnx);
  const byFilter = onnx.call('Transpose', [dy!.name], { perm: [1, 2, 0, 3] });
  const errors = onnx.call('Reshape', [byFilter, onnx.integers([filters, -1])]);
  const products = Array.from({ length: rows }, (_, i) => {
    const patches = onnx.call('Reshape', [cut(joined, 1, i, outRows), onnx.integers([columns * channels, -1])]);
    return onnx.call('Gemm', [patches, errors], { transB: 1 }); // [column * channel, filter]
  });
  finish(join(products, 0, onnx), outputs[0]!.name, attributes, onnx);
}

/** im2col with channels innermost: patches are gathered pixel by pixel, with all channels of a pixel at once. */
function emitPixels({ inputs: [x, dy], outputs, attributes }: Call, onnx: OnnxBuilder): void {
  const [filters, channels, rows, columns] = attributes.kernelShape as readonly [number, number, number, number];
  const byPixel = onnx.call('Transpose', [x!.name], { perm: [0, 2, 3, 1] });
  const shifted = shiftedCopies(byPixel, [1, 2], dy!.shape, attributes, onnx);
  const patches = onnx.call('Reshape', [join(shifted, 3, onnx), onnx.integers([-1, rows * columns * channels])]);
  const errors = onnx.call('Transpose', [dy!.name], { perm: [0, 2, 3, 1] });
  const flat = onnx.call('Reshape', [errors, onnx.integers([-1, filters])]);
  finish(onnx.call('Gemm', [patches, flat], { transA: 1 }), outputs[0]!.name, attributes, onnx);
}

/** From `[tap * channel, filter]` to the kernel's own order. */
function finish(product: string, output: string, { kernelShape }: WeightGradientAttributes, onnx: OnnxBuilder): void {
  const [filters, channels, rows, columns] = kernelShape as readonly [number, number, number, number];
  const split = onnx.call('Reshape', [product, onnx.integers([rows, columns, channels, filters])]);
  onnx.node('Transpose', [split], [output], { perm: [3, 2, 0, 1] });
}

function join(values: readonly string[], axis: number, onnx: OnnxBuilder): string {
  return values.length === 1 ? values[0]! : onnx.call('Concat', values, { axis });
}

/** Zeros around rows and columns, at any position of these axes in a tensor of four. */
function padded4d(
  x: string,
  [rowAxis, columnAxis]: readonly [number, number],
  { pads }: ConvAttributes,
  onnx: OnnxBuilder,
): string {
  if (pads.every((count) => count === 0)) return x;
  const [top, left, bottom, right] = pads;
  const counts = new Array<number>(8).fill(0);
  [counts[rowAxis], counts[columnAxis], counts[4 + rowAxis], counts[4 + columnAxis]] = [top, left, bottom, right];
  return onnx.call('Pad', [x, onnx.integers(counts)]);
}

/** For every tap of the kernel, in row-major order, the pixels under it: `x` padded, shifted and strided. */
export function shiftedCopies(
  x: string,
  axes: readonly [number, number],
  dyShape: Shape,
  attributes: ConvAttributes,
  onnx: OnnxBuilder,
): string[] {
  const { kernel, stride } = attributes;
  const padded = padded4d(x, axes, attributes, onnx);
  const copies: string[] = [];
  for (let i = 0; i < kernel[0]; i++) {
    for (let j = 0; j < kernel[1]; j++) {
      const ends = [i + (dyShape[2]! - 1) * stride[0] + 1, j + (dyShape[3]! - 1) * stride[1] + 1];
      const bounds = [onnx.integers([i, j]), onnx.integers(ends), onnx.integers([...axes]), onnx.integers([...stride])];
      copies.push(onnx.call('Slice', [padded, ...bounds]));
    }
  }
  return copies;
}
