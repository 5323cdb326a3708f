// The gradient of a convolution by its kernel, written as a convolution on ONNX Runtime's blocked layout (see
// blockedConvolution.ts). It convolves the image with dy, with batch and channel exchanged. A channel of the image
// becomes a picture with one "channel" per original picture. dy becomes the kernel, and the result is as large as the
// original kernel. No shifted copies are made, and every reordering moves whole blocks.
import { type Shape, sizeOf } from '../../../core/floor.ts';
import type { OnnxBuilder } from '../onnxBuilder.ts';
import type { EmitCall } from '../operator.ts';
import { blockedDomain, reorderInput, roundUp } from './blockedConvolution.ts';
import type { WeightGradientAttributes } from './convolution.ts';
import type { Pads } from './window.ts';

type Call = EmitCall<WeightGradientAttributes>;

/**
 * Most pixels of dy in one "channel". dy is the kernel here and passes through the second-level cache once for every
 * row of the result. 64 filters of b pictures take 4 KiB per pixel, half of 1 MiB at 128. 128 channels and filters,
 * 32x32, batch 16, one thread of a Zen 4: 26.1 ms with at most 128 pixels, 31.7 ms with 256, 26.1 ms with 64.
 */
const bandPixels = 128;

/**
 * Most numbers of dy in one convolution, which reads all of them for every channel of the image. Beyond a core's share
 * of the third-level cache, memory limits the speed. 16 MiB: 150 GFLOP/s, 8 MiB and less: 210 (same machine).
 */
const mostNumbers = 1 << 20;

/** Adds the nodes, for a convolution in one group; the forward stride becomes a dilation. */
export function emitBlockedWeightGradient(call: Call, onnx: OnnxBuilder): void {
  const [x, dy] = call.inputs;
  const counts = pictureCounts(x!.shape[0]!, sizeOf(dy!.shape.slice(1)), onnx.blockSize!);
  const parts = [x!, dy!].map((tensor) => splitPictures(tensor, counts, onnx));
  let sum: string | undefined;
  for (const index of counts.keys()) sum = convolve(parts[0]![index]!, parts[1]![index]!, call.attributes, sum, onnx);
  const byChannel = onnx.call('ReorderOutput', [sum!], { channels: dy!.shape[1]! }, blockedDomain);
  onnx.node('Transpose', [byChannel], [call.outputs[0]!.name], { perm: [1, 0, 2, 3] });
}

interface Value {
  readonly name: string;
  readonly shape: Shape;
}

/** Pictures of each convolution: whole blocks up to `mostNumbers`; the rest, less than a block, is separate. */
function pictureCounts(batch: number, numbersPerPicture: number, blockSize: number): number[] {
  const blocks = Math.max(1, Math.floor(mostNumbers / numbersPerPicture / blockSize));
  const counts: number[] = [];
  for (let left = batch; left > 0; left -= counts.at(-1)!) {
    counts.push(left < blockSize ? left : Math.min(blocks, Math.floor(left / blockSize)) * blockSize);
  }
  return counts;
}

function splitPictures({ name, shape }: Value, counts: readonly number[], onnx: OnnxBuilder): Value[] {
  const names = counts.length === 1 ? [name] : counts.map(() => onnx.fresh('pictures'));
  if (counts.length > 1) onnx.node('Split', [name, onnx.integers(counts)], names, { axis: 0 });
  return counts.map((count, index) => ({ name: names[index]!, shape: [count, ...shape.slice(1)] }));
}

/** The gradient of some pictures, blocked, added to `sum`. */
function convolve(
  x: Value,
  dy: Value,
  attributes: WeightGradientAttributes,
  sum: string | undefined,
  onnx: OnnxBuilder,
): string {
  const { kernel, stride } = attributes;
  const blockSize = onnx.blockSize!;
  const make = x.shape[0]! < blockSize ? smallBatch : wholeBlocks;
  const { image, weights, pictures, rows } = make(x, dy, attributes, blockSize, onnx);
  const columns = dy.shape[3]!;
  const extents = [(rows - 1) * stride[0] + kernel[0], (columns - 1) * stride[1] + kernel[1]];
  const filters = roundUp(dy.shape[1]!, blockSize);
  const operands = [
    onnx.call('Reshape', [image, onnx.integers([x.shape[1]!, pictures, ...extents])]),
    onnx.call('Reshape', [weights, onnx.integers([filters, pictures, rows, columns])]),
  ];
  if (sum !== undefined) operands.push('', sum); // no bias
  return onnx.call('Conv', operands, { kernel_shape: [rows, columns], dilations: stride }, blockedDomain);
}

/** The two operands of the convolution, in its order. */
interface Operands {
  readonly image: string;
  readonly weights: string;
  /** "Channels" that the convolution sums over: pictures, each once for every band. */
  readonly pictures: number;
  /** Rows of dy in a band. */
  readonly rows: number;
}

/** Fewer pictures than a block: they stay separate, and only the outer axes are exchanged. */
function smallBatch(
  x: Value,
  dy: Value,
  attributes: WeightGradientAttributes,
  blockSize: number,
  onnx: OnnxBuilder,
): Operands {
  const [top, left, bottom, right] = paddingOf(x.shape, dy.shape, attributes);
  const byChannel = onnx.call('Transpose', [x.name], { perm: [1, 0, 2, 3] });
  const image = pad(byChannel, [0, 0, top, left, 0, 0, bottom, right], onnx);
  const [pictures, , rows, columns] = dy.shape as readonly [number, number, number, number];
  const blocks = reorderInput(dy.name, dy.shape, onnx);
  const split = onnx.call('Reshape', [blocks, onnx.integers([pictures, -1, rows * columns * blockSize])]);
  return { image, weights: onnx.call('Transpose', [split], { perm: [1, 0, 2] }), pictures, rows };
}

/** Blocks of pictures; the image is cut into bands of rows, so that the active part of dy stays in the cache. */
function wholeBlocks(
  x: Value,
  dy: Value,
  attributes: WeightGradientAttributes,
  blockSize: number,
  onnx: OnnxBuilder,
): Operands {
  const { kernel, stride } = attributes;
  const [batch, channels, xRows, xColumns] = x.shape as readonly [number, number, number, number];
  const [dyRows, dyColumns] = [dy.shape[2]!, dy.shape[3]!];
  const [top, left, bottom, right] = paddingOf(x.shape, dy.shape, attributes);
  const groups = batch / blockSize;
  const rows = bandRows(dyRows, dyColumns);
  const bands = dyRows / rows;

  // Reordering a single picture with a channel for every picture makes b pictures adjacent.
  const flat = [1, batch, 1, sizeOf(x.shape.slice(1))];
  const sideBySide = reorderInput(onnx.call('Reshape', [x.name, onnx.integers(flat)]), flat, onnx);
  const apart = onnx.call('Reshape', [sideBySide, onnx.integers([groups, channels, xRows * xColumns * blockSize])]);
  const byChannel = groups === 1 ? apart : onnx.call('Transpose', [apart], { perm: [1, 0, 2] });
  const planes = onnx.call('Reshape', [byChannel, onnx.integers([channels * groups, xRows, xColumns, blockSize])]);
  let image = pad(planes, [0, top, left, 0, 0, bottom, right, 0], onnx);
  if (bands > 1) {
    const whole = [channels * groups, xRows + top + bottom, (xColumns + left + right) * blockSize];
    const reach = (rows - 1) * stride[0] + kernel[0];
    const rowOf = (i: number): number => Math.floor(i / reach) * rows * stride[0] + (i % reach);
    const taken = onnx.integers(Array.from({ length: bands * reach }, (_, i) => rowOf(i)));
    image = onnx.call('Gather', [onnx.call('Reshape', [image, onnx.integers(whole)]), taken], { axis: 1 });
  }

  const blocks = reorderInput(dy.name, dy.shape, onnx);
  const split = [groups, blockSize, -1, bands, rows * dyColumns, blockSize];
  const weights = onnx.call('Transpose', [onnx.call('Reshape', [blocks, onnx.integers(split)])], {
    perm: [2, 0, 3, 4, 1, 5],
  });
  return { image, weights, pictures: batch * bands, rows };
}

/** The most rows that divide them all and stay within `bandPixels`. */
function bandRows(rows: number, columns: number): number {
  for (let count = rows; count > 1; count--) if (rows % count === 0 && count * columns <= bandPixels) return count;
  return 1;
}

/**
 * Rows and columns of zeros around the image. The number at the end may be negative: it crops what no window reaches.
 */
function paddingOf(x: Shape, dy: Shape, { kernel, stride, pads: [top, left] }: WeightGradientAttributes): Pads {
  const bottom = (dy[2]! - 1) * stride[0] + kernel[0] - x[2]! - top;
  const right = (dy[3]! - 1) * stride[1] + kernel[1] - x[3]! - left;
  return [top, left, bottom, right];
}

function pad(x: string, counts: readonly number[], onnx: OnnxBuilder): string {
  return counts.every((count) => count === 0) ? x : onnx.call('Pad', [x, onnx.integers(counts)]);
}
