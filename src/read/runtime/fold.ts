// Computes at load what does not depend on the input: casts of float16 weights, dequantised int8 weights, Constant
// nodes, reshaped constants. What is left runs on every call.
import { sizeOf } from '../../core/floor.ts';
import { allocateTensorData, elementBytes, type OnnxNode } from '../../onnx/floor.ts';
import type { Budget } from './budget.ts';
import { plainKernels } from './kernels/plain.ts';
import { NodeReader } from './nodeReader.ts';
import { operators } from './operators/table.ts';
import type { Constant } from './values.ts';

/**
 * Adds the outputs of nodes that have only constant inputs to `constants`.
 *
 * Computed by the plain kernels: constants lie in the host's memory, not in that of a network.
 *
 * @param nodes in an order of execution.
 * @returns the other nodes, in the same order.
 */
export function foldConstants(
  nodes: readonly OnnxNode[],
  opset: number,
  constants: Map<string, Constant>,
  budget: Budget,
): OnnxNode[] {
  const left: OnnxNode[] = [];
  for (const node of nodes) {
    if (!node.inputs.every((name) => name === '' || constants.has(name))) {
      left.push(node);
      continue;
    }
    const prepared = operators.get(node.opType)!.prepare(new NodeReader(node, opset, constants), {
      kernels: plainKernels,
      activation: 'none',
      claim: budget.claimBytes,
    });
    const inputs = node.inputs.map((name) => constants.get(name));
    const step = prepared.plan(inputs);
    const results = step.outputs.map(({ shape, type }): Constant => {
      if (step.alias) return { shape, type, data: inputs[0]!.data };
      budget.claimBytes(sizeOf(shape) * elementBytes(type));
      return { shape, type, data: allocateTensorData(type, sizeOf(shape)) };
    });
    budget.claimBytes(step.scratchBytes ?? 0);
    budget.claimWork(step.work);
    if (!step.alias) {
      step.bind()(
        inputs.map((input) => input?.data),
        results.map(({ data }) => data),
      );
    }
    for (const [index, name] of node.outputs.entries()) {
      if (name !== '' && results[index] !== undefined) constants.set(name, results[index]);
    }
  }
  return left;
}
