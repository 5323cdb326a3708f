// Bounded reading of protobuf over pbf's reader, which trusts lengths: here every length is checked against the message
// that holds it before it is followed, and everything repeated is paid from one budget. Not a schema: `read.ts` has
// that.
import { PbfReader } from 'pbf';
import { FormatError } from '../../core/floor.ts';

/** Wire types of protobuf; groups (3 and 4) are not used by ONNX. */
export const wireType = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * Most repeated entries (nodes, names, attributes, list elements, tensors) that one model may hold. A hundred
 * times the largest published vision networks, and at some 100 bytes an entry no more than 100 MB of objects.
 */
export const maximumEntries = 1_000_000;

/** Most bytes of tensor data that are allocated anew: copied for alignment, or unpacked from typed fields. */
export const maximumCopiedBytes = 512 * 2 ** 20;

// Not fatal in pbf, which would turn wrong bytes into replacement characters and so make different names equal.
const decoder = new TextDecoder('utf-8', { fatal: true });

/** A place in the bytes, the reader that stands there and what is left of the budget. */
export interface ProtobufCursor {
  readonly reader: PbfReader;
  entries: number;
  copied: number;
}

/** A cursor at the start of the bytes. */
export function protobufCursor(bytes: Uint8Array): ProtobufCursor {
  return { reader: new PbfReader(bytes), entries: maximumEntries, copied: maximumCopiedBytes };
}

/** Pays for repeated entries before they are made. @throws {FormatError} when there are more than `maximumEntries`. */
export function takeEntries(cursor: ProtobufCursor, count: number): void {
  cursor.entries -= count;
  if (cursor.entries < 0) {
    throw new FormatError(
      `ONNX model: expected at most ${maximumEntries} nodes, names and list entries, received more`,
    );
  }
}

/** Pays for tensor data before it is allocated. @throws {FormatError} when there is more than `maximumCopiedBytes`. */
export function takeBytes(cursor: ProtobufCursor, bytes: number): void {
  cursor.copied -= bytes;
  if (cursor.copied < 0) {
    throw new FormatError(
      `ONNX model: expected at most ${maximumCopiedBytes} bytes of unpacked tensors, received more`,
    );
  }
}

/**
 * Calls `readField` for each field of the message that ends at `end`; a field that it leaves alone is skipped.
 *
 * @throws {FormatError} when a field is cut off, is a group or runs past the message.
 */
export function readFields(
  cursor: ProtobufCursor,
  end: number,
  what: string,
  readField: (field: number, wire: number) => void,
): void {
  const { reader } = cursor;
  while (reader.pos < end) {
    const tag = reader.readVarint();
    const field = Math.floor(tag / 8);
    const wire = tag & 7;
    if (field === 0) throw new FormatError(`${what}: expected a field number of 1 or more, received 0`);
    const valueStart = reader.pos;
    if (valueStart >= end) throw cutOff(what, reader.pos);
    readField(field, wire);
    if (reader.pos === valueStart) skipValue(cursor, wire, end, what);
    if (reader.pos > end) throw cutOff(what, end);
  }
}

/** Reads the length of a length-delimited value and returns where it ends, which lies within the enclosing message. */
export function readEnd(cursor: ProtobufCursor, wire: number, end: number, what: string): number {
  expectWire(wire, wireType.bytes, what);
  const { reader } = cursor;
  const length = reader.readVarint();
  if (!(length <= end - reader.pos)) {
    throw new FormatError(
      `${what}: its length says ${length} bytes, received ${Math.max(0, end - reader.pos)}; the file is cut off or damaged`,
    );
  }
  return reader.pos + length;
}

/** Reads a UTF-8 string. */
export function readText(cursor: ProtobufCursor, wire: number, end: number, what: string): string {
  const stop = readEnd(cursor, wire, end, what);
  const { reader } = cursor;
  const slice = reader.buf.subarray(reader.pos, stop);
  reader.pos = stop;
  try {
    return decoder.decode(slice);
  } catch {
    throw new FormatError(`${what}: expected UTF-8 text, received bytes that are not`);
  }
}

/** Reads a signed integer of up to 64 bits; beyond 2^53 it is only near, which callers must refuse where it matters. */
export function readInteger(cursor: ProtobufCursor, wire: number, what: string): number {
  expectWire(wire, wireType.varint, what);
  return cursor.reader.readVarint(true);
}

/** Reads a 32-bit float. */
export function readFloat(cursor: ProtobufCursor, wire: number, end: number, what: string): number {
  expectWire(wire, wireType.fixed32, what);
  if (cursor.reader.pos + 4 > end) throw cutOff(what, end);
  return cursor.reader.readFloat();
}

/** Appends the integers of a repeated field, packed or one by one, as both are legal. */
export function readIntegers(cursor: ProtobufCursor, wire: number, end: number, what: string, into: number[]): void {
  if (wire === wireType.varint) {
    takeEntries(cursor, 1);
    into.push(readInteger(cursor, wire, what));
    return;
  }
  const stop = readEnd(cursor, wire, end, what);
  while (cursor.reader.pos < stop) {
    takeEntries(cursor, 1);
    into.push(cursor.reader.readVarint(true));
  }
  if (cursor.reader.pos > stop) throw cutOff(what, stop);
}

/** Appends the 32-bit floats of a repeated field, packed or one by one. */
export function readFloats(cursor: ProtobufCursor, wire: number, end: number, what: string, into: number[]): void {
  if (wire === wireType.fixed32) {
    takeEntries(cursor, 1);
    into.push(readFloat(cursor, wire, end, what));
    return;
  }
  const stop = readEnd(cursor, wire, end, what);
  const length = stop - cursor.reader.pos;
  if (length % 4 !== 0) throw new FormatError(`${what}: expected whole 32-bit floats, received ${length} bytes`);
  takeEntries(cursor, length / 4);
  while (cursor.reader.pos < stop) into.push(cursor.reader.readFloat());
}

/** Refuses a field whose wire type is not the schema's. */
export function expectWire(received: number, expected: number, what: string): void {
  if (received !== expected) {
    throw new FormatError(`${what}: expected protobuf wire type ${expected}, received ${received}`);
  }
}

function skipValue(cursor: ProtobufCursor, wire: number, end: number, what: string): void {
  const { reader } = cursor;
  if (wire === wireType.varint) reader.readVarint();
  else if (wire === wireType.fixed32) reader.pos += 4;
  else if (wire === wireType.fixed64) reader.pos += 8;
  else if (wire === wireType.bytes) reader.pos = readEnd(cursor, wire, end, what);
  else throw new FormatError(`${what}: expected a protobuf wire type of 0, 1, 2 or 5, received ${wire}`);
}

function cutOff(what: string, at: number): FormatError {
  return new FormatError(`${what}: the file is cut off or damaged near byte ${at}`);
}
