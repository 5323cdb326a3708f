// What an operator of the runtime is. It is asked twice: `prepare` once at load, where attributes are read and constant
// weights packed, and `plan` once a batch size, where shapes are known. What runs per call is the planned step alone.
import type { TensorData } from '../../onnx/floor.ts';
import type { Activation, Claim, Kernels } from './kernels/kernels.ts';
import type { NodeReader } from './nodeReader.ts';
import type { TensorInfo } from './values.ts';

/** The work of one node for fixed shapes. */
export interface Step {
  readonly outputs: readonly TensorInfo[];
  /** Scratch memory that `bind` will allocate, in bytes. */
  readonly scratchBytes?: number;
  /** Multiply-adds, or elements touched, of one call. */
  readonly work: number;
  /** The first output is the first input under another shape: nothing runs, nothing is copied. */
  readonly alias?: true;
  /** Allocates scratch memory and returns what computes the outputs; called after the memory has been allowed. */
  bind(): (inputs: readonly (TensorData | undefined)[], outputs: readonly TensorData[]) => void;
}

/** A node whose attributes have been read and whose weights have been packed. */
export interface PreparedNode {
  /** Shape rule and work for these inputs; an input that the node leaves out is `undefined`. */
  plan(inputs: readonly (TensorInfo | undefined)[]): Step;
}

/** What `prepare` gets besides the node. */
export interface PrepareContext {
  readonly kernels: Kernels;
  /** To be applied to the output, where the graph had a Relu behind the node; only Conv, Gemm and MatMul are asked. */
  readonly activation: Activation;
  /** `[units]`, where the graph had an Add behind the node; only MatMul is asked. */
  readonly bias?: Float32Array;
  /** Pays for memory before it is allocated. */
  readonly claim: Claim;
}

/** One operator of ONNX's standard set, as far as this runtime honours it. */
export interface Operator {
  /** Attributes that are honoured, or that do not change inference; any other makes the model unsupported. */
  readonly attributes: readonly string[];
  /** @throws {UnsupportedError} for an attribute's value that is not honoured. */
  prepare(node: NodeReader, context: PrepareContext): PreparedNode;
}
