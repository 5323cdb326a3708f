// Writes a graph as an ONNX model.
import { UsageError } from '../../core/floor.ts';
import type { OnnxModel, OnnxValueInfo } from '../../onnx/floor.ts';
import { OnnxBuilder } from './onnxBuilder.ts';
import type { GraphNode, Tensor } from './operator.ts';
import { topologicalOrder } from './traverse.ts';

/**
 * Operator set 21 has uint8 DequantizeLinear, axes as inputs and every operator used here; IR 10 is the version of its
 * time.
 */
const opset = 21;
const irVersion = 10;

/** How a graph is written. */
export interface ToOnnxOptions {
  /** Name of the graph in the file. */
  readonly name: string;
  /** Free text in the file, by key; default: none. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Inputs that become constants of the file: trained parameters, each under its input's name. */
  readonly parameters?: ReadonlyMap<Tensor, Float32Array>;
  /** Write the first extent of inputs and outputs as the free extent `batch`, so that any batch runs. */
  readonly openBatch?: boolean;
  /** Version of the program that writes the file; default: empty. */
  readonly producerVersion?: string;
  /**
   * Channels per block of the blocked layout of the engine that will run the graph (`Engine.blockSize`). The file then
   * runs only on that engine and that kind of processor; default: only standard ONNX operators.
   */
  readonly blockSize?: number | undefined;
}

/**
 * The ONNX model that computes the outputs.
 *
 * @param outputs tensors by their names in the file, in their order there.
 * @throws {UsageError} when two inputs or parameters have the same name, or an output has the name of an input.
 *
 * @example
 * ```ts
 * import { input, ops, tensorBuffer, toOnnx } from 'ductus/engine';
 * import { onnxRuntimeEngine } from 'ductus/node';
 * import { writeOnnx } from 'ductus/onnx';
 *
 * const x = input('x', [1, 3]);
 * const model = toOnnx({ y: ops.softmax(x) }, { name: 'softmax' });
 * const program = await (await onnxRuntimeEngine()).compile(writeOnnx(model));
 * const feeds = { x: tensorBuffer([1, 3], 'float32') };
 * const fetches = { y: tensorBuffer([1, 3], 'float32') };
 * feeds.x.data.set([0, Math.log(2), 0]);
 * await program.run(feeds, fetches);
 * console.log([...fetches.y.data].map((share) => share.toFixed(2))); // [ '0.25', '0.50', '0.25' ]
 * await program.dispose();
 * ```
 */
export function toOnnx(outputs: Readonly<Record<string, Tensor>>, options: ToOnnxOptions): OnnxModel {
  const { name, metadata = {}, parameters = new Map(), openBatch = false, producerVersion = '' } = options;
  const names = new Map<Tensor, string>();
  const inputs = new Map<string, Tensor>();
  const nodes = topologicalOrder(Object.values(outputs));
  const builder = new OnnxBuilder(givenNames(name, nodes, outputs), options.blockSize);

  const shapeOf = (tensor: Tensor): (number | string)[] =>
    openBatch && tensor.shape.length > 0 ? ['batch', ...tensor.shape.slice(1)] : [...tensor.shape];
  const infoOf = (label: string, tensor: Tensor): OnnxValueInfo => ({
    name: label,
    type: tensor.type,
    shape: shapeOf(tensor),
  });

  for (const [label, tensor] of Object.entries(outputs)) {
    if (tensor.origin.kind === 'node' && !names.has(tensor)) names.set(tensor, label);
  }
  const nameOf = (tensor: Tensor): string => {
    const known = names.get(tensor);
    if (known !== undefined) return known;
    const label = nameLeaf(tensor);
    names.set(tensor, label);
    return label;
  };
  const nameLeaf = (tensor: Tensor): string => {
    const { origin, shape, type } = tensor;
    if (origin.kind === 'constant') return builder.constant(type, shape, origin.data);
    if (origin.kind === 'node') return builder.fresh(origin.node.operator.name);
    const weights = parameters.get(tensor);
    if (weights === undefined) inputs.set(origin.name, tensor);
    else builder.initializers.push({ name: origin.name, type: 'float32', shape, data: weights });
    return origin.name;
  };

  for (const { operator, inputs: from, outputs: to, attributes } of nodes) {
    const describe = (tensor: Tensor): { name: string; shape: readonly number[]; type: Tensor['type'] } => ({
      name: nameOf(tensor),
      shape: tensor.shape,
      type: tensor.type,
    });
    builder.scope = operator.name;
    operator.emit({ inputs: from.map(describe), outputs: to.map(describe), attributes }, builder);
  }
  builder.scope = '';
  // A leaf, or a tensor that is output under two names, needs an extra node for the second name.
  for (const [label, tensor] of Object.entries(outputs)) {
    if (nameOf(tensor) !== label) builder.node('Identity', [nameOf(tensor)], [label]);
  }
  return {
    irVersion,
    producerName: 'ductus',
    producerVersion,
    opsets: { '': opset, ...builder.opsets },
    metadata,
    graph: {
      name,
      nodes: builder.nodes,
      initializers: builder.initializers,
      inputs: [...inputs].map(([label, tensor]) => infoOf(label, tensor)),
      outputs: Object.entries(outputs).map(([label, tensor]) => infoOf(label, tensor)),
    },
  };
}

/** Names given by the caller: of inputs, parameters and outputs. Each may name only one tensor. */
function givenNames(
  graph: string,
  nodes: readonly GraphNode[],
  outputs: Readonly<Record<string, Tensor>>,
): ReadonlySet<string> {
  const given = new Map<string, Tensor>();
  for (const tensor of [...nodes.flatMap(({ inputs }) => inputs), ...Object.values(outputs)]) {
    if (tensor.origin.kind !== 'input') continue;
    const { name } = tensor.origin;
    if ((given.get(name) ?? tensor) !== tensor)
      throw new UsageError(`graph "${graph}": two inputs are called "${name}"`);
    given.set(name, tensor);
  }
  for (const [name, tensor] of Object.entries(outputs)) {
    if ((given.get(name) ?? tensor) !== tensor) {
      throw new UsageError(`graph "${graph}": an input and an output are called "${name}"`);
    }
    given.set(name, tensor);
  }
  return new Set(given.keys());
}
