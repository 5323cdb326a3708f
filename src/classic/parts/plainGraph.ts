// ONNX graphs written node by node, for what has no gradient and no place among the operators of `learn/graph`: integer products,
// the k smallest of a row.
import { type OnnxAttribute, type OnnxNode, type OnnxTensor, type OnnxValueInfo, writeOnnx } from '../../onnx/floor.ts';

/** One node: what it computes, from what, into what. */
export function plainNode(
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): OnnxNode {
  return { opType, domain: '', name: outputs[0]!, inputs, outputs, attributes };
}

/** Constant int64 numbers, as axes, sizes and counts are given to ONNX's operators. */
export function integers(name: string, ...values: readonly number[]): OnnxTensor {
  return { name, type: 'int64', shape: [values.length], data: BigInt64Array.from(values, BigInt) };
}

/** A constant number. */
export function plainScalar(name: string, value: number): OnnxTensor {
  return { name, type: 'float32', shape: [], data: Float32Array.of(value) };
}

/** Bytes of a graph, for `Engine.compile`. */
export function plainGraph(graph: {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}): Uint8Array {
  // Operator set and version as `learn/graph` writes them.
  return writeOnnx({
    irVersion: 10,
    producerName: 'ductus',
    producerVersion: '',
    opsets: { '': 21 },
    metadata: {},
    graph,
  });
}
