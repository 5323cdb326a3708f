// The leaves of a graph: inputs that are fed in every run, and constants.
import { formatShape, type Shape, ShapeError, sizeOf } from '../../core/floor.ts';
import type { ElementType, Tensor } from './operator.ts';

/**
 * A tensor that is fed in every run.
 *
 * @param name unique within a graph; it becomes the name of the ONNX input.
 * @throws {ShapeError} when an extent is not a whole number of at least 1.
 */
export function input(name: string, shape: Shape, type: ElementType = 'float32'): Tensor {
  checkExtents(`input "${name}"`, shape);
  return { type, shape, origin: { kind: 'input', name } };
}

/**
 * A tensor whose numbers are fixed when the graph is built.
 *
 * @param values row-major. An array of the type itself is not copied, since it may be large; do not change it
 * afterwards.
 * @throws {ShapeError} when the number of values differs from the shape's elements.
 */
export function constant(values: ArrayLike<number>, shape: Shape, type: ElementType = 'float32'): Tensor {
  checkExtents('constant', shape);
  if (values.length !== sizeOf(shape)) {
    throw new ShapeError(
      `constant of shape ${formatShape(shape)}: expected ${sizeOf(shape)} values, received ${values.length}`,
    );
  }
  return {
    type,
    shape,
    origin: { kind: 'constant', data: values instanceof storage[type] ? values : storage[type].from(values) },
  };
}

const storage = { float32: Float32Array, uint8: Uint8Array, int32: Int32Array } as const;

/** A constant of shape `[]`, which broadcasts against anything. */
export function scalar(value: number): Tensor {
  return constant([value], []);
}

/** Throws unless every extent is a whole number of at least 1. @param what what is being built, for the message. */
export function checkExtents(what: string, shape: Shape): void {
  for (const extent of shape) {
    if (!Number.isSafeInteger(extent) || extent < 1) {
      throw new ShapeError(
        `${what}: expected extents that are whole numbers of at least 1, received ${formatShape(shape)}`,
      );
    }
  }
}
