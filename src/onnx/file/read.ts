// Reads ONNX protobuf bytes into plain data: the counterpart of `write.ts`, and the one place where a model file from a
// stranger enters. Every length is checked before it is followed; what the project's models cannot say is refused by
// name.
import { DuctusError, FormatError, UnsupportedError } from '../../core/floor.ts';
import { checkModel } from './check.ts';
import type { OnnxModel, OnnxNode, OnnxTensor, OnnxValueInfo } from './model.ts';
import {
  type ProtobufCursor,
  protobufCursor,
  readEnd,
  readFields,
  readInteger,
  readText,
  takeEntries,
} from './protobuf.ts';
import { readNode, standardDomain } from './readNode.ts';
import { readTensor } from './readTensor.ts';
import { readValueInfo } from './readValueInfo.ts';

/** Largest model file that is read: forty times the largest network here, and what a browser tab can still hold. */
export const maximumModelBytes = 512 * 2 ** 20;

/**
 * A model from the bytes of a `.onnx` file.
 *
 * Memory: tensors stored as raw_data are views of `bytes` where their alignment allows, so `bytes` must not be changed
 * afterwards; everything else is bounded by `maximumModelBytes` and `maximumEntries`.
 *
 * @returns a model with unique names, whose tensors hold exactly the elements that their shapes say.
 * @throws {FormatError} when the bytes are not an ONNX model, are cut off, contradict themselves or exceed the bounds.
 * @throws {UnsupportedError} naming the construct, when the model has subgraphs, functions, sparse or external tensors
 * or an element type that the project does not use.
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
