// An ONNX model as plain data: what `writeOnnx` writes and `readOnnx` reads. The subset of onnx.proto (IR version 10)
// that inference and training graphs need; no sparse tensors, functions or subgraphs.

/** Element types that the project uses; the names are ours, the numbers in `tensorTypeCode` ONNX's. */
export type TensorType = 'float32' | 'float16' | 'float64' | 'uint8' | 'int8' | 'int32' | 'int64' | 'bool';

/** ONNX's TensorProto.DataType numbers. */
export const tensorTypeCode: Readonly<Record<TensorType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
};

/** Storage of a tensor's elements: float16 as its 16-bit patterns, bool as bytes 0 and 1. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int32Array
  | BigInt64Array;

/** A constant tensor of a model: weights, or the fixed arguments of an operator. */
export interface OnnxTensor {
  /** Name by which nodes refer to it. */
  readonly name: string;
  /** Type of its elements. */
  readonly type: TensorType;
  /** Its extents; empty for a scalar. */
  readonly shape: readonly number[];
  /** Its elements, row-major. */
  readonly data: TensorData;
}

/** Value of a node's attribute; ONNX's kinds INT, FLOAT, STRING, TENSOR, INTS, FLOATS, STRINGS told apart by tag. */
export type OnnxAttribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'tensor'; readonly value: OnnxTensor }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'strings'; readonly value: readonly string[] };

/** One operator call of the graph; an empty string among the inputs means "left out". */
export interface OnnxNode {
  /** Name of the operator, for example `Conv`. */
  readonly opType: string;
  /** `''` for the standard operators. */
  readonly domain: string;
  /** The node's own name; may be empty. */
  readonly name: string;
  /** Names of the tensors that it reads, in the operator's order. */
  readonly inputs: readonly string[];
  /** Names of the tensors that it gives, in the operator's order. */
  readonly outputs: readonly string[];
  /** Settings of the operator, by name. */
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** Name, type and shape of a graph's input or output; a string extent such as `'batch'` is free. */
export interface OnnxValueInfo {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly (number | string)[];
}

/** A whole model: graph, constants, operator sets and the metadata that holds the model card. */
export interface OnnxModel {
  /** Version of the file format. */
  readonly irVersion: number;
  /** Name of the program that wrote the file. */
  readonly producerName: string;
  /** Version of the program that wrote the file. */
  readonly producerVersion: string;
  /** Domain to version; `''` is the standard operator set. */
  readonly opsets: Readonly<Record<string, number>>;
  /** Free text by key; the model card stands here. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Nodes, constants, inputs and outputs. */
  readonly graph: {
    readonly name: string;
    readonly nodes: readonly OnnxNode[];
    readonly initializers: readonly OnnxTensor[];
    readonly inputs: readonly OnnxValueInfo[];
    readonly outputs: readonly OnnxValueInfo[];
  };
}
