// Reads one ValueInfoProto: a graph's input or output, with its element type and shape.
import { FormatError, UnsupportedError } from '../../core/floor.ts';
import type { OnnxValueInfo } from './model.ts';
import { type ProtobufCursor, readEnd, readFields, readInteger, readText, takeEntries } from './protobuf.ts';
import { tensorTypeOf } from './tensorStorage.ts';

/** Reads the ValueInfoProto that ends at `end`; `role` is input or output, for errors. */
export function readValueInfo(cursor: ProtobufCursor, end: number, role: string): OnnxValueInfo {
  let name = '';
  let code = 0;
  let shape: (number | string)[] | undefined;
  const what = (): string => `graph ${role} "${name}"`;
  readFields(cursor, end, what(), (field, wire) => {
    if (field === 1) name = readText(cursor, wire, end, what());
    else if (field === 2) {
      const typeEnd = readEnd(cursor, wire, end, what());
      readFields(cursor, typeEnd, what(), (kind, kindWire) => {
        if (kind === 1) {
          const tensorEnd = readEnd(cursor, kindWire, typeEnd, what());
          readFields(cursor, tensorEnd, what(), (part, partWire) => {
            if (part === 1) code = readInteger(cursor, partWire, what());
            else if (part === 2) shape = readShape(cursor, readEnd(cursor, partWire, tensorEnd, what()), what());
          });
        } else if (kind === 4 || kind === 5 || kind === 8 || kind === 9) {
          throw new UnsupportedError(
            `${what()}: only dense tensors are supported, not sequences, maps or sparse tensors`,
          );
        }
      });
    }
  });
  if (shape === undefined) throw new FormatError(`${what()}: expected a tensor type with a shape, received none`);
  return { name, type: tensorTypeOf(code, what()), shape };
}

function readShape(cursor: ProtobufCursor, end: number, what: string): (number | string)[] {
  const shape: (number | string)[] = [];
  readFields(cursor, end, what, (field, wire) => {
    if (field !== 1) return;
    takeEntries(cursor, 1);
    const dimensionEnd = readEnd(cursor, wire, end, what);
    // An extent without value or name is free; the question mark gives it one that can be written again.
    let extent: number | string = '?';
    readFields(cursor, dimensionEnd, what, (part, partWire) => {
      if (part === 1) extent = readInteger(cursor, partWire, what);
      else if (part === 2) extent = readText(cursor, partWire, dimensionEnd, what);
    });
    shape.push(extent);
  });
  return shape;
}
