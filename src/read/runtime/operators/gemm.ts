// Gemm: general matrix product with a bias that broadcasts. The usual case, constant weights and bias, uses packed
// weights.
import { broadcastShapes, formatShape, ShapeError, sameShape } from '../../../core/floor.ts';
import type { NodeReader } from '../nodeReader.ts';
import type { Operator, PrepareContext, PreparedNode } from '../operator.ts';
import { broadcastStrides } from './broadcast.ts';
import { addProduct } from './matrixProduct.ts';

/** `y = alpha a' b' + beta c`, where ' transposes if the node says so; a `[rows, depth]`, b `[depth, units]`. */
export const gemm: Operator = {
  attributes: ['alpha', 'beta', 'transA', 'transB'],
  prepare(node, context) {
    const weights = node.constant(1);
    const bias = node.constant(2);
    const usual =
      weights !== undefined &&
      node.constant(0) === undefined &&
      weights.shape.length === 2 &&
      node.int('transA', 0) === 0 &&
      (!node.hasInput(2) || (bias !== undefined && isRow(bias.shape, weights.shape[node.int('transB', 0) ? 0 : 1]!)));
    return usual ? packedGemm(node, context) : computedGemm(node, context);
  },
};

/** Whether a bias is the same for every row. */
function isRow(shape: readonly number[], units: number): boolean {
  const last = shape[shape.length - 1] ?? 1;
  return shape.length <= 2 && (shape.length < 2 || shape[0] === 1) && (last === units || last === 1);
}

function packedGemm(node: NodeReader, { kernels, activation, claim }: PrepareContext): PreparedNode {
  const right = node.floatConstant(1, 'weights');
  const alpha = node.float('alpha', 1);
  const beta = node.float('beta', 1);
  const transposed = node.int('transB', 0) !== 0;
  const [depth, units] = (transposed ? [right.shape[1]!, right.shape[0]!] : right.shape) as [number, number];
  claim(4 * depth * units);
  const weights = new Float32Array(depth * units);
  for (let k = 0; k < depth; k++) {
    for (let unit = 0; unit < units; unit++) {
      weights[k * units + unit] = alpha * right.data[transposed ? unit * depth + k : k * units + unit]!;
    }
  }
  const bias = new Float32Array(units);
  if (node.hasInput(2)) {
    const { data } = node.floatConstant(2, 'bias');
    for (let unit = 0; unit < units; unit++) bias[unit] = beta * data[data.length === 1 ? 0 : unit]!;
  }
  const packed = kernels.packDense(weights, depth, units, bias, activation, claim);
  return {
    plan(inputs) {
      const shape = node.floatShape(inputs, 0);
      if (shape.length !== 2 || shape[1] !== depth) throw node.misfit(`[rows, ${depth}]`, shape);
      const rows = shape[0]!;
      return {
        outputs: [{ shape: [rows, units], type: 'float32' }],
        work: rows * depth * units,
        bind: () => (values, results) => packed.run(rows, values[0] as Float32Array, results[0] as Float32Array),
      };
    },
  };
}

function computedGemm(node: NodeReader, { activation }: PrepareContext): PreparedNode {
  const alpha = node.float('alpha', 1);
  const beta = node.float('beta', 1);
  const transA = node.int('transA', 0) !== 0;
  const transB = node.int('transB', 0) !== 0;
  return {
    plan(inputs) {
      const a = node.floatShape(inputs, 0);
      const b = node.floatShape(inputs, 1);
      if (a.length !== 2) throw node.misfit('a matrix', a);
      if (b.length !== 2) throw node.misfit('a matrix', b);
      const [rows, depth] = (transA ? [a[1]!, a[0]!] : a) as [number, number];
      const [otherDepth, units] = (transB ? [b[1]!, b[0]!] : b) as [number, number];
      if (depth !== otherDepth) {
        throw new ShapeError(`${node.what}: shapes ${formatShape(a)} and ${formatShape(b)} do not multiply`);
      }
      const shape = [rows, units];
      const c = inputs[2] === undefined ? undefined : node.floatShape(inputs, 2);
      if (c !== undefined && !sameShape(broadcastShapes(c, shape, node.what), shape)) {
        throw node.misfit(`a bias that broadcasts to ${formatShape(shape)}`, c);
      }
      const [rowStride, columnStride] = c === undefined ? [0, 0] : (broadcastStrides(c, shape) as [number, number]);
      return {
        outputs: [{ shape, type: 'float32' }],
        work: rows * depth * units,
        bind: () => (values, results) => {
          const [left, right, bias] = values as readonly (Float32Array | undefined)[];
          const output = results[0] as Float32Array;
          for (let row = 0; row < rows; row++) {
            for (let unit = 0; unit < units; unit++) {
              output[row * units + unit] = bias === undefined ? 0 : beta * bias[row * rowStride + unit * columnStride]!;
            }
          }
          const [leftRow, leftDepth] = transA ? [1, rows] : [depth, 1];
          const [rightDepth, rightColumn] = transB ? [1, depth] : [units, 1];
          addProduct(
            left!,
            0,
            leftRow,
            leftDepth,
            right!,
            0,
            rightDepth,
            rightColumn,
            output,
            0,
            rows,
            depth,
            units,
            alpha,
          );
          if (activation === 'relu') for (let at = 0; at < output.length; at++) output[at] = Math.max(0, output[at]!);
        },
      };
    },
  };
}
