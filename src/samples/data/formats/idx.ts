// The IDX format of the MNIST files: a header of type, rank and extents, then big-endian numbers. Bytes in, typed
// arrays out; knows no files (platform/node/files.ts reads and unzips them) and no labels (idxDataset.ts pairs images
// with them).
import { FormatError, formatShape, type Shape, UsageError } from '../../../core/floor.ts';

/** Element types of an IDX file. Code 0x0B is read as unsigned: see {@link parseIdx}. */
export type IdxType = 'uint8' | 'int8' | 'uint16' | 'int32' | 'float32' | 'float64';

/** The typed array that holds the elements of each IDX type. */
export interface IdxData {
  readonly uint8: Uint8Array;
  readonly int8: Int8Array;
  readonly uint16: Uint16Array;
  readonly int32: Int32Array;
  readonly float32: Float32Array;
  readonly float64: Float64Array;
}

/** A dense row-major array as in an IDX file; `type` is the element type. */
export type IdxArray = {
  readonly [Type in IdxType]: { readonly type: Type; readonly shape: Shape; readonly data: IdxData[Type] };
}[IdxType];

/** What the caller of {@link parseIdx} accepts. */
export interface IdxExpectation {
  /** Required number of axes. */
  readonly rank?: number;
  /** Allowed element types. */
  readonly types?: readonly IdxType[];
}

/**
 * Most axes that a header may announce. The format allows 255; no known data set has more than 4. The limit of 8 has no
 * source.
 */
export const maxIdxRank = 8;

interface IdxCoding {
  readonly code: number;
  readonly bytes: number;
}

const codings: Readonly<Record<IdxType, IdxCoding>> = {
  uint8: { code: 0x08, bytes: 1 },
  int8: { code: 0x09, bytes: 1 },
  uint16: { code: 0x0b, bytes: 2 },
  int32: { code: 0x0c, bytes: 4 },
  float32: { code: 0x0d, bytes: 4 },
  float64: { code: 0x0e, bytes: 8 },
};
const allTypes = Object.keys(codings) as IdxType[];

/**
 * Reads an IDX file.
 *
 * Bytes of type `uint8` are not copied: `data` is a view of `bytes`. Wider types are decoded into a new array, so
 * memory is bounded by the size of `bytes`, whatever the header claims. Code 0x0B, a signed 16-bit number in the
 * original description, is read as unsigned: files that use it here hold writer or class numbers, which are never
 * negative.
 *
 * @param bytes the whole file, already unzipped.
 * @param name the file's name, for messages.
 * @param expectation rank and element types that the caller can use; an absent field allows anything.
 * @throws {FormatError} when the magic number, type, rank or extents are wrong, or the size does not match them
 * exactly.
 *
 * Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section on file formats.
 *
 * @example
 * ```ts
 * import { formatIdx, parseIdx } from 'ductus/samples';
 *
 * const bytes = formatIdx({ type: 'uint8', shape: [2, 3], data: Uint8Array.from([1, 2, 3, 4, 5, 6]) });
 * console.log(parseIdx(bytes, 'mine.idx2').shape); // [ 2, 3 ]
 * ```
 */
export function parseIdx(bytes: Uint8Array, name: string, expectation: IdxExpectation = {}): IdxArray {
  const { type, shape, length: header } = parseIdxHeader(bytes, name, expectation);
  // Eight extents of 32 bits stay far below the largest double, so a product that is too large cannot wrap round to a
  // small one. Beyond 2^53 it is inexact, but also far more than the bytes available.
  const expected = header + shape.reduce((product, extent) => product * extent, codings[type].bytes);
  if (bytes.length !== expected) {
    fail(
      name,
      `${expected} bytes for ${type} ${formatShape(shape)}`,
      `${bytes.length} bytes (${bytes.length < expected ? 'too short' : 'too long'})`,
    );
  }
  return decode(type, shape, bytes.subarray(header));
}

/** What the header of an IDX file announces. */
export interface IdxHeader {
  readonly type: IdxType;
  readonly shape: Shape;
  /** Bytes of the header itself; elements follow. */
  readonly length: number;
}

/**
 * Reads the header of an IDX file. Unlike {@link parseIdx}, it needs only the beginning of a file that arrives in
 * pieces.
 *
 * @param bytes the beginning of the file: at least 4 bytes, and 4 for each axis.
 * @throws {FormatError} when the magic number, type or rank is wrong, or the header is cut off.
 */
export function parseIdxHeader(bytes: Uint8Array, name: string, expectation: IdxExpectation = {}): IdxHeader {
  if (bytes.length < 4) fail(name, 'at least 4 bytes of header', `${bytes.length} bytes`);
  const [first, second, code, rank] = bytes as unknown as [number, number, number, number];
  if (first !== 0 || second !== 0) {
    fail(name, 'a magic number that begins with bytes 0, 0', `${first}, ${second}${gzipHint(first, second)}`);
  }
  const type = allTypes.find((candidate) => codings[candidate].code === code);
  if (type === undefined) return fail(name, `an element type of ${listCodes()}`, hexadecimal(code));
  if (rank < 1 || rank > maxIdxRank) fail(name, `1 to ${maxIdxRank} axes`, `${rank}`);
  if (expectation.rank !== undefined && rank !== expectation.rank) {
    fail(name, `an array of ${expectation.rank} axes`, `one of ${rank}`);
  }
  if (expectation.types && !expectation.types.includes(type)) {
    fail(name, `elements of type ${expectation.types.join(', ')}`, type);
  }
  const length = 4 + 4 * rank;
  if (bytes.length < length) fail(name, `${length} bytes of header for ${rank} axes`, `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { type, shape: Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis)), length };
}

/**
 * Writes an array as an IDX file, the inverse of {@link parseIdx}.
 *
 * @returns header and big-endian elements in one new array.
 * @throws {UsageError} when rank or extents cannot be written, or the number of elements of `data` does not match
 * `shape`.
 */
export function formatIdx(array: IdxArray): Uint8Array<ArrayBuffer> {
  const { type, shape, data } = array;
  if (shape.length < 1 || shape.length > maxIdxRank) {
    throw new UsageError(`writing IDX: expected 1 to ${maxIdxRank} axes, received ${formatShape(shape)}`);
  }
  for (const extent of shape) {
    if (!Number.isInteger(extent) || extent < 0 || extent > 0xffffffff) {
      throw new UsageError(`writing IDX: expected whole extents from 0 to 2^32 - 1, received ${formatShape(shape)}`);
    }
  }
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (data.length !== count) {
    throw new UsageError(`writing IDX: expected ${count} elements for ${formatShape(shape)}, received ${data.length}`);
  }
  const { code, bytes: width } = codings[type];
  const header = 4 + 4 * shape.length;
  const bytes = new Uint8Array(header + count * width);
  const view = new DataView(bytes.buffer);
  bytes[2] = code;
  bytes[3] = shape.length;
  shape.forEach((extent, axis) => {
    view.setUint32(4 + 4 * axis, extent);
  });
  if (width === 1) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.length), header);
    return bytes;
  }
  for (let i = 0, at = header; i < count; i++, at += width) {
    const value = data[i]!;
    if (type === 'uint16') view.setUint16(at, value);
    else if (type === 'int32') view.setInt32(at, value);
    else if (type === 'float32') view.setFloat32(at, value);
    else view.setFloat64(at, value);
  }
  return bytes;
}

function decode(type: IdxType, shape: Shape, body: Uint8Array): IdxArray {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const fill = <Data extends { length: number; [index: number]: number }>(data: Data, read: (at: number) => number) => {
    const width = codings[type].bytes;
    for (let i = 0; i < data.length; i++) data[i] = read(i * width);
    return data;
  };
  const count = body.length / codings[type].bytes;
  switch (type) {
    case 'uint8':
      return { type, shape, data: body };
    case 'int8':
      return { type, shape, data: new Int8Array(body.buffer, body.byteOffset, count) };
    case 'uint16':
      return { type, shape, data: fill(new Uint16Array(count), (at) => view.getUint16(at)) };
    case 'int32':
      return { type, shape, data: fill(new Int32Array(count), (at) => view.getInt32(at)) };
    case 'float32':
      return { type, shape, data: fill(new Float32Array(count), (at) => view.getFloat32(at)) };
    case 'float64':
      return { type, shape, data: fill(new Float64Array(count), (at) => view.getFloat64(at)) };
  }
}

function fail(name: string, expected: string, received: string): never {
  throw new FormatError(`${name}: reading IDX: expected ${expected}, received ${received}`);
}

function gzipHint(first: number, second: number): string {
  return first === 0x1f && second === 0x8b ? ' (a gzip file, not unzipped)' : '';
}

function hexadecimal(code: number): string {
  return `0x${code.toString(16).padStart(2, '0')}`;
}

function listCodes(): string {
  return allTypes.map((type) => `${hexadecimal(codings[type].code)} (${type})`).join(', ');
}
