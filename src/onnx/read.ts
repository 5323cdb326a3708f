// Reads ONNX protobuf bytes into plain data: the counterpart of `write.ts`, and the one place where a model file from a
// stranger enters. Every length is checked before it is followed; what the project's models cannot say is refused by name.
import { DuctusError, FormatError, UnsupportedError } from '../core/floor.ts';
import { checkModel } from './check.ts';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValueInfo } from './model.ts';
import {
  type ProtobufCursor,
  protobufCursor,
  readEnd,
  readFields,
  readFloat,
  readFloats,
  readInteger,
  readIntegers,
  readText,
  takeEntries,
} from './protobuf.ts';
import { readTensor, tensorTypeOf } from './readTensor.ts';

/** Largest model file that is read; ours: forty times the largest network here, and what a browser tab can still hold. */
export const maximumModelBytes = 512 * 2 ** 20;

/**
 * A model from the bytes of a `.onnx` file.
 *
 * Memory: tensors stored as raw_data are views of `bytes` where their alignment allows, so `bytes` must not be changed
 * afterwards; everything else is bounded by `maximumModelBytes` and `maximumEntries`.
 *
 * @returns a model with unique names, whose tensors hold exactly the elements that their shapes say.
 * @throws {FormatError} when the bytes are not an ONNX model, are cut off, contradict themselves or exceed the bounds.
 * @throws {UnsupportedError} naming the construct, when the model has subgraphs, functions, sparse or external tensors or
 *   an element type that the project does not use.
 *
 * @example
 * ```ts
 * import { loadModel } from 'ductus/node';
 * import { modelCardOf, readOnnx } from 'ductus/onnx';
 *
 * const model = readOnnx((await loadModel('digits')).bytes);
 * console.log(model.graph.inputs.map(({ shape }) => shape)); // [ [ 'batch', 1, 28, 28 ] ]
 * console.log(modelCardOf(model)?.labels.join('')); // 0123456789
 * ```
 */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  if (bytes.length > maximumModelBytes) {
    throw new FormatError(`ONNX model: expected at most ${maximumModelBytes} bytes, received ${bytes.length}`);
  }
  try {
    const model = readModel(protobufCursor(bytes), bytes.length);
    checkModel(model);
    return model;
  } catch (error) {
    if (error instanceof DuctusError) throw error;
    // pbf throws plain errors on a varint of more than ten bytes or one that leaves the buffer.
    const cause = error instanceof Error ? error.message : String(error);
    throw new FormatError(`ONNX model: expected protobuf, received bytes that are cut off or damaged (${cause})`);
  }
}

function readModel(cursor: ProtobufCursor, end: number): OnnxModel {
  let irVersion = 0;
  let producerName = '';
  let producerVersion = '';
  let graph: OnnxModel['graph'] | undefined;
  const opsets = new Map<string, number>();
  const metadata = new Map<string, string>();
  const what = 'ONNX model';
  readFields(cursor, end, what, (field, wire) => {
    switch (field) {
      case 1:
        irVersion = readInteger(cursor, wire, what);
        break;
      case 2:
        producerName = readText(cursor, wire, end, what);
        break;
      case 3:
        producerVersion = readText(cursor, wire, end, what);
        break;
      case 7:
        if (graph !== undefined) throw new FormatError(`${what}: expected one graph, received several`);
        graph = readGraph(cursor, readEnd(cursor, wire, end, 'graph'));
        break;
      case 8:
        readOpset(cursor, readEnd(cursor, wire, end, 'operator set'), opsets);
        break;
      case 14:
        readEntry(cursor, readEnd(cursor, wire, end, 'metadata'), metadata);
        break;
      case 20:
        throw new UnsupportedError(`${what}: training information (training_info) is not supported`);
      case 25:
        throw new UnsupportedError(`${what}: model-local functions are not supported`);
    }
  });
  if (graph === undefined) {
    throw new FormatError(`${what}: expected a graph, received ${end} bytes without one; is this an ONNX file?`);
  }
  return {
    irVersion,
    producerName,
    producerVersion,
    opsets: Object.fromEntries(opsets),
    metadata: Object.fromEntries(metadata),
    graph,
  };
}

function readOpset(cursor: ProtobufCursor, end: number, opsets: Map<string, number>): void {
  takeEntries(cursor, 1);
  let domain = '';
  let version = 0;
  readFields(cursor, end, 'operator set', (field, wire) => {
    if (field === 1) domain = standardDomain(readText(cursor, wire, end, 'operator set'));
    else if (field === 2) version = readInteger(cursor, wire, 'operator set');
  });
  if (opsets.has(domain)) {
    throw new FormatError(`ONNX model: expected one version of operator set "${domain}", received two`);
  }
  opsets.set(domain, version);
}

function readEntry(cursor: ProtobufCursor, end: number, metadata: Map<string, string>): void {
  takeEntries(cursor, 1);
  let key = '';
  let value = '';
  readFields(cursor, end, 'metadata', (field, wire) => {
    if (field === 1) key = readText(cursor, wire, end, 'metadata key');
    else if (field === 2) value = readText(cursor, wire, end, `metadata "${key}"`);
  });
  if (metadata.has(key)) throw new FormatError(`ONNX model: expected one metadata entry "${key}", received two`);
  metadata.set(key, value);
}

function readGraph(cursor: ProtobufCursor, end: number): OnnxModel['graph'] {
  let name = '';
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const inputs: OnnxValueInfo[] = [];
  const outputs: OnnxValueInfo[] = [];
  readFields(cursor, end, 'graph', (field, wire) => {
    switch (field) {
      case 1:
        takeEntries(cursor, 1);
        nodes.push(readNode(cursor, readEnd(cursor, wire, end, 'node'), nodes.length));
        break;
      case 2:
        name = readText(cursor, wire, end, 'graph name');
        break;
      case 5:
        takeEntries(cursor, 1);
        initializers.push(readTensor(cursor, readEnd(cursor, wire, end, 'initializer'), 'the graph'));
        break;
      case 11:
        takeEntries(cursor, 1);
        inputs.push(readValueInfo(cursor, readEnd(cursor, wire, end, 'graph input'), 'input'));
        break;
      case 12:
        takeEntries(cursor, 1);
        outputs.push(readValueInfo(cursor, readEnd(cursor, wire, end, 'graph output'), 'output'));
        break;
      case 15:
        throw new UnsupportedError('graph: sparse initializers are not supported');
    }
  });
  return { name, nodes, initializers, inputs, outputs };
}

function readNode(cursor: ProtobufCursor, end: number, index: number): OnnxNode {
  let name = '';
  let opType = '';
  let domain = '';
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  const what = (): string => `node ${index}${opType === '' ? '' : ` (${opType})`}`;
  readFields(cursor, end, what(), (field, wire) => {
    switch (field) {
      case 1:
        takeEntries(cursor, 1);
        inputs.push(readText(cursor, wire, end, what()));
        break;
      case 2:
        takeEntries(cursor, 1);
        outputs.push(readText(cursor, wire, end, what()));
        break;
      case 3:
        name = readText(cursor, wire, end, what());
        break;
      case 4:
        opType = readText(cursor, wire, end, what());
        break;
      case 5: {
        takeEntries(cursor, 1);
        const [key, value] = readAttribute(cursor, readEnd(cursor, wire, end, what()), what());
        if (attributes.has(key)) throw new FormatError(`${what()}: expected one attribute "${key}", received two`);
        attributes.set(key, value);
        break;
      }
      case 7:
        domain = standardDomain(readText(cursor, wire, end, what()));
        break;
      case 8:
        if (readText(cursor, wire, end, what()) !== '') {
          throw new UnsupportedError(`${what()}: overloads of model-local functions are not supported`);
        }
        break;
    }
  });
  return { opType, domain, name, inputs, outputs, attributes: Object.fromEntries(attributes) };
}

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

function readAttribute(cursor: ProtobufCursor, end: number, node: string): [string, OnnxAttribute] {
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

function readValueInfo(cursor: ProtobufCursor, end: number, role: string): OnnxValueInfo {
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

/** `ai.onnx` is the long name of the standard operator set, which everyone else calls ''. */
function standardDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain;
}
