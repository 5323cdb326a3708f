// Reads one node for its operator: attributes with their kinds checked, constant inputs with their types checked, and a
// name for error messages. Knows no operator.
import { FormatError, formatShape, ShapeError, UnsupportedError } from '../../core/floor.ts';
import type { OnnxNode, OnnxTensor } from '../../onnx/floor.ts';
import type { Constant, TensorInfo } from './values.ts';

/** What a node's attribute of each kind holds. */
interface AttributeValues {
  readonly int: number;
  readonly float: number;
  readonly string: string;
  readonly tensor: OnnxTensor;
  readonly ints: readonly number[];
  readonly floats: readonly number[];
  readonly strings: readonly string[];
}

/** A node as its operator sees it. */
export class NodeReader {
  readonly node: OnnxNode;
  /** Version of the standard operator set that the model asks for. */
  readonly opset: number;
  /** How messages call the node: `node "conv2d_1" (Conv)`. */
  readonly what: string;
  readonly #constants: ReadonlyMap<string, Constant>;

  constructor(node: OnnxNode, opset: number, constants: ReadonlyMap<string, Constant>) {
    this.node = node;
    this.opset = opset;
    this.what = nodeTitle(node);
    this.#constants = constants;
  }

  int(name: string, otherwise: number): number {
    return this.#attribute(name, 'int') ?? otherwise;
  }

  float(name: string, otherwise: number): number {
    return this.#attribute(name, 'float') ?? otherwise;
  }

  string(name: string, otherwise: string): string {
    return this.#attribute(name, 'string') ?? otherwise;
  }

  ints(name: string): readonly number[] | undefined {
    return this.#attribute(name, 'ints');
  }

  floats(name: string): readonly number[] | undefined {
    return this.#attribute(name, 'floats');
  }

  tensor(name: string): OnnxTensor | undefined {
    return this.#attribute(name, 'tensor');
  }

  has(name: string): boolean {
    return Object.hasOwn(this.node.attributes, name);
  }

  /** Refuses an attribute whose value this runtime does not honour. */
  demandInt(name: string, honoured: number): void {
    const value = this.int(name, honoured);
    if (value !== honoured) throw this.unsupported(`attribute ${name} = ${value}; only ${honoured} is`);
  }

  /** Whether the node has this input; trailing and empty names mean "left out". */
  hasInput(index: number): boolean {
    return (this.node.inputs[index] ?? '') !== '';
  }

  /** The input's constant value, or `undefined` when it is computed or left out. */
  constant(index: number): Constant | undefined {
    return this.#constants.get(this.node.inputs[index] ?? '');
  }

  /** A float32 constant input that must be there. */
  floatConstant(index: number, role: string): Constant & { readonly data: Float32Array } {
    const constant = this.constant(index);
    if (constant === undefined) {
      if (!this.hasInput(index))
        throw new FormatError(`${this.what}: expected ${role} as input ${index}, received none`);
      throw this.unsupported(`${role} that is computed; only constants are`);
    }
    return { ...constant, data: this.floats32(constant, role) };
  }

  /** A constant input of whole numbers, or `undefined` when the node leaves it out. */
  intConstant(index: number, role: string): readonly number[] | undefined {
    if (!this.hasInput(index)) return undefined;
    const constant = this.constant(index);
    if (constant === undefined) throw this.unsupported(`${role} that is computed; only constants are`);
    if (constant.type !== 'int64' && constant.type !== 'int32') {
      throw new FormatError(`${this.what}: expected ${role} as int64, received ${constant.type}`);
    }
    if (constant.data.length > 64) {
      throw new FormatError(`${this.what}: expected ${role} of a few numbers, received ${constant.data.length}`);
    }
    return Array.from(constant.data as Iterable<number | bigint>, (value) => {
      const number = Number(value);
      if (!Number.isSafeInteger(number)) throw this.unsupported(`${role} with ${value}`);
      return number;
    });
  }

  /** The elements of a constant that must be float32. */
  floats32(constant: Constant, role: string): Float32Array {
    if (!(constant.data instanceof Float32Array))
      throw this.unsupported(`${role} of type ${constant.type}; only float32 is`);
    return constant.data;
  }

  /** The input's shape and type; refuses one that is left out. */
  info(inputs: readonly (TensorInfo | undefined)[], index: number): TensorInfo {
    const info = inputs[index];
    if (info === undefined) throw new FormatError(`${this.what}: expected an input ${index}, received none`);
    return info;
  }

  /** The shape of an input that must be float32. */
  floatShape(inputs: readonly (TensorInfo | undefined)[], index: number): readonly number[] {
    const { shape, type } = this.info(inputs, index);
    if (type !== 'float32') throw this.unsupported(`input ${index} of type ${type}; only float32 is`);
    return shape;
  }

  /** An axis counted from the end when negative. */
  axis(axis: number, rank: number): number {
    const resolved = axis < 0 ? axis + rank : axis;
    if (!(resolved >= 0 && resolved < Math.max(1, rank))) {
      throw new ShapeError(`${this.what}: expected an axis of ${-rank}..${rank - 1}, received ${axis}`);
    }
    return resolved;
  }

  unsupported(construct: string): UnsupportedError {
    return new UnsupportedError(`${this.what}: not supported: ${construct}`);
  }

  misfit(expected: string, shape: readonly number[]): ShapeError {
    return new ShapeError(`${this.what}: expected ${expected}, received ${formatShape(shape)}`);
  }

  #attribute<Kind extends keyof AttributeValues>(name: string, kind: Kind): AttributeValues[Kind] | undefined {
    if (!this.has(name)) return undefined;
    const attribute = this.node.attributes[name]!;
    if (attribute.kind !== kind) {
      throw new FormatError(`${this.what}: expected attribute ${name} as ${kind}, received ${attribute.kind}`);
    }
    return attribute.value as AttributeValues[Kind];
  }
}

/** How messages call a node: by its name, else by what it makes. */
export function nodeTitle(node: OnnxNode): string {
  return `node "${node.name === '' ? (node.outputs[0] ?? '') : node.name}" (${node.opType})`;
}
