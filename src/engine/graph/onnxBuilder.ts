// Collects ONNX nodes and constants while a graph is written out. Operators see nothing else of the file format.
import type { OnnxAttribute, OnnxNode, OnnxTensor, TensorData, TensorType } from '../../onnx/floor.ts';

/** Attribute values as operators write them: whole numbers are INT, lists of them INTS; use `float` for FLOAT. */
export type AttributeValue = number | string | readonly number[] | OnnxAttribute;

/** A FLOAT attribute (a bare number is written as INT). */
export function float(value: number): OnnxAttribute {
  return { kind: 'float', value };
}

/** Versions of the operator sets besides ONNX's own that nodes may come from; only ONNX Runtime has them. */
const domainVersions: Readonly<Record<string, number>> = { 'com.microsoft.nchwc': 1 };

/** Nodes and constants of one graph, in execution order. */
export class OnnxBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  readonly #constants = new Map<string, string>();
  readonly #taken: ReadonlySet<string>;
  #count = 0;
  /** Operator of the next nodes. Their names begin with it, so that a profile shows Ductus's operators. */
  scope = '';
  /**
   * Channels per block of the engine's blocked layout (see `blockedConvolution.ts`); undefined: only standard ONNX
   * operators may be written.
   */
  readonly blockSize: number | undefined;
  /** Operator sets of the nodes besides ONNX's own, with their versions. */
  readonly opsets: Record<string, number> = {};

  /** @param taken names already used in the graph: of inputs, parameters and outputs. */
  constructor(taken: ReadonlySet<string> = new Set(), blockSize?: number) {
    this.#taken = taken;
    this.blockSize = blockSize;
  }

  /** A name that no other value of the graph has. */
  fresh(hint: string): string {
    for (;;) {
      const name = `${hint}_${this.#count++}`;
      if (!this.#taken.has(name)) return name;
    }
  }

  /** Adds a node with named outputs. */
  node(
    opType: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
    domain = '',
  ): void {
    const tagged: Record<string, OnnxAttribute> = {};
    for (const [key, value] of Object.entries(attributes)) tagged[key] = tag(value);
    if (domain !== '') this.opsets[domain] = domainVersions[domain]!;
    const name = this.fresh(this.scope === '' ? opType : `${this.scope}/${opType}`);
    this.nodes.push({ opType, domain, name, inputs, outputs, attributes: tagged });
  }

  /** Adds a node with one output under a fresh name, and returns that name. */
  call(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
    domain = '',
  ): string {
    const output = this.fresh(opType);
    this.node(opType, inputs, [output], attributes, domain);
    return output;
  }

  /** A constant tensor; small equal ones are stored once. */
  constant(type: TensorType, shape: readonly number[], data: TensorData, hint = 'constant'): string {
    const key = data.length <= 64 ? `${type}[${shape.join()}]${data.join()}` : undefined;
    const known = key === undefined ? undefined : this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.fresh(hint);
    this.initializers.push({ name, type, shape, data });
    if (key !== undefined) this.#constants.set(key, name);
    return name;
  }

  /**
   * A tensor of x's shape with memory of its own, for operators that write into their inputs; its numbers mean nothing.
   * A constant would not work: ONNX Runtime stores small equal constants once, and computes two equal products once. So
   * it is x times a factor that no other node has.
   */
  scratch(x: string): string {
    return this.call('Mul', [x, this.scalar(this.#count + 0.3)]);
  }

  /** A 1-D int64 constant: axes, shapes, starts. */
  integers(values: readonly number[]): string {
    return this.constant('int64', [values.length], BigInt64Array.from(values, BigInt));
  }

  /** A float32 constant of shape `[]`. */
  scalar(value: number): string {
    return this.constant('float32', [], Float32Array.of(value));
  }
}

function tag(value: AttributeValue): OnnxAttribute {
  if (typeof value === 'number') return { kind: 'int', value };
  if (typeof value === 'string') return { kind: 'string', value };
  if ('kind' in value) return value;
  return { kind: 'ints', value };
}
