// Reads one NodeProto: an operator with its inputs, outputs and attributes.
import { FormatError, UnsupportedError } from '../../core/floor.ts';
import type { OnnxAttribute, OnnxNode } from './model.ts';
import { type ProtobufCursor, readEnd, readFields, readText, takeEntries } from './protobuf.ts';
import { readAttribute } from './readAttribute.ts';

/** Reads the NodeProto that ends at `end`, the graph's `index`th. */
export function readNode(cursor: ProtobufCursor, end: number, index: number): OnnxNode {
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

/** `ai.onnx` is the long name of the standard operator set, which everyone else calls ''. */
export function standardDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain;
}
