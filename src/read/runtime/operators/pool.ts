// What MaxPool and AveragePool share: the window, the shape rule, and what of both is not honoured.
import type { ImageKernel, WindowGeometry } from '../kernels/kernels.ts';
import type { NodeReader } from '../nodeReader.ts';
import type { Operator, PrepareContext } from '../operator.ts';
import { imageShape, readWindow, windowAttributes } from './window.ts';

/** A pooling operator from what makes its kernel; ceil_mode 1 is refused. */
export function poolOperator(
  attributes: readonly string[],
  kernelOf: (node: NodeReader, context: PrepareContext) => (channels: number, geometry: WindowGeometry) => ImageKernel,
): Operator {
  return {
    attributes: [...windowAttributes, 'ceil_mode', ...attributes],
    prepare(node, context) {
      node.demandInt('ceil_mode', 0);
      if ((node.node.outputs[1] ?? '') !== '') throw node.unsupported('the output of indices');
      const window = readWindow(node);
      const bindKernel = kernelOf(node, context);
      return {
        plan(inputs) {
          const shape = node.floatShape(inputs, 0);
          const [batch, channels] = imageShape(node, shape);
          const geometry = window.geometry(shape);
          const { kernelRows, kernelColumns, padTop, padLeft, padBottom, padRight, outputRows, outputColumns } =
            geometry;
          // A window that lies in the border alone would have no value.
          const reachRows = (kernelRows - 1) * geometry.dilationRows + 1;
          const reachColumns = (kernelColumns - 1) * geometry.dilationColumns + 1;
          if (Math.max(padTop, padBottom) >= reachRows || Math.max(padLeft, padRight) >= reachColumns) {
            throw node.unsupported('a border as wide as the window');
          }
          return {
            outputs: [{ shape: [batch, channels, outputRows, outputColumns], type: 'float32' }],
            work: batch * channels * outputRows * outputColumns * kernelRows * kernelColumns,
            bind() {
              const run = bindKernel(channels, geometry);
              return (values, results) => run(batch, values[0] as Float32Array, results[0] as Float32Array);
            },
          };
        },
      };
    },
  };
}
