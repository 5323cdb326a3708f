// Writes a model as ONNX protobuf bytes. Field numbers are those of onnx.proto; lists are packed as proto3 packs them.
import { PbfWriter } from 'pbf';
import { FormatError } from '../../core/floor.ts';
import {
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
  tensorTypeCode,
} from './model.ts';

/** AttributeProto.AttributeType and the field that holds the value, by our tag. */
const attributeField = {
  float: { type: 1, field: 2 },
  int: { type: 2, field: 3 },
  string: { type: 3, field: 4 },
  tensor: { type: 4, field: 5 },
  floats: { type: 6, field: 7 },
  ints: { type: 7, field: 8 },
  strings: { type: 8, field: 9 },
} as const;

/**
 * Bytes of a `.onnx` file.
 *
 * @returns the serialised ModelProto; `readOnnx` gives back an equal model.
 * @throws {FormatError} when a tensor's data does not have the length that its shape says.
 */
export function writeOnnx(model: OnnxModel): Uint8Array {
  const writer = new PbfWriter();
  writer.writeVarintField(1, model.irVersion);
  writer.writeStringField(2, model.producerName);
  writer.writeStringField(3, model.producerVersion);
  writer.writeMessage(7, writeGraph, model.graph);
  for (const [domain, version] of Object.entries(model.opsets)) writer.writeMessage(8, writeOpset, { domain, version });
  for (const [key, value] of Object.entries(model.metadata)) writer.writeMessage(14, writeEntry, { key, value });
  return writer.finish();
}

function writeOpset(opset: { domain: string; version: number }, writer: PbfWriter): void {
  if (opset.domain !== '') writer.writeStringField(1, opset.domain);
  writer.writeVarintField(2, opset.version);
}

function writeEntry(entry: { key: string; value: string }, writer: PbfWriter): void {
  writer.writeStringField(1, entry.key);
  writer.writeStringField(2, entry.value);
}

function writeGraph(graph: OnnxModel['graph'], writer: PbfWriter): void {
  for (const node of graph.nodes) writer.writeMessage(1, writeNode, node);
  writer.writeStringField(2, graph.name);
  for (const tensor of graph.initializers) writer.writeMessage(5, writeTensor, tensor);
  for (const input of graph.inputs) writer.writeMessage(11, writeValueInfo, input);
  for (const output of graph.outputs) writer.writeMessage(12, writeValueInfo, output);
}

function writeNode(node: OnnxNode, writer: PbfWriter): void {
  for (const input of node.inputs) writer.writeStringField(1, input);
  for (const output of node.outputs) writer.writeStringField(2, output);
  if (node.name !== '') writer.writeStringField(3, node.name);
  writer.writeStringField(4, node.opType);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    writer.writeMessage(5, writeAttribute, { name, attribute });
  }
  if (node.domain !== '') writer.writeStringField(7, node.domain);
}

function writeAttribute(entry: { name: string; attribute: OnnxAttribute }, writer: PbfWriter): void {
  const { name, attribute } = entry;
  const { type, field } = attributeField[attribute.kind];
  writer.writeStringField(1, name);
  switch (attribute.kind) {
    case 'float':
      writer.writeFloatField(field, attribute.value);
      break;
    case 'int':
      writer.writeVarintField(field, attribute.value);
      break;
    case 'string':
      writer.writeStringField(field, attribute.value);
      break;
    case 'tensor':
      writer.writeMessage(field, writeTensor, attribute.value);
      break;
    case 'floats':
      writer.writePackedFloat(field, [...attribute.value]);
      break;
    case 'ints':
      writer.writePackedVarint(field, [...attribute.value]);
      break;
    case 'strings':
      for (const value of attribute.value) writer.writeStringField(field, value);
      break;
  }
  writer.writeVarintField(20, type);
}

function writeTensor(tensor: OnnxTensor, writer: PbfWriter): void {
  const size = tensor.shape.reduce((product, extent) => product * extent, 1);
  if (tensor.data.length !== size) {
    throw new FormatError(
      `tensor "${tensor.name}" of shape [${tensor.shape.join(', ')}]: expected ${size} elements, received ${tensor.data.length}`,
    );
  }
  writer.writePackedVarint(1, [...tensor.shape]);
  writer.writeVarintField(2, tensorTypeCode[tensor.type]);
  if (tensor.name !== '') writer.writeStringField(8, tensor.name);
  // raw_data is little-endian by definition; every platform that runs Node or a browser today is too.
  writer.writeBytesField(9, new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength));
}

function writeValueInfo(info: OnnxValueInfo, writer: PbfWriter): void {
  writer.writeStringField(1, info.name);
  writer.writeMessage(2, writeType, info);
}

function writeType(info: OnnxValueInfo, writer: PbfWriter): void {
  writer.writeMessage(1, writeTensorType, info);
}

function writeTensorType(info: OnnxValueInfo, writer: PbfWriter): void {
  writer.writeVarintField(1, tensorTypeCode[info.type]);
  writer.writeMessage(2, writeShape, info.shape);
}

function writeShape(shape: readonly (number | string)[], writer: PbfWriter): void {
  for (const extent of shape) writer.writeMessage(1, writeDimension, extent);
}

function writeDimension(extent: number | string, writer: PbfWriter): void {
  if (typeof extent === 'number') writer.writeVarintField(1, extent);
  else writer.writeStringField(2, extent);
}
