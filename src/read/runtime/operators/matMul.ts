// MatMul: matrix product, batched over leading axes. The usual case, a constant matrix on the right, uses packed
// weights.
import { broadcastShapes, formatShape, ShapeError, sizeOf } from '../../../core/floor.ts';
import type { NodeReader } from '../nodeReader.ts';
import type { Operator, PrepareContext, PreparedNode } from '../operator.ts';
import { addProduct } from './matrixProduct.ts';

/** `y = a b`, as numpy.matmul; a bias of the last axis comes only from the runtime's own fusion. */
export const matMul: Operator = {
  attributes: [],
  prepare(node, context) {
    const right = node.constant(1);
    const constantLeft = node.constant(0) !== undefined;
    return right !== undefined && right.shape.length === 2 && !constantLeft
      ? packedProduct(node, context)
      : computedProduct(node, context);
  },
};

function packedProduct(node: NodeReader, { kernels, activation, bias, claim }: PrepareContext): PreparedNode {
  const right = node.floatConstant(1, 'weights');
  const [depth, units] = right.shape as [number, number];
  const packed = kernels.packDense(right.data, depth, units, bias ?? new Float32Array(units), activation, claim);
  return {
    plan(inputs) {
      const shape = node.floatShape(inputs, 0);
      if (shape.length === 0 || shape[shape.length - 1] !== depth) throw node.misfit(`[..., ${depth}]`, shape);
      const rows = sizeOf(shape.slice(0, -1));
      return {
        outputs: [{ shape: [...shape.slice(0, -1), units], type: 'float32' }],
        work: rows * depth * units,
        bind: () => (values, results) => packed.run(rows, values[0] as Float32Array, results[0] as Float32Array),
      };
    },
  };
}

function computedProduct(node: NodeReader, { activation, bias }: PrepareContext): PreparedNode {
  if (activation !== 'none' || bias !== undefined) throw node.unsupported('a fused product of computed matrices');
  return {
    plan(inputs) {
      const leftShape = node.floatShape(inputs, 0);
      const rightShape = node.floatShape(inputs, 1);
      if (leftShape.length === 0 || rightShape.length === 0) throw node.misfit('matrices', leftShape);
      const left = leftShape.length === 1 ? [1, ...leftShape] : leftShape;
      const right = rightShape.length === 1 ? [...rightShape, 1] : rightShape;
      const [rows, depth] = left.slice(-2) as [number, number];
      const [rightDepth, columns] = right.slice(-2) as [number, number];
      if (depth !== rightDepth) {
        throw new ShapeError(
          `${node.what}: shapes ${formatShape(leftShape)} and ${formatShape(rightShape)} do not multiply`,
        );
      }
      const leading = broadcastShapes(left.slice(0, -2), right.slice(0, -2), node.what);
      const leftStarts = matrixStarts(left.slice(0, -2), leading, rows * depth);
      const rightStarts = matrixStarts(right.slice(0, -2), leading, depth * columns);
      const shape = [...leading];
      if (leftShape.length > 1) shape.push(rows);
      if (rightShape.length > 1) shape.push(columns);
      const count = sizeOf(leading);
      return {
        outputs: [{ shape, type: 'float32' }],
        work: count * rows * depth * columns,
        bind: () => (values, results) => {
          const output = results[0] as Float32Array;
          output.fill(0);
          for (let at = 0; at < count; at++) {
            addProduct(
              values[0] as Float32Array,
              leftStarts(at),
              depth,
              1,
              values[1] as Float32Array,
              rightStarts(at),
              columns,
              1,
              output,
              at * rows * columns,
              rows,
              depth,
              columns,
              1,
            );
          }
        },
      };
    },
  };
}

/** Where the matrix for each place of the broadcast leading axes begins. */
function matrixStarts(own: readonly number[], leading: readonly number[], size: number): (index: number) => number {
  return (index) => {
    let rest = index;
    let start = 0;
    let stride = size;
    for (let axis = leading.length - 1; axis >= 0; axis--) {
      const place = rest % leading[axis]!;
      rest = Math.floor(rest / leading[axis]!);
      const extent = own[axis - leading.length + own.length] ?? 1;
      if (extent !== 1) start += place * stride;
      stride *= extent;
    }
    return start;
  };
}
