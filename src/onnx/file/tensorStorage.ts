// The element types of tensors: their storage in memory, their numbers in a file, and the bounds of a shape.
import { FormatError, UnsupportedError } from '../../core/floor.ts';
import { type TensorData, type TensorType, tensorTypeCode } from './model.ts';

/** Most elements of one tensor, 2^29, so that a product of extents stays an exact integer and a sane length. */
export const maximumElements = 2 ** 29;

/** Most axes of a tensor: the operators here go up to 4, transposed and reshaped models a little further. */
export const maximumRank = 16;

/** How elements of a type are kept, and where a TensorProto has them. */
export interface Storage {
  readonly make: (length: number) => TensorData;
  readonly view: (buffer: ArrayBufferLike, offset: number, length: number) => TensorData;
  readonly bytes: number;
  /** TensorProto field that holds the elements when raw_data does not. */
  readonly field: number;
}

/** TensorProto fields that hold elements, by number. */
export const fieldName: Readonly<Record<number, string>> = {
  4: 'float_data',
  5: 'int32_data',
  6: 'string_data',
  7: 'int64_data',
  10: 'double_data',
  11: 'uint64_data',
};

/** The storage of each element type. */
export const storage: Readonly<Record<TensorType, Storage>> = {
  float32: {
    make: (n) => new Float32Array(n),
    view: (buffer, offset, n) => new Float32Array(buffer, offset, n),
    bytes: 4,
    field: 4,
  },
  float64: {
    make: (n) => new Float64Array(n),
    view: (buffer, offset, n) => new Float64Array(buffer, offset, n),
    bytes: 8,
    field: 10,
  },
  int32: {
    make: (n) => new Int32Array(n),
    view: (buffer, offset, n) => new Int32Array(buffer, offset, n),
    bytes: 4,
    field: 5,
  },
  int64: {
    make: (n) => new BigInt64Array(n),
    view: (buffer, offset, n) => new BigInt64Array(buffer, offset, n),
    bytes: 8,
    field: 7,
  },
  int8: {
    make: (n) => new Int8Array(n),
    view: (buffer, offset, n) => new Int8Array(buffer, offset, n),
    bytes: 1,
    field: 5,
  },
  uint8: {
    make: (n) => new Uint8Array(n),
    view: (buffer, offset, n) => new Uint8Array(buffer, offset, n),
    bytes: 1,
    field: 5,
  },
  bool: {
    make: (n) => new Uint8Array(n),
    view: (buffer, offset, n) => new Uint8Array(buffer, offset, n),
    bytes: 1,
    field: 5,
  },
  float16: {
    make: (n) => new Uint16Array(n),
    view: (buffer, offset, n) => new Uint16Array(buffer, offset, n),
    bytes: 2,
    field: 5,
  },
};

const typeByCode: ReadonlyMap<number, TensorType> = new Map(
  Object.entries(tensorTypeCode).map(([type, code]) => [code, type as TensorType]),
);

/** Bytes of one element. */
export function elementBytes(type: TensorType): number {
  return storage[type].bytes;
}

/** Zeroed storage for so many elements of a type. */
export function allocateTensorData(type: TensorType, length: number): TensorData {
  return storage[type].make(length);
}

/** The element type of an ONNX data type number. @throws {UnsupportedError} for one that the project does not use. */
export function tensorTypeOf(code: number, what: string): TensorType {
  const type = typeByCode.get(code);
  if (type !== undefined) return type;
  if (code < 1 || code > 26) throw new FormatError(`${what}: expected an ONNX data type, received ${code}`);
  throw new UnsupportedError(
    `${what}: expected element type ${[...typeByCode.values()].join(', ')}, received ONNX data type ${code}`,
  );
}

/**
 * Number of elements of a shape as a file states it. @throws {FormatError} for a negative or absurd extent or product.
 */
export function checkedSize(shape: readonly number[], what: string): number {
  if (shape.length > maximumRank) {
    throw new FormatError(`${what}: expected at most ${maximumRank} axes, received ${shape.length}`);
  }
  let size = 1;
  for (const extent of shape) {
    if (!Number.isSafeInteger(extent) || extent < 0) {
      throw new FormatError(
        `${what} of shape [${shape.join(', ')}]: expected extents of 0 or more, received ${extent}`,
      );
    }
    size *= extent;
    if (size > maximumElements) {
      throw new FormatError(
        `${what} of shape [${shape.join(', ')}]: expected at most ${maximumElements} elements, received more`,
      );
    }
  }
  return size;
}
