// Stores a model's large weights in half precision, each behind a Cast node: half the file, the same graph. The sums
// stay in float32, so only the weights' own rounding (relative 2^-11) changes answers. Not quantisation to int8.
import { toFloat16 } from '../file/float16.ts';
import { type OnnxModel, type OnnxNode, type OnnxTensor, tensorTypeCode } from '../file/model.ts';

/** Weights of fewer elements stay float32: a Cast node costs about as many bytes as halving 64 elements saves. */
export const smallestHalved = 64;

/** Largest magnitude that a half can hold; a tensor beyond it stays float32. */
const largestHalf = 65504;

/**
 * The model with its float32 initializers of `smallest` elements or more stored as float16 and a Cast each.
 *
 * The value that the graph uses keeps its name; the stored tensor is called `<name>/float16`. Tensors with a magnitude
 * over 65504 (or not finite) and graph outputs stay as they are.
 *
 * @example
 * ```ts
 * import { loadModel } from 'ductus/node';
 * import { halveWeights, writeOnnx } from 'ductus/onnx';
 * import { initializeNetwork, networkNamed, networkToModel } from 'ductus/engine';
 *
 * const network = networkNamed('small');
 * const { card } = await loadModel('digits');
 * const model = networkToModel(network, initializeNetwork(network, 1), card!);
 * console.log(writeOnnx(halveWeights(model)).length < 0.6 * writeOnnx(model).length); // true
 * ```
 */
export function halveWeights(model: OnnxModel, smallest: number = smallestHalved): OnnxModel {
  const { graph } = model;
  const taken = new Set([
    ...graph.initializers.map(({ name }) => name),
    ...graph.inputs.map(({ name }) => name),
    ...graph.nodes.flatMap(({ outputs }) => outputs),
  ]);
  const kept = new Set([...graph.inputs, ...graph.outputs].map(({ name }) => name));
  const casts: OnnxNode[] = [];
  const initializers = graph.initializers.map((tensor): OnnxTensor => {
    const { name, data, shape } = tensor;
    if (!(data instanceof Float32Array) || data.length < smallest || kept.has(name)) return tensor;
    if (!data.every((value) => Math.abs(value) <= largestHalf)) return tensor;
    let stored = `${name}/float16`;
    while (taken.has(stored)) stored += '_';
    taken.add(stored);
    casts.push({
      opType: 'Cast',
      domain: '',
      name: `${name}/cast`,
      inputs: [stored],
      outputs: [name],
      attributes: { to: { kind: 'int', value: tensorTypeCode.float32 } },
    });
    return { name: stored, type: 'float16', shape, data: toFloat16(data) };
  });
  return { ...model, graph: { ...graph, nodes: [...casts, ...graph.nodes], initializers } };
}
