// Convolution on ONNX Runtime's blocked layout, written with its internal operators. Not a separate operator: conv2d
// and conv2dInputGradient are written with it where the engine has the layout.
//
// A blocked value holds [batch, channel / b, row, column, b]: b adjacent channels of a pixel, as wide as one or two
// vector registers (b is 16 with AVX-512, 8 with AVX2). ONNX Runtime itself uses it where weights are constant. Here
// they are not, so the graph reorders them, too. Layout of the weights: [filter / b, channel / b, row, column, b
// channels, b filters], or [filter / b, channel, row, column, b filters] for an image of fewer than b channels, which
// is not reordered. See MlasReorderFilterOIHWBiBo and OIHWBo in ONNX Runtime's mlas/lib/reorder.cpp.
import type { Shape } from '../../../core/floor.ts';
import type { OnnxBuilder } from '../onnxBuilder.ts';
import type { ConvAttributes } from './convolution.ts';
import type { Pads, Pair } from './window.ts';

/** Domain of ONNX Runtime's operators for the layout. */
export const blockedDomain = 'com.microsoft.nchwc';

/** A convolution in one group: image, kernel and result. */
export interface BlockedConvolution {
  readonly x: { readonly name: string; readonly shape: Shape };
  /**
   * `[filters, channels, rows, columns]`; turned: as in the forward convolution, `[channels, filters, rows, columns]`.
   */
  readonly kernel: { readonly name: string; readonly shape: Shape };
  /** Whether to turn the kernel by 180 degrees and exchange its first two axes, as the input's gradient needs. */
  readonly turned: boolean;
  readonly stride: Pair;
  readonly pads: Pads;
  readonly output: string;
}

/**
 * Lowest share of useful multiply-adds; the rest are of zeros that pad channels and filters.
 *
 * Speed relative to ONNX's Conv, blocks of 16, 3x3 on 14x14, batch 32, one thread of a Zen 4: no padding 1.3 to 1.7; 12
 * of 16 channels and filters 1.5; 40 of 48 both (0.69) 1.3; 20 of 32 both (0.39) 1.0; 17 of 32 both (0.28) 0.8.
 */
const leastShare = 0.4;
/**
 * Fewest multiply-adds per output: 1x1 of 16 channels (16) is 0.8 times as fast, since reordering costs more than it
 * saves; 5x5 of one channel (25) 1.1 times.
 */
const leastProducts = 25;

/**
 * Whether to write a convolution on the blocked layout: as requested, otherwise where it is faster, reordering both
 * ways included.
 */
export function choosesBlocked(
  filters: number,
  channels: number,
  { kernel, groups, layout }: ConvAttributes,
  blockSize: number | undefined,
): blockSize is number {
  if (blockSize === undefined || groups !== 1 || layout === 'plain') return false;
  if (layout === 'blocked') return true;
  const share = (filters / roundUp(filters, blockSize)) * (channels / blockedChannels(channels, blockSize));
  return share >= leastShare && kernel[0] * kernel[1] * channels >= leastProducts;
}

/** Adds the nodes: reorder the image and the kernel, convolve, reorder the result. */
export function emitBlockedConvolution(call: BlockedConvolution, blockSize: number, onnx: OnnxBuilder): void {
  const { x, kernel, turned, stride, pads, output } = call;
  const [first, second, rows, columns] = kernel.shape as readonly [number, number, number, number];
  const [filters, channels] = turned ? [second, first] : [first, second];
  const size = { filters, channels, taps: rows * columns, blockSize };
  const weights = turned ? turnedWeights(kernel.name, size, onnx) : forwardWeights(kernel.name, size, onnx);
  const shape = [roundUp(filters, blockSize), blockedChannels(channels, blockSize), rows, columns];
  const blocked = onnx.call(
    'Conv',
    [
      channels < blockSize ? x.name : reorderInput(x.name, x.shape, onnx),
      onnx.call('Reshape', [weights, onnx.integers(shape)]),
    ],
    { kernel_shape: [rows, columns], strides: stride, pads },
    blockedDomain,
  );
  onnx.node('ReorderOutput', [blocked], [output], { channels: filters }, blockedDomain);
}

interface Size {
  readonly filters: number;
  readonly channels: number;
  readonly taps: number;
  readonly blockSize: number;
}

/** `[filters, channels, taps]` to the blocked order. */
function forwardWeights(kernel: string, { filters, channels, taps, blockSize }: Size, onnx: OnnxBuilder): string {
  // One "image" with a channel for every filter: reordering it is a fast transpose that makes b filters adjacent.
  const image = [1, filters, 1, channels * taps];
  const byFilter = reorderInput(onnx.call('Reshape', [kernel, onnx.integers(image)]), image, onnx);
  if (channels < blockSize) return byFilter;
  const blocks = [roundUp(filters, blockSize) / blockSize, channels, taps, blockSize];
  const padded = padAxis(onnx.call('Reshape', [byFilter, onnx.integers(blocks)]), 1, blocks, blockSize, onnx);
  const split = [blocks[0]!, -1, blockSize, taps, blockSize];
  const rows = onnx.call('Reshape', [padded, onnx.integers(split)]);
  return onnx.call('Transpose', [rows], { perm: [0, 1, 3, 2, 4] });
}

/**
 * `[channels, filters, taps]` of the forward convolution to the blocked order of the transposed one, last tap first.
 */
function turnedWeights(kernel: string, { filters, channels, taps, blockSize }: Size, onnx: OnnxBuilder): string {
  const image = [channels, filters, 1, taps];
  const byFilter = reorderInput(onnx.call('Reshape', [kernel, onnx.integers(image)]), image, onnx);
  const blocks = [channels, roundUp(filters, blockSize) / blockSize, taps, blockSize];
  const backwards = onnx.integers(Array.from({ length: taps }, (_, tap) => taps - 1 - tap));
  const turned = onnx.call('Gather', [onnx.call('Reshape', [byFilter, onnx.integers(blocks)]), backwards], { axis: 2 });
  if (channels < blockSize) return onnx.call('Transpose', [turned], { perm: [1, 0, 2, 3] });
  const padded = padAxis(turned, 0, blocks, blockSize, onnx);
  const split = [-1, blockSize, ...blocks.slice(1)];
  const rows = onnx.call('Reshape', [padded, onnx.integers(split)]);
  return onnx.call('Transpose', [rows], { perm: [2, 0, 3, 1, 4] });
}

/**
 * From `[batch, channel, row, column]` to blocks. The operator fills the last block with zeros, but reads four channels
 * at a time.
 */
export function reorderInput(x: string, shape: Shape, onnx: OnnxBuilder): string {
  return onnx.call('ReorderInput', [padAxis(x, 1, shape, 4, onnx)], {}, blockedDomain);
}

/**
 * Channels that the convolution sees: whole blocks, except for an image of less than one block, which is not reordered.
 */
function blockedChannels(channels: number, blockSize: number): number {
  return channels < blockSize ? channels : roundUp(channels, blockSize);
}

/** Zeros at the end of an axis, up to a multiple. */
export function padAxis(x: string, axis: number, shape: Shape, multiple: number, onnx: OnnxBuilder): string {
  const missing = roundUp(shape[axis]!, multiple) - shape[axis]!;
  if (missing === 0) return x;
  const counts = new Array<number>(2 * shape.length).fill(0);
  counts[shape.length + axis] = missing;
  return onnx.call('Pad', [x, onnx.integers(counts)]);
}

/** The next multiple. */
export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
