// Small ONNX models for tests of the reader, the runtime and the recogniser: built in a few lines, with seeded weights.
import { randomStream } from '../../src/core/floor.ts';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, TensorData, TensorType } from '../../src/onnx/floor.ts';

/** Seeded standard normal numbers times `scale`. */
export function normals(length: number, scale: number, ...keys: (string | number)[]): Float32Array {
  const random = randomStream(20, 'runtime tests', ...keys);
  return Float32Array.from({ length }, () => random.normal() * scale);
}

/** A float32 tensor of seeded numbers. */
export function weight(name: string, shape: readonly number[], scale = 0.5): OnnxTensor {
  return tensor(name, 'float32', shape, normals(sizeOf(shape), scale, name));
}

export function tensor(name: string, type: TensorType, shape: readonly number[], data: TensorData): OnnxTensor {
  return { name, type, shape, data };
}

/** An int64 list. */
export function int64(name: string, values: readonly number[]): OnnxTensor {
  return tensor(name, 'int64', [values.length], BigInt64Array.from(values, BigInt));
}

/** Attributes from plain values: whole numbers become ints, others floats (write `{ float: 1 }` to insist). */
export type PlainAttribute = number | { readonly float: number } | string | readonly number[] | OnnxTensor;

export function node(
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, PlainAttribute>> = {},
): OnnxNode {
  const entries = Object.entries(attributes).map(([key, value]) => [key, attributeOf(value)] as const);
  return { opType, domain: '', name: '', inputs, outputs, attributes: Object.fromEntries(entries) };
}

function attributeOf(value: PlainAttribute): OnnxAttribute {
  if (typeof value === 'number') return { kind: Number.isInteger(value) ? 'int' : 'float', value: float32(value) };
  if (typeof value === 'string') return { kind: 'string', value };
  if ('float' in value) return { kind: 'float', value: value.float };
  if ('data' in value) return { kind: 'tensor', value };
  return { kind: 'ints', value };
}

/** What a file keeps of a number; whole numbers stay. */
function float32(value: number): number {
  return Number.isInteger(value) ? value : Math.fround(value);
}

export interface ModelParts {
  readonly nodes: readonly OnnxNode[];
  readonly initializers?: readonly OnnxTensor[];
  readonly input: readonly (number | string)[];
  /** Names to shapes. */
  readonly outputs: Readonly<Record<string, readonly (number | string)[]>>;
  readonly opset?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A model with the one input `x`. */
export function modelOf({
  nodes,
  initializers = [],
  input,
  outputs,
  opset = 21,
  metadata = {},
}: ModelParts): OnnxModel {
  return {
    irVersion: 10,
    producerName: 'ductus tests',
    producerVersion: '1',
    opsets: { '': opset },
    metadata,
    graph: {
      name: 'test',
      nodes,
      initializers,
      inputs: [{ name: 'x', type: 'float32', shape: input }],
      outputs: Object.entries(outputs).map(([name, shape]) => ({ name, type: 'float32', shape })),
    },
  };
}

/**
 * A digit network with everything that a trained one has: convolutions with batch normalisation, pooling, two dense
 * layers, outputs `probabilities` and `logits`.
 */
export function digitModel(metadata: Readonly<Record<string, string>> = {}, side = 28): OnnxModel {
  const initializers: OnnxTensor[] = [
    weight('w1', [8, 1, 3, 3]),
    weight('b1', [8]),
    weight('gamma', [8]),
    weight('beta', [8]),
    weight('mean', [8]),
    tensor(
      'variance',
      'float32',
      [8],
      normals(8, 1, 'variance').map((value) => value * value + 0.5),
    ),
    weight('w2', [12, 8, 3, 3], 0.2),
    weight('b2', [12]),
    weight('w3', [12 * (side / 4) ** 2, 20], 0.1),
    weight('b3', [20]),
    weight('w4', [10, 20], 0.3),
    weight('b4', [10]),
  ];
  const nodes = [
    node('Conv', ['x', 'w1', 'b1'], ['c1'], { pads: [1, 1, 1, 1] }),
    node('BatchNormalization', ['c1', 'gamma', 'beta', 'mean', 'variance'], ['n1'], { epsilon: 1e-3 }),
    node('Relu', ['n1'], ['r1']),
    node('MaxPool', ['r1'], ['p1'], { kernel_shape: [2, 2], strides: [2, 2] }),
    node('Conv', ['p1', 'w2', 'b2'], ['c2'], { auto_pad: 'SAME_UPPER' }),
    node('Relu', ['c2'], ['r2']),
    node('MaxPool', ['r2'], ['p2'], { kernel_shape: [2, 2], strides: [2, 2] }),
    node('Flatten', ['p2'], ['f']),
    node('MatMul', ['f', 'w3'], ['m3']),
    node('Add', ['m3', 'b3'], ['a3']),
    node('Relu', ['a3'], ['r3']),
    node('Gemm', ['r3', 'w4', 'b4'], ['logits'], { transB: 1 }),
    node('Softmax', ['logits'], ['probabilities']),
  ];
  return modelOf({
    nodes,
    initializers,
    input: ['batch', 1, side, side],
    outputs: { probabilities: ['batch', 10], logits: ['batch', 10] },
    metadata,
  });
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
