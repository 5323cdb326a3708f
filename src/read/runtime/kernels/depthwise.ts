// Convolution with one or two filters a group (depthwise): no sums are shared between filters there, so tiles would be
// mostly padding. One pass over the output per filter, four pixels of a row at a time.
import type { Activation, ConvolutionWeights, PackedConvolution } from './kernels.ts';
import { padder } from './padder.ts';

/** Keeps the weights as they are; the padding that `convolution.ts` packs is not needed. */
export function packDepthwise(weights: ConvolutionWeights, activation: Activation): PackedConvolution {
  const { filters, channels, groups, kernelRows, kernelColumns, values, bias } = weights;
  const groupFilters = filters / groups;
  const groupChannels = channels / groups;
  const floor = activation === 'relu' ? 0 : -Infinity;
  return {
    scratchBytes: (geometry) =>
      4 *
      channels *
      (geometry.rows + geometry.padTop + geometry.padBottom) *
      (geometry.columns + geometry.padLeft + geometry.padRight),
    bind(geometry) {
      const { rows, columns, outputRows, outputColumns } = geometry;
      const { strideRows, strideColumns, dilationRows, dilationColumns } = geometry;
      const pad = padder(channels, geometry);
      const plane = pad.rows * pad.columns;
      const size = channels * rows * columns;
      const stride2 = 2 * strideColumns;
      const stride3 = 3 * strideColumns;
      return (batch, input, output) => {
        let to = 0;
        for (let image = 0; image < batch; image++) {
          const padded = pad.run(input, image * size);
          const start = pad.start(image * size);
          for (let filter = 0; filter < filters; filter++) {
            const firstChannel = Math.floor(filter / groupFilters) * groupChannels;
            for (let row = 0; row < outputRows; row++) {
              for (let column = 0; column < outputColumns; column += 4) {
                // A row's last group may reach past its end: it then computes pixels that are not written.
                let s0 = bias[filter]!;
                let s1 = s0;
                let s2 = s0;
                let s3 = s0;
                let w = filter * groupChannels * kernelRows * kernelColumns;
                for (let channel = 0; channel < groupChannels; channel++) {
                  let line = start + (firstChannel + channel) * plane + row * strideRows * pad.columns;
                  line += column * strideColumns;
                  for (let tapRow = 0; tapRow < kernelRows; tapRow++) {
                    let x = line;
                    for (let tapColumn = 0; tapColumn < kernelColumns; tapColumn++) {
                      const weight = values[w++]!;
                      s0 += weight * padded[x]!;
                      s1 += weight * padded[x + strideColumns]!;
                      s2 += weight * padded[x + stride2]!;
                      s3 += weight * padded[x + stride3]!;
                      x += dilationColumns;
                    }
                    line += dilationRows * pad.columns;
                  }
                }
                const left = outputColumns - column;
                output[to] = Math.max(s0, floor);
                if (left > 1) output[to + 1] = Math.max(s1, floor);
                if (left > 2) output[to + 2] = Math.max(s2, floor);
                if (left > 3) output[to + 3] = Math.max(s3, floor);
                to += Math.min(4, left);
              }
            }
          }
        }
      };
    },
  };
}
