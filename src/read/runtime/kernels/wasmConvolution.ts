// Convolution for the WebAssembly kernels: packs weights, and binds a geometry by two tables, where each output pixel's
// window begins and where each tap lies in it. No patches are packed: a pixel is spread over the lanes of eight
// filters, so that its neighbours need not lie beside it, and any stride and dilation runs at the same speed.
import { cornerOffsets, tapOffsets } from './convolution.ts';
import { packDepthwise } from './depthwise.ts';
import type { Activation, Claim, ConvolutionWeights, PackedConvolution } from './kernels.ts';
import { padder } from './padder.ts';
import { packBlocks } from './wasmBlocks.ts';
import type { WasmFunctions } from './wasmFunctions.ts';
import { roundedBytes, type WasmMemory } from './wasmMemory.ts';

/** Packs weights as `[group][filter block][tap][8]`; input and output must lie in `memory`. */
export function packWasmConvolution(
  functions: WasmFunctions,
  memory: WasmMemory,
  weights: ConvolutionWeights,
  activation: Activation,
  claim: Claim,
): PackedConvolution {
  const { filters, channels, groups, kernelRows, kernelColumns, values, bias } = weights;
  const groupFilters = filters / groups;
  // With one or two filters a group, most of a tile would be padding.
  if (groups > 1 && groupFilters <= 2) return packDepthwise(weights, activation);
  const groupChannels = channels / groups;
  const depth = groupChannels * kernelRows * kernelColumns;
  const packed = Array.from({ length: groups }, (_, group) => {
    const first = group * groupFilters;
    return packBlocks(
      memory,
      claim,
      groupFilters,
      depth,
      bias,
      first,
      (filter, tap) => values[(first + filter) * depth + tap]!,
    );
  });
  const floor = activation === 'relu' ? 0 : -Infinity;
  return {
    scratchBytes({ rows, columns, padTop, padLeft, padBottom, padRight, outputRows, outputColumns }) {
      const border = padTop + padLeft + padBottom + padRight;
      const padded = border === 0 ? 0 : channels * (rows + padTop + padBottom) * (columns + padLeft + padRight);
      return roundedBytes(4 * padded) + roundedBytes(4 * outputRows * outputColumns) + roundedBytes(4 * depth);
    },
    bind(geometry) {
      const { rows, columns, outputRows, outputColumns } = geometry;
      const pixels = outputRows * outputColumns;
      const pad = padder(channels, geometry, (length) => memory.floats(memory.take(4 * length), length));
      const bytes = (offset: number): number => 4 * offset;
      const taps = memory.take(4 * depth);
      memory.integers(taps, depth).set(tapOffsets(groupChannels, geometry, pad).map(bytes));
      const corners = memory.take(4 * pixels);
      memory.integers(corners, pixels).set(cornerOffsets(geometry, pad, pixels).map(bytes));
      const imageSize = channels * rows * columns;
      const groupBytes = 4 * groupChannels * pad.rows * pad.columns;
      return (batch, input, output) => {
        for (let image = 0; image < batch; image++) {
          const from = pad.run(input, image * imageSize).byteOffset + 4 * pad.start(image * imageSize);
          for (let group = 0; group < groups; group++) {
            functions.convolution(
              packed[group]!.weights,
              packed[group]!.bias,
              depth,
              groupFilters,
              from + group * groupBytes,
              pixels,
              output.byteOffset + 4 * (image * filters + group * groupFilters) * pixels,
              taps,
              corners,
              4 * pixels,
              floor,
            );
          }
        }
      };
    },
  };
}
