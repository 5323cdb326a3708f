// Checks that a model is consistent in itself, whether read from a file or built by a program: names, shapes, lengths.
// Whether its operators can be run is the runtime's question, not this one's.
import { FormatError } from '../../core/floor.ts';
import type { OnnxModel } from './model.ts';
import { checkedSize, maximumRank } from './tensorStorage.ts';

/**
 * Refuses a model that contradicts itself.
 *
 * @throws {FormatError} when a name is used twice or missing, a tensor's data does not have its shape's length, an
 * extent is negative or absurd, a version is missing, or a graph output comes from nowhere.
 *
 * @example
 * ```ts
 * import { FormatError } from 'ductus';
 * import { loadModel } from 'ductus/node';
 * import { checkModel } from 'ductus/onnx';
 *
 * const { model } = await loadModel('digits');
 * try {
 *   checkModel({ ...model, graph: { ...model.graph, nodes: [] } }); // its outputs come from nowhere
 * } catch (error) {
 *   console.log(error instanceof FormatError); // true
 * }
 * ```
 */
export function checkModel(model: OnnxModel): void {
  if (!Number.isSafeInteger(model.irVersion) || model.irVersion < 1) {
    throw new FormatError(`ONNX model: expected an IR version of 1 or more, received ${model.irVersion}`);
  }
  const opset = model.opsets[''];
  if (opset === undefined || !Number.isSafeInteger(opset) || opset < 1) {
    throw new FormatError(`ONNX model: expected a version of the standard operator set, received ${opset ?? 'none'}`);
  }
  const { nodes, initializers, inputs, outputs } = model.graph;
  const initializerNames = claim(initializers, 'initializer');
  const inputNames = claim(inputs, 'graph input');
  claim(outputs, 'graph output');
  for (const tensor of initializers) {
    const what = `tensor "${tensor.name}"`;
    const size = checkedSize(tensor.shape, what);
    if (tensor.data.length !== size) {
      throw new FormatError(
        `${what} of shape [${tensor.shape.join(', ')}]: expected ${size} elements, received ${tensor.data.length}`,
      );
    }
  }
  for (const { name, shape } of [...inputs, ...outputs]) {
    if (shape.length > maximumRank) {
      throw new FormatError(`graph value "${name}": expected at most ${maximumRank} axes, received ${shape.length}`);
    }
    for (const extent of shape) {
      if (typeof extent === 'number' && (!Number.isSafeInteger(extent) || extent < 0)) {
        throw new FormatError(`graph value "${name}": expected extents of 0 or more, received ${extent}`);
      }
    }
  }
  const produced = new Set<string>();
  for (const [index, node] of nodes.entries()) {
    if (node.opType === '') throw new FormatError(`node ${index}: expected an operator, received none`);
    for (const output of node.outputs) {
      if (output === '') continue;
      if (produced.has(output) || initializerNames.has(output) || inputNames.has(output)) {
        throw new FormatError(
          `node ${index} (${node.opType}): expected new output names, "${output}" is taken already`,
        );
      }
      produced.add(output);
    }
  }
  for (const { name } of outputs) {
    if (!produced.has(name) && !initializerNames.has(name) && !inputNames.has(name)) {
      throw new FormatError(`graph output "${name}": expected a node that makes it, received none`);
    }
  }
}

function claim(items: readonly { readonly name: string }[], role: string): Set<string> {
  const names = new Set<string>();
  for (const { name } of items) {
    if (name === '') throw new FormatError(`${role}: expected a name, received none`);
    if (names.has(name)) throw new FormatError(`${role} "${name}": expected unique names, received this one twice`);
    names.add(name);
  }
  return names;
}
