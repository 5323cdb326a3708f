// The slow engine: runs a graph in plain TypeScript and float64. Nothing is fast here; everything fast is checked
// against it.
import { UsageError } from '../../core/floor.ts';
import type { ReferenceTensor, Tensor } from './operator.ts';
import { topologicalOrder } from './traverse.ts';

/**
 * Numbers of tensors, computed by each operator's float64 reference.
 *
 * @param feeds numbers of every input that the outputs need, row-major.
 * @returns one float64 array for each output, row-major.
 * @throws {UsageError} when an input has no feed.
 *
 * @example
 * ```ts
 * import { constant, evaluateReference, input, ops } from 'ductus/engine';
 *
 * const x = input('x', [2, 2]);
 * const y = ops.matMul(x, constant([1, 1], [2, 1]));
 * console.log(evaluateReference([y], new Map([[x, [1, 2, 3, 4]]])).map((values) => [...values])); // [ [ 3, 7 ] ]
 * ```
 */
export function evaluateReference(
  outputs: readonly Tensor[],
  feeds: ReadonlyMap<Tensor, ArrayLike<number>>,
): Float64Array[] {
  const values = new Map<Tensor, Float64Array>();
  const numbersOf = (tensor: Tensor): Float64Array => {
    const known = values.get(tensor);
    if (known !== undefined) return known;
    const { origin } = tensor;
    let value: Float64Array;
    if (origin.kind === 'constant') value = Float64Array.from(origin.data as ArrayLike<number>, Number);
    else if (origin.kind === 'input') {
      const fed = feeds.get(tensor);
      if (fed === undefined) throw new UsageError(`reference engine: input "${origin.name}" is not fed`);
      value = Float64Array.from(fed);
    } else throw new UsageError(`reference engine: "${origin.node.operator.name}" was not computed`);
    values.set(tensor, value);
    return value;
  };
  for (const node of topologicalOrder(outputs)) {
    const inputs: ReferenceTensor[] = node.inputs.map((tensor) => ({ shape: tensor.shape, data: numbersOf(tensor) }));
    const results = node.operator.reference(inputs, node.attributes, node.outputs);
    for (const [index, output] of node.outputs.entries()) values.set(output, results[index]!);
  }
  return outputs.map(numbersOf);
}
