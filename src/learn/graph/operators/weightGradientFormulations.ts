// Ways to write the gradient of a convolution by its kernel in ONNX operators. All give the same numbers; which is fastest
// depends on the shape. `bench/formulations.ts` times them, `chooseWeightGradient` holds what was learned.
import type { Shape } from '../../../core/index.ts';
import type { OnnxBuilder } from '../onnxBuilder.ts';
import type { EmitCall } from '../operator.ts';
import type { ConvAttributes } from './convolution.ts';

/** The convolution, and the shape of the kernel whose gradient is asked for. */
export interface WeightGradientAttributes extends ConvAttributes {
  readonly kernelShape: Shape;
  /** A formulation by name, for tests and benchmarks; by default the rule decides. */
  readonly formulation?: WeightGradientFormulation;
}

/** Names of the formulations. */
export type WeightGradientFormulation = 'columns' | 'rows' | 'pixels' | 'taps' | 'swapped';

type Call = EmitCall<WeightGradientAttributes>;

/** One formulation, for convolutions in one group. */
export interface Formulation {
  /** Whether it can be used at all. */
  readonly fits: (attributes: WeightGradientAttributes) => boolean;
  readonly emit: (call: Call, onnx: OnnxBuilder) => void;
}

/** Every formulation by name. */
export const weightGradientFormulations: Readonly<Record<WeightGradientFormulation, Formulation>> = {
  columns: { fits: () => true, emit: emitColumns },
  rows: { fits: ({ stride }) => stride[0] === 1 && stride[1] === 1, emit: emitRows },
  pixels: { fits: () => true, emit: emitPixels },
  taps: { fits: () => true, emit: emitTaps },
  swapped: { fits: () => true, emit: emitSwapped },
};

/**
 * Pixels of a small image: at 3x3 and 5x5 the many short rows of `rows` cost more than `pixels`, which gathers whole
 * pixels; at 10x10 and above `rows` is ahead. Nothing between was measured.
 */
const smallImage = 25;

/** The fastest formulation that was measured for shapes like this one (`npm run bench -- formulations`). */
export function chooseWeightGradient(attributes: WeightGradientAttributes, dyShape: Shape): WeightGradientFormulation {
  const channels = attributes.kernelShape[1]!;
  // With one channel there is nothing to join or to gather: plain im2col is twice as fast as the others.
  if (channels === 1 || attributes.kernelShape[2] === 1 || !weightGradientFormulations.rows.fits(attributes))
    return 'columns';
  return channels >= 32 && dyShape[2]! * dyShape[3]! <= smallImage ? 'pixels' : 'rows';
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

/** For stride 1: copies shifted by columns are joined once as `[column * channel, row, batch, column]`; a product for every row of the kernel. */
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

/** im2col with channels innermost: patches are gathered pixel by pixel, all channels of one at once. */
function emitPixels({ inputs: [x, dy], outputs, attributes }: Call, onnx: OnnxBuilder): void {
  const [filters, channels, rows, columns] = attributes.kernelShape as readonly [number, number, number, number];
  const byPixel = onnx.call('Transpose', [x!.name], { perm: [0, 2, 3, 1] });
  const shifted = shiftedCopies(byPixel, [1, 2], dy!.shape, attributes, onnx);
  const patches = onnx.call('Reshape', [join(shifted, 3, onnx), onnx.integers([-1, rows * columns * channels])]);
  const errors = onnx.call('Transpose', [dy!.name], { perm: [0, 2, 3, 1] });
  const flat = onnx.call('Reshape', [errors, onnx.integers([-1, filters])]);
  finish(onnx.call('Gemm', [patches, flat], { transA: 1 }), outputs[0]!.name, attributes, onnx);
}

/** A matrix product for every tap of the kernel, and nothing joined before. */
function emitTaps({ inputs: [x, dy], outputs, attributes }: Call, onnx: OnnxBuilder): void {
  const [filters, channels] = attributes.kernelShape as readonly [number, number];
  const byChannel = onnx.call('Transpose', [x!.name], { perm: [1, 0, 2, 3] });
  const byFilter = onnx.call('Transpose', [dy!.name], { perm: [1, 0, 2, 3] });
  const errors = onnx.call('Reshape', [byFilter, onnx.integers([filters, -1])]);
  const products = shiftedCopies(byChannel, [2, 3], dy!.shape, attributes, onnx).map((copy) => {
    const pixels = onnx.call('Reshape', [copy, onnx.integers([channels, -1])]);
    return onnx.call('Gemm', [pixels, errors], { transB: 1 });
  });
  finish(join(products, 0, onnx), outputs[0]!.name, attributes, onnx);
}

/** A convolution of the image by dy with batch and channel exchanged; the forward stride becomes a dilation. */
function emitSwapped({ inputs: [x, dy], outputs, attributes }: Call, onnx: OnnxBuilder): void {
  const [, , rows, columns] = attributes.kernelShape as readonly [number, number, number, number];
  const byChannel = onnx.call('Transpose', [x!.name], { perm: [1, 0, 2, 3] });
  const byFilter = onnx.call('Transpose', [dy!.name], { perm: [1, 0, 2, 3] });
  const full = onnx.call('Conv', [byChannel, byFilter], { pads: attributes.pads, dilations: attributes.stride });
  // Where the stride did not divide evenly the result has rows and columns more than the kernel.
  const ends = [onnx.integers([0, 0]), onnx.integers([rows, columns]), onnx.integers([2, 3])];
  onnx.node('Transpose', [onnx.call('Slice', [full, ...ends])], [outputs[0]!.name], { perm: [1, 0, 2, 3] });
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

/** Zeros around rows and columns, wherever these axes stand in a tensor of four. */
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

/** For every tap of the kernel, in row-major order, the pixels that it meets: `x` padded, shifted and strided. */
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
