// Reverse-mode differentiation: extends the graph by the gradients of a scalar.
import { formatShape, ShapeError, sameShape, UnsupportedError } from '../../core/floor.ts';
import type { Tensor } from './operator.ts';
import { add } from './operators/add.ts';
import { constant } from './tensor.ts';
import { topologicalOrder } from './traverse.ts';

/**
 * Gradients of a scalar with respect to tensors that it depends on.
 *
 * One backward sweep over the graph (Linnainmaa 1970; Speelpenning 1980): each operator's rule turns the gradients of
 * its outputs into those of its inputs. Gradients that reach a tensor along several paths are added.
 *
 * @param loss tensor with exactly one element.
 * @param targets tensors to differentiate by, usually parameters.
 * @returns for each target a tensor of its shape; undefined where the loss does not depend on it.
 * @throws {ShapeError} when the loss is not a scalar.
 * @throws {UnsupportedError} when a path crosses an operator that has no gradient.
 *
 * @example
 * ```ts
 * import { evaluateReference, gradients, input, ops, scalar } from 'ductus/engine';
 *
 * // loss = sum (w x - 1)^2; its gradient is 2 x (w x - 1).
 * const x = input('x', [3]);
 * const w = input('w', [3]);
 * const error = ops.subtract(ops.multiply(w, x), scalar(1));
 * const loss = ops.reduceSum(ops.multiply(error, error), [0]);
 * const [gradient] = gradients(loss, [w]);
 * const feeds = new Map([[x, [1, 2, 3]], [w, [1, 1, 1]]]);
 * console.log(evaluateReference([gradient!], feeds).map((values) => [...values])); // [ [ 0, 4, 12 ] ]
 * ```
 */
export function gradients(loss: Tensor, targets: readonly Tensor[]): (Tensor | undefined)[] {
  if (loss.shape.some((extent) => extent !== 1)) {
    throw new ShapeError(`gradients: expected a scalar loss, received shape ${formatShape(loss.shape)}`);
  }
  const order = topologicalOrder([loss]);
  const relevant = new Set<Tensor>(targets); // tensors that depend on a target
  for (const node of order) {
    if (node.inputs.some((tensor) => relevant.has(tensor))) for (const output of node.outputs) relevant.add(output);
  }

  const found = new Map<Tensor, Tensor>([[loss, constant([1], loss.shape)]]);
  for (const node of order.reverse()) {
    const wanted = node.inputs.map((tensor) => tensor.type === 'float32' && relevant.has(tensor));
    const outputGradients = node.outputs.map((output) => found.get(output));
    if (!wanted.includes(true) || outputGradients.every((gradient) => gradient === undefined)) continue;
    const { operator, inputs, outputs, attributes } = node;
    if (operator.gradient === undefined) {
      throw new UnsupportedError(`gradients: operator "${operator.name}" has no gradient`);
    }
    const inputGradients = operator.gradient({ inputs, outputs, attributes, outputGradients, wanted });
    for (const [index, gradient] of inputGradients.entries()) {
      if (gradient === undefined || !wanted[index]) continue;
      const tensor = inputs[index]!;
      if (!sameShape(gradient.shape, tensor.shape)) {
        throw new ShapeError(
          `gradient of "${operator.name}" by input ${index}: expected ${formatShape(tensor.shape)}, received ${formatShape(gradient.shape)}`,
        );
      }
      const sum = found.get(tensor);
      found.set(tensor, sum === undefined ? gradient : add(sum, gradient));
    }
  }
  return targets.map((target) => found.get(target));
}
