// The interface to what runs compiled graphs; `platform/node` implements it with onnxruntime-node. Graphs and trainers
// know only this, so they run with any implementation.
import type { Shape } from '../../core/floor.ts';
import { sizeOf } from '../../core/floor.ts';
import type { ElementType } from './operator.ts';

/** Element storage by type. */
export type BufferData = Float32Array | Uint8Array | Int32Array;

/** A tensor of numbers in memory that the engine reads and writes in place: no copy is made in either direction. */
export interface TensorBuffer {
  /** Type of its elements. */
  readonly type: ElementType;
  /** Its extents; empty for a scalar. */
  readonly shape: Shape;
  /** Its elements, row-major. */
  readonly data: BufferData;
}

/** A compiled graph. */
export interface Program {
  /**
   * Runs the graph once.
   *
   * @param feeds a buffer for every input, by name; read, never written.
   * @param fetches a buffer for every requested output, by name; written. Must share no memory with the feeds.
   */
  run(feeds: Readonly<Record<string, TensorBuffer>>, fetches: Readonly<Record<string, TensorBuffer>>): Promise<void>;
  /** Frees the engine's memory. Safe to call twice. */
  dispose(): Promise<void>;
}

/** How a graph is compiled. */
export interface CompileOptions {
  /** Threads for one operator; default: one for each core. */
  readonly threads?: number;
}

/** Compiles ONNX models into programs. */
export interface Engine {
  /** Name and version, for model cards and benchmark tables. */
  readonly description: string;
  /**
   * Channels per block of the layout that its convolutions use (see `ToOnnxOptions.blockSize`); undefined: it has none.
   */
  readonly blockSize: number | undefined;
  /** Compiles the bytes of an ONNX model. */
  compile(model: Uint8Array, options?: CompileOptions): Promise<Program>;
}

/** A zeroed buffer. */
export function tensorBuffer(shape: Shape, type: 'float32'): TensorBuffer & { readonly data: Float32Array };
export function tensorBuffer(shape: Shape, type: 'uint8'): TensorBuffer & { readonly data: Uint8Array };
export function tensorBuffer(shape: Shape, type: ElementType): TensorBuffer;
export function tensorBuffer(shape: Shape, type: ElementType): TensorBuffer {
  const size = sizeOf(shape);
  if (type === 'float32') return { type, shape, data: new Float32Array(size) };
  if (type === 'int32') return { type, shape, data: new Int32Array(size) };
  return { type, shape, data: new Uint8Array(size) };
}
