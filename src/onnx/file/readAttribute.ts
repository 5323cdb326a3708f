// Reads one AttributeProto, whose type is a tag or, in old files, the field that holds the value.
import { FormatError, UnsupportedError } from '../../core/floor.ts';
import type { OnnxAttribute, OnnxTensor } from './model.ts';
import {
  type ProtobufCursor,
  readEnd,
  readFields,
  readFloat,
  readFloats,
  readInteger,
  readIntegers,
  readText,
  takeEntries,
} from './protobuf.ts';
import { readTensor } from './readTensor.ts';

/** AttributeProto.AttributeType to our tag, and to the construct's name where there is none. */
const attributeKind: Readonly<Record<number, OnnxAttribute['kind']>> = {
  1: 'float',
  2: 'int',
  3: 'string',
  4: 'tensor',
  6: 'floats',
  7: 'ints',
  8: 'strings',
};
const unsupportedAttribute: Readonly<Record<number, string>> = {
  5: 'a subgraph',
  9: 'a list of tensors',
  10: 'a list of subgraphs',
  11: 'a sparse tensor',
  12: 'a list of sparse tensors',
  13: 'a type',
  14: 'a list of types',
};
/** Field of AttributeProto to the AttributeType that it belongs to. */
const typeOfField: Readonly<Record<number, number>> = {
  2: 1,
  3: 2,
  4: 3,
  5: 4,
  6: 5,
  7: 6,
  8: 7,
  9: 8,
  10: 9,
  11: 10,
  14: 13,
  15: 14,
  22: 11,
  23: 12,
};

/** Name and value of the AttributeProto that ends at `end`; `node` says whose it is, for errors. */
export function readAttribute(cursor: ProtobufCursor, end: number, node: string): [string, OnnxAttribute] {
  let name = '';
  let type = 0;
  let implied = 0;
  let float = 0;
  let int = 0;
  let string = '';
  let tensor: OnnxTensor | undefined;
  const floats: number[] = [];
  const ints: number[] = [];
  const strings: string[] = [];
  const what = (): string => (name === '' ? `attribute of ${node}` : `attribute "${name}" of ${node}`);
  readFields(cursor, end, what(), (field, wire) => {
    // Files of the first IR versions leave the type out; the field that holds the value then says it.
    implied = typeOfField[field] ?? implied;
    switch (field) {
      case 1:
        name = readText(cursor, wire, end, what());
        break;
      case 2:
        float = readFloat(cursor, wire, end, what());
        break;
      case 3:
        int = readInteger(cursor, wire, what());
        break;
      case 4:
        string = readText(cursor, wire, end, what());
        break;
      case 5:
        tensor = readTensor(cursor, readEnd(cursor, wire, end, what()), what());
        break;
      case 7:
        readFloats(cursor, wire, end, what(), floats);
        break;
      case 8:
        readIntegers(cursor, wire, end, what(), ints);
        break;
      case 9:
        takeEntries(cursor, 1);
        strings.push(readText(cursor, wire, end, what()));
        break;
      case 20:
        type = readInteger(cursor, wire, what());
        break;
      case 21:
        throw new UnsupportedError(`${what()}: references to attributes of functions are not supported`);
    }
  });
  const code = type === 0 ? implied : type;
  if (unsupportedAttribute[code] !== undefined) {
    throw new UnsupportedError(`${what()}: an attribute that is ${unsupportedAttribute[code]} is not supported`);
  }
  const kind = attributeKind[code];
  if (kind === undefined) throw new FormatError(`${what()}: expected an attribute type of 1..14, received ${code}`);
  for (const value of [int, ...ints]) {
    if (!Number.isSafeInteger(value)) {
      throw new UnsupportedError(`${what()}: integers beyond 2^53 are not supported, received about ${value}`);
    }
  }
  switch (kind) {
    case 'float':
      return [name, { kind, value: float }];
    case 'int':
      return [name, { kind, value: int }];
    case 'string':
      return [name, { kind, value: string }];
    case 'tensor':
      if (tensor === undefined) throw new FormatError(`${what()}: expected a tensor, received none`);
      return [name, { kind, value: tensor }];
    case 'floats':
      return [name, { kind, value: floats }];
    case 'ints':
      return [name, { kind, value: ints }];
    case 'strings':
      return [name, { kind, value: strings }];
  }
}
