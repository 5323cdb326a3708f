// Reads one TensorProto: its shape and type, then its elements from raw_data or from the typed field that its type has.
// Nothing is allocated before the elements have been counted against the shape.
import { FormatError, UnsupportedError } from '../../core/floor.ts';
import type { OnnxTensor, TensorData, TensorType } from './model.ts';
import {
  expectWire,
  type ProtobufCursor,
  readEnd,
  readFields,
  readInteger,
  readIntegers,
  readText,
  takeBytes,
  wireType,
} from './protobuf.ts';
import { checkedSize, fieldName, type Storage, storage, tensorTypeOf } from './tensorStorage.ts';

/** Reads the TensorProto that ends at `end`; raw_data is looked at in place where its alignment allows, else copied. */
export function readTensor(cursor: ProtobufCursor, end: number, owner: string): OnnxTensor {
  const { reader } = cursor;
  const start = reader.pos;
  const shape: number[] = [];
  let name = '';
  let code = 0;
  let raw: { start: number; end: number } | undefined;
  const counts = new Map<number, number>();
  const what = (): string => (name === '' ? `tensor of ${owner}` : `tensor "${name}"`);

  readFields(cursor, end, `tensor of ${owner}`, (field, wire) => {
    switch (field) {
      case 1:
        readIntegers(cursor, wire, end, `shape of ${what()}`, shape);
        break;
      case 2:
        code = readInteger(cursor, wire, what());
        break;
      case 3:
        throw new UnsupportedError(`${what()}: tensors in segments are not supported`);
      case 4:
        count(field, countFixed(cursor, wire, end, 4, wireType.fixed32, what()));
        break;
      case 10:
        count(field, countFixed(cursor, wire, end, 8, wireType.fixed64, what()));
        break;
      case 5:
      case 7:
      case 11:
        count(field, countVarints(cursor, wire, end, what()));
        break;
      case 6:
        throw new UnsupportedError(`${what()}: tensors of strings are not supported`);
      case 8:
        name = readText(cursor, wire, end, `name of a tensor of ${owner}`);
        break;
      case 9: {
        const stop = readEnd(cursor, wire, end, `data of ${what()}`);
        raw = { start: reader.pos, end: stop };
        reader.pos = stop;
        break;
      }
      case 13:
        throw new UnsupportedError(`${what()}: data outside the file (external_data) is not supported`);
      case 14:
        if (readInteger(cursor, wire, what()) !== 0) {
          throw new UnsupportedError(`${what()}: data outside the file (external_data) is not supported`);
        }
        break;
    }
  });
  function count(field: number, elements: number): void {
    counts.set(field, (counts.get(field) ?? 0) + elements);
  }

  const type = tensorTypeOf(code, what());
  const size = checkedSize(shape, what());
  const { field, bytes } = storage[type];
  const mismatch = (received: string): FormatError =>
    new FormatError(
      `${what()} of shape [${shape.join(', ')}] and type ${type}: expected ${size} elements, received ${received}`,
    );
  for (const [other, elements] of counts) {
    if (elements > 0 && (other !== field || (raw !== undefined && raw.end > raw.start))) {
      throw mismatch(`${elements} in ${fieldName[other]}${raw === undefined ? '' : ' beside raw_data'}`);
    }
  }
  const typed = counts.get(field) ?? 0;
  if (raw !== undefined && typed === 0) {
    if (raw.end - raw.start !== size * bytes) throw mismatch(`${raw.end - raw.start} bytes`);
    return { name, type, shape, data: viewRaw(cursor, raw.start, size, storage[type]) };
  }
  if (typed !== size) throw mismatch(`${typed}`);
  takeBytes(cursor, size * bytes);
  const data = storage[type].make(size);
  reader.pos = start;
  fillTyped(cursor, end, field, type, data, what());
  return { name, type, shape, data };
}

function viewRaw(cursor: ProtobufCursor, start: number, size: number, kind: Storage): TensorData {
  const bytes = cursor.reader.buf;
  const offset = bytes.byteOffset + start;
  // raw_data is little-endian by definition; every platform that runs Node or a browser today is too.
  if (offset % kind.bytes === 0) return kind.view(bytes.buffer, offset, size);
  takeBytes(cursor, size * kind.bytes);
  // Not bytes.slice: on a Buffer of Node's that is a view.
  const copy = new Uint8Array(bytes.subarray(start, start + size * kind.bytes));
  return kind.view(copy.buffer, 0, size);
}

function countFixed(
  cursor: ProtobufCursor,
  wire: number,
  end: number,
  bytes: number,
  single: number,
  what: string,
): number {
  const { reader } = cursor;
  if (wire === single) {
    reader.pos += bytes;
    return 1;
  }
  const stop = readEnd(cursor, wire, end, `data of ${what}`);
  const length = stop - reader.pos;
  if (length % bytes !== 0) {
    throw new FormatError(`data of ${what}: expected a multiple of ${bytes} bytes, received ${length}`);
  }
  reader.pos = stop;
  return length / bytes;
}

function countVarints(cursor: ProtobufCursor, wire: number, end: number, what: string): number {
  const { reader } = cursor;
  if (wire === wireType.varint) {
    reader.readVarint();
    return 1;
  }
  const stop = readEnd(cursor, wire, end, `data of ${what}`);
  // A varint ends with the first byte whose high bit is clear.
  let elements = 0;
  for (let at = reader.pos; at < stop; at++) if (reader.buf[at]! < 0x80) elements++;
  if (stop > reader.pos && reader.buf[stop - 1]! >= 0x80) {
    throw new FormatError(`data of ${what}: expected whole integers, received one that is cut off`);
  }
  reader.pos = stop;
  return elements;
}

function fillTyped(
  cursor: ProtobufCursor,
  end: number,
  wanted: number,
  type: TensorType,
  data: TensorData,
  what: string,
): void {
  const { reader } = cursor;
  let at = 0;
  const readOne =
    wanted === 4
      ? () => reader.readFloat()
      : wanted === 10
        ? () => reader.readDouble()
        : () => checkedRange(reader.readVarint(true), type, what);
  const single = wanted === 4 ? wireType.fixed32 : wanted === 10 ? wireType.fixed64 : wireType.varint;
  readFields(cursor, end, what, (field, wire) => {
    if (field !== wanted) return;
    if (wire !== single) expectWire(wire, wireType.bytes, what);
    const stop = wire === single ? reader.pos + 1 : readEnd(cursor, wire, end, what);
    while (reader.pos < stop) {
      if (data instanceof BigInt64Array) data[at++] = readBigVarint(cursor, end, what);
      else data[at++] = readOne();
    }
  });
}

const range: Readonly<Partial<Record<TensorType, readonly [number, number]>>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  bool: [0, 1],
  float16: [0, 65535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
};

function checkedRange(value: number, type: TensorType, what: string): number {
  const [low, high] = range[type]!;
  if (value < low || value > high) {
    throw new FormatError(`data of ${what}: expected ${type} values in ${low}..${high}, received ${value}`);
  }
  return value;
}

/** A 64-bit varint without the rounding that numbers have beyond 2^53. */
function readBigVarint(cursor: ProtobufCursor, end: number, what: string): bigint {
  const { reader } = cursor;
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    if (reader.pos >= end) break;
    const byte = reader.buf[reader.pos++]!;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asIntN(64, value);
  }
  throw new FormatError(`data of ${what}: expected integers of at most 10 bytes, received a longer one`);
}
