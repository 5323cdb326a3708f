// What the runtime knows of a value before it has one: shape and type, and of constants the data.
import type { OnnxTensor, TensorType } from '../../onnx/floor.ts';

/** Shape and element type of a value; constants have their data too. Only constants may be other than float32. */
export interface TensorInfo {
  readonly shape: readonly number[];
  readonly type: TensorType;
}

/** A constant of the graph: an initializer, or what a folded node made of some. */
export type Constant = Pick<OnnxTensor, 'shape' | 'type' | 'data'>;
