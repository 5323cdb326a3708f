// The Gaussian kernel between pictures and a fixed set of pictures, for the engine: squared distances are whole numbers and exact,
// so the kernel of two pictures is the same number in whichever order they are asked for.
import type { OnnxNode, OnnxTensor } from '../../../onnx/floor.ts';
import { type PictureRows, squaredNorms, transposed } from '../../parts/pictureRows.ts';
import { integers, plainNode, plainScalar } from '../../parts/plainGraph.ts';

/**
 * Nodes and constants that make `kernel` float32 `[batch, count]` of `images` uint8 `[batch, pixels]`:
 * `exp(-gamma |x - y|^2)`, pixels taken as shares of full ink, `|x - y|^2 = |x|^2 - 2 x.y + |y|^2` in int32.
 */
export function kernelNodes(
  columns: PictureRows,
  gamma: number,
): { readonly nodes: readonly OnnxNode[]; readonly initializers: readonly OnnxTensor[] } {
  const { count, pixels } = columns;
  return {
    nodes: [
      plainNode('Cast', ['images'], ['wide'], { to: { kind: 'int', value: 6 } }),
      plainNode('Mul', ['wide', 'wide'], ['squares']),
      plainNode('ReduceSum', ['squares', 'pixelAxis'], ['norms']),
      plainNode('MatMulInteger', ['images', 'columns'], ['products']),
      plainNode('Mul', ['products', 'two'], ['doubled']),
      plainNode('Sub', ['columnNorms', 'doubled'], ['partial']),
      plainNode('Add', ['partial', 'norms'], ['distances']),
      plainNode('Cast', ['distances'], ['floats'], { to: { kind: 'int', value: 1 } }),
      plainNode('Mul', ['floats', 'scale'], ['exponents']),
      plainNode('Exp', ['exponents'], ['kernel']),
    ],
    initializers: [
      integers('pixelAxis', 1),
      { name: 'two', type: 'int32', shape: [], data: Int32Array.of(2) },
      { name: 'columns', type: 'uint8', shape: [pixels, count], data: transposed(columns) },
      { name: 'columnNorms', type: 'int32', shape: [1, count], data: squaredNorms(columns) },
      plainScalar('scale', -gamma / 255 ** 2),
    ],
  };
}
