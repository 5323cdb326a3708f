// Convolution as a blocked matrix product over packed weights and packed patches, in plain TypeScript. Sums are
// float64, which V8 computes natively; float32 sums by Math.fround ran at half the speed.

import { packDepthwise } from './depthwise.ts';
import type {
  Activation,
  Claim,
  ConvolutionWeights,
  ImageKernel,
  PackedConvolution,
  WindowGeometry,
} from './kernels.ts';
import { type Padder, padder } from './padder.ts';

// Four filters by three pixels: twelve sums leave four of the sixteen registers for operands. Of 2x2, 4x2, 2x4, 4x3,
// 4x4 and 8x1 it was the fastest (3.5 GMAC/s on 32 channels of 12x12, where 4x4 gave 3.2 and 2x2 gave 2.4; Node 20, Zen
// 5).
const filtersPerTile = 4;
const pixelsPerTile = 3;

// Patches of this many tiles are packed at a time: their copy stays in the second-level cache while all filters pass.
// 1, 8 and 32 ran alike on 16..32 channels; 8 re-reads large weights less often than 1 and takes little memory.
const tilesPerBlock = 8;

/**
 * Packs weights as `[filter block][tap][4]`, so that a tile reads them in order; groups of few filters go another way.
 */
export function packConvolution(weights: ConvolutionWeights, activation: Activation, claim: Claim): PackedConvolution {
  const { filters, channels, groups, kernelRows, kernelColumns, values, bias } = weights;
  const groupFilters = filters / groups;
  // With one or two filters a group, most of a tile would be padding.
  if (groups > 1 && groupFilters <= 2) return packDepthwise(weights, activation);
  const groupChannels = channels / groups;
  const depth = groupChannels * kernelRows * kernelColumns;
  const blocks = Math.ceil(groupFilters / filtersPerTile);
  claim(8 * groups * blocks * (depth + 1) * filtersPerTile);
  const packed = new Float64Array(groups * blocks * depth * filtersPerTile);
  const packedBias = new Float64Array(groups * blocks * filtersPerTile);
  for (let group = 0; group < groups; group++) {
    for (let filter = 0; filter < groupFilters; filter++) {
      const source = group * groupFilters + filter;
      const block = group * blocks + Math.floor(filter / filtersPerTile);
      const lane = filter % filtersPerTile;
      packedBias[block * filtersPerTile + lane] = bias[source]!;
      for (let tap = 0; tap < depth; tap++) {
        packed[(block * depth + tap) * filtersPerTile + lane] = values[source * depth + tap]!;
      }
    }
  }

  function bind(geometry: WindowGeometry): ImageKernel {
    const pad = padder(channels, geometry);
    const { outputRows, outputColumns } = geometry;
    const pixels = outputRows * outputColumns;
    const tiles = Math.ceil(pixels / pixelsPerTile);
    const taps = tapOffsets(groupChannels, geometry, pad);
    const corners = cornerOffsets(geometry, pad, tiles * pixelsPerTile);
    const patches = new Float64Array(Math.min(tiles, tilesPerBlock) * depth * pixelsPerTile);
    const imageSize = channels * geometry.rows * geometry.columns;
    const groupSize = groupChannels * pad.rows * pad.columns;
    const floor = activation === 'relu' ? 0 : -Infinity;
    return (batch, input, output) => {
      for (let image = 0; image < batch; image++) {
        const padded = pad.run(input, image * imageSize);
        for (let group = 0; group < groups; group++) {
          for (let tile = 0; tile < tiles; tile += tilesPerBlock) {
            const count = Math.min(tilesPerBlock, tiles - tile);
            packPatches(padded, pad.start(image * imageSize) + group * groupSize, taps, corners, tile, count, patches);
            const target = (image * filters + group * groupFilters) * pixels;
            multiply(
              packed,
              group * blocks * depth * filtersPerTile,
              packedBias,
              group * blocks * filtersPerTile,
              patches,
              depth,
              groupFilters,
              count,
              output,
              target,
              pixels,
              tile * pixelsPerTile,
              floor,
            );
          }
        }
      }
    };
  }
  return {
    scratchBytes(geometry) {
      const pixels = geometry.outputRows * geometry.outputColumns;
      const padded =
        (geometry.rows + geometry.padTop + geometry.padBottom) *
        (geometry.columns + geometry.padLeft + geometry.padRight);
      return 4 * channels * padded + 8 * depth * pixelsPerTile * tilesPerBlock + 4 * (pixels + 3) + 4 * depth;
    },
    bind,
  };
}

/** Distance of each tap from its window's corner, in the order of the weights. */
export function tapOffsets(channels: number, geometry: WindowGeometry, pad: Padder): Int32Array {
  const { kernelRows, kernelColumns, dilationRows, dilationColumns } = geometry;
  const taps = new Int32Array(channels * kernelRows * kernelColumns);
  let at = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < kernelRows; row++) {
      for (let column = 0; column < kernelColumns; column++) {
        taps[at++] = (channel * pad.rows + row * dilationRows) * pad.columns + column * dilationColumns;
      }
    }
  }
  return taps;
}

/** Position of each output pixel's window in the first channel; what fills up the last tile repeats the first pixel. */
export function cornerOffsets(geometry: WindowGeometry, pad: Padder, length: number): Int32Array {
  const corners = new Int32Array(length);
  const { outputRows, outputColumns, strideRows, strideColumns } = geometry;
  for (let row = 0; row < outputRows; row++) {
    for (let column = 0; column < outputColumns; column++) {
      corners[row * outputColumns + column] = row * strideRows * pad.columns + column * strideColumns;
    }
  }
  return corners;
}

function packPatches(
  image: Float32Array,
  start: number,
  taps: Int32Array,
  corners: Int32Array,
  firstTile: number,
  tiles: number,
  patches: Float64Array,
): void {
  let at = 0;
  const depth = taps.length;
  for (let tile = firstTile; tile < firstTile + tiles; tile++) {
    const corner0 = start + corners[tile * 3]!;
    const corner1 = start + corners[tile * 3 + 1]!;
    const corner2 = start + corners[tile * 3 + 2]!;
    for (let tap = 0; tap < depth; tap++) {
      const offset = taps[tap]!;
      patches[at] = image[corner0 + offset]!;
      patches[at + 1] = image[corner1 + offset]!;
      patches[at + 2] = image[corner2 + offset]!;
      at += 3;
    }
  }
}

function multiply(
  weights: Float64Array,
  weightStart: number,
  bias: Float64Array,
  biasStart: number,
  patches: Float64Array,
  depth: number,
  filters: number,
  tiles: number,
  output: Float32Array,
  outputStart: number,
  pixels: number,
  firstPixel: number,
  floor: number,
): void {
  for (let filter = 0; filter < filters; filter += 4) {
    const blockStart = weightStart + filter * depth;
    const bias0 = bias[biasStart + filter]!;
    const bias1 = bias[biasStart + filter + 1]!;
    const bias2 = bias[biasStart + filter + 2]!;
    const bias3 = bias[biasStart + filter + 3]!;
    for (let tile = 0; tile < tiles; tile++) {
      let w = blockStart;
      let x = tile * depth * 3;
      let s00 = bias0;
      let s01 = bias0;
      let s02 = bias0;
      let s10 = bias1;
      let s11 = bias1;
      let s12 = bias1;
      let s20 = bias2;
      let s21 = bias2;
      let s22 = bias2;
      let s30 = bias3;
      let s31 = bias3;
      let s32 = bias3;
      for (let tap = 0; tap < depth; tap++) {
        const w0 = weights[w]!;
        const w1 = weights[w + 1]!;
        const w2 = weights[w + 2]!;
        const w3 = weights[w + 3]!;
        const x0 = patches[x]!;
        s00 += w0 * x0;
        s10 += w1 * x0;
        s20 += w2 * x0;
        s30 += w3 * x0;
        const x1 = patches[x + 1]!;
        s01 += w0 * x1;
        s11 += w1 * x1;
        s21 += w2 * x1;
        s31 += w3 * x1;
        const x2 = patches[x + 2]!;
        s02 += w0 * x2;
        s12 += w1 * x2;
        s22 += w2 * x2;
        s32 += w3 * x2;
        w += 4;
        x += 3;
      }
      const pixel = firstPixel + tile * 3;
      const width = pixels - pixel;
      const height = filters - filter;
      const at = outputStart + filter * pixels + pixel;
      store(output, at, width, s00, s01, s02, floor);
      if (height > 1) store(output, at + pixels, width, s10, s11, s12, floor);
      if (height > 2) store(output, at + 2 * pixels, width, s20, s21, s22, floor);
      if (height > 3) store(output, at + 3 * pixels, width, s30, s31, s32, floor);
    }
  }
}

/** Writes up to three sums, each at least `floor`; NaN passes through, as it does in ONNX Runtime. */
function store(
  output: Float32Array,
  at: number,
  width: number,
  first: number,
  second: number,
  third: number,
  floor: number,
): void {
  output[at] = Math.max(first, floor);
  if (width > 1) output[at + 1] = Math.max(second, floor);
  if (width > 2) output[at + 2] = Math.max(third, floor);
}
