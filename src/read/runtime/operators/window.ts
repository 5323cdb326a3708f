// The sliding window that convolution and pooling share: reads strides, pads, dilations and auto_pad from a node and
// works out where windows lie for an image's size. Two spatial axes, rows and columns.
import type { WindowGeometry } from '../kernels/kernels.ts';
import type { NodeReader } from '../nodeReader.ts';

/** Attributes that `readWindow` honours. */
export const windowAttributes: readonly string[] = ['auto_pad', 'dilations', 'kernel_shape', 'pads', 'strides'];

/** Largest stride, dilation, pad or kernel extent, far beyond any picture here, so that products stay exact. */
const largestExtent = 2 ** 20;

/** A window before the image's size is known. */
export interface Window {
  /** @throws {ShapeError} when the image is smaller than the window. */
  geometry(shape: readonly number[]): WindowGeometry;
}

/** @param kernelShape rows and columns of the kernel, where the weights say them. */
export function readWindow(node: NodeReader, kernelShape?: readonly number[]): Window {
  const kernel = list(node, 'kernel_shape', 2, 1, kernelShape);
  if (kernelShape !== undefined && (kernel[0] !== kernelShape[0] || kernel[1] !== kernelShape[1])) {
    throw node.misfit(`weights with a kernel of ${kernel.join(' x ')}`, kernelShape);
  }
  const strides = list(node, 'strides', 2, 1, [1, 1]);
  const dilations = list(node, 'dilations', 2, 1, [1, 1]);
  const pads = list(node, 'pads', 4, 0, [0, 0, 0, 0]);
  const autoPad = node.string('auto_pad', 'NOTSET');
  if (!['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'].includes(autoPad)) {
    throw node.unsupported(`attribute auto_pad = ${autoPad}`);
  }

  function along(extent: number, axis: 0 | 1): { before: number; after: number; outputs: number } {
    const reach = (kernel[axis]! - 1) * dilations[axis]! + 1;
    const stride = strides[axis]!;
    if (autoPad === 'SAME_UPPER' || autoPad === 'SAME_LOWER') {
      const outputs = Math.ceil(extent / stride);
      const total = Math.max(0, (outputs - 1) * stride + reach - extent);
      const less = Math.floor(total / 2);
      const more = total - less;
      return autoPad === 'SAME_UPPER' ? { before: less, after: more, outputs } : { before: more, after: less, outputs };
    }
    const before = autoPad === 'VALID' ? 0 : pads[axis]!;
    const after = autoPad === 'VALID' ? 0 : pads[axis + 2]!;
    return { before, after, outputs: Math.floor((extent + before + after - reach) / stride) + 1 };
  }

  return {
    geometry(shape) {
      const [, , rows, columns] = shape as [number, number, number, number];
      const vertical = along(rows, 0);
      const horizontal = along(columns, 1);
      if (!(vertical.outputs >= 1 && horizontal.outputs >= 1)) {
        throw node.misfit(`an image that a kernel of ${kernel.join(' x ')} fits into`, shape);
      }
      return {
        rows,
        columns,
        kernelRows: kernel[0]!,
        kernelColumns: kernel[1]!,
        strideRows: strides[0]!,
        strideColumns: strides[1]!,
        dilationRows: dilations[0]!,
        dilationColumns: dilations[1]!,
        padTop: vertical.before,
        padLeft: horizontal.before,
        padBottom: vertical.after,
        padRight: horizontal.after,
        outputRows: vertical.outputs,
        outputColumns: horizontal.outputs,
      };
    },
  };
}

/** The shape as `[batch, channels, rows, columns]`, refused when it has other than four axes. */
export function imageShape(node: NodeReader, shape: readonly number[]): readonly [number, number, number, number] {
  if (shape.length !== 4) throw node.misfit('[batch, channels, rows, columns]', shape);
  return shape as unknown as readonly [number, number, number, number];
}

function list(
  node: NodeReader,
  name: string,
  length: number,
  least: number,
  otherwise: readonly number[] | undefined,
): readonly number[] {
  const values = node.ints(name) ?? otherwise;
  if (values === undefined) throw node.unsupported(`a missing attribute ${name}`);
  if (values.length !== length) {
    throw node.unsupported(
      `attribute ${name} = [${values.slice(0, 8).join(', ')}]; only windows over rows and columns are`,
    );
  }
  for (const value of values) {
    if (!(value >= least && value <= largestExtent)) {
      throw node.unsupported(`attribute ${name} = [${values.join(', ')}]; only ${least}..${largestExtent} is`);
    }
  }
  return values;
}
