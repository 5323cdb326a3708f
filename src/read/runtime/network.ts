// A network that can be run: the runtime's front. Reads and checks a model, folds and fuses what can be done at load,
// and then runs batches in memory that it keeps. Knows tensors only; pictures and labels are the recogniser's.
import { FormatError, formatShape, sizeOf, UnsupportedError, UsageError } from '../../core/floor.ts';
import { checkModel, elementBytes, type OnnxModel, type OnnxValueInfo, readOnnx } from '../../onnx/floor.ts';
import { newBudget } from './budget.ts';
import { foldConstants } from './fold.ts';
import { fuseNodes } from './fuse.ts';
import type { Kernels } from './kernels/kernels.ts';
import { plainKernels } from './kernels/plain.ts';
import { fastestKernels } from './kernels/wasm.ts';
import { maximumNetworkBytes, maximumWork } from './limits.ts';
import { NodeReader } from './nodeReader.ts';
import { operators } from './operators/table.ts';
import { type BoundNetwork, type Layout, layOut, type PreparedGraph } from './plan.ts';
import { sortNodes } from './sort.ts';
import { checkSupport } from './support.ts';
import type { Constant } from './values.ts';

/** One output of a run. */
export interface NetworkOutput {
  /** Extents of the output, the batch first. */
  readonly shape: readonly number[];
  /** Row-major; the caller's own copy. */
  readonly data: Float32Array;
}

/** A loaded model with one float32 input. */
export interface Network {
  /** The one input: name and shape, its first extent a name where any batch size will do. */
  readonly inputs: readonly OnnxValueInfo[];
  /** Outputs with the shapes that the network really has; the first extent a name where it follows the batch. */
  readonly outputs: readonly OnnxValueInfo[];
  /**
   * Runs one batch.
   *
   * @param input `[batch, ...]`, row-major.
   * @param batch number of samples, 1 or more; for a model of a fixed batch size exactly that.
   * @param outputs names of the outputs wanted; all where left out.
   * @throws {UsageError} for a wrong length, batch size or name, a batch that needs too much memory, or after
   * `dispose`.
   */
  run(input: Float32Array, batch: number, outputs?: readonly string[]): Record<string, NetworkOutput>;
  /** Frees the memory; later runs are refused. Safe to call twice. */
  dispose(): void;
}

/** Choices at load. */
export interface NetworkOptions {
  /** How the heavy operators are computed; the fastest that the host has where left out. */
  readonly kernels?: Kernels;
}

/**
 * Loads a model for inference.
 *
 * Memory is bounded by `maximumNetworkBytes`, work by `maximumWork`; both are checked before anything is allocated.
 * Values live in one block that is kept from run to run and only grows when a larger batch comes.
 *
 * @throws {FormatError} when the model is damaged, contradicts itself, has a cycle or asks for too much.
 * @throws {ShapeError} when the shapes of its operators do not fit together.
 * @throws {UnsupportedError} listing the operators, or naming the attribute or construct, that cannot be run.
 *
 * @example
 * ```ts
 * import { loadNetwork } from 'ductus';
 * import { loadModel, openDataset } from 'ductus/node';
 *
 * const network = loadNetwork((await loadModel('digits')).bytes);
 * const { images } = await openDataset('mnist:test');
 * const input = Float32Array.from(images.subarray(0, 2 * 784), (ink) => ink / 255); // [batch, channel, row, column]
 * const { probabilities } = network.run(input, 2, ['probabilities']);
 * console.log(probabilities!.shape); // [ 2, 10 ]
 * network.dispose();
 * ```
 */
export function loadNetwork(source: OnnxModel | Uint8Array, options: NetworkOptions = {}): Network {
  const chosen = options.kernels ?? fastestKernels();
  const model = source instanceof Uint8Array ? readOnnx(source) : source;
  if (!(source instanceof Uint8Array)) checkModel(model);
  checkSupport(model);
  const input = soleInput(model);
  const fixedBatch = typeof input.shape[0] === 'number' ? input.shape[0] : undefined;
  const sampleShape = input.shape.slice(1) as number[];
  const budget = newBudget();
  let kernels = chosen.forNetwork?.() ?? chosen;
  let graph = prepareGraph(model, input.name, kernels, budget);
  const constantBytes = budget.bytes();

  let memory: Float32Array = new Float32Array(0);
  let bound: { readonly batch: number; readonly layout: Layout; readonly network: BoundNetwork } | undefined;
  let disposed = false;

  function bindBatch(batch: number): NonNullable<typeof bound> {
    if (bound?.batch === batch) return bound;
    const layout = layOut(graph, [batch, ...sampleShape], kernels);
    const bytes = constantBytes + layout.cost.bytes;
    if (!(bytes <= maximumNetworkBytes) || !(layout.cost.work <= maximumWork)) {
      const text = `network at batch size ${batch}: expected to need at most ${maximumNetworkBytes} bytes and ${maximumWork} multiply-adds, received ${bytes} and ${layout.cost.work}`;
      throw batch === (fixedBatch ?? 1) ? new FormatError(text) : new UsageError(text);
    }
    bound = undefined;
    kernels.reserve?.(layout.cost.bytes);
    if (kernels.reserve !== undefined || memory.length < layout.floats) memory = kernels.allocate(layout.floats);
    bound = { batch, layout, network: layout.bind(memory) };
    return bound;
  }

  const { layout } = bindBatch(fixedBatch ?? 1);
  const outputs = model.graph.outputs.map(({ name }): OnnxValueInfo => {
    const [first, ...rest] = layout.shapes.get(name)!;
    const shape =
      first === undefined ? [] : [fixedBatch === undefined && first === 1 ? input.shape[0]! : first, ...rest];
    return { name, type: 'float32', shape };
  });
  const names = outputs.map(({ name }) => name);

  return {
    inputs: [input],
    outputs,
    run(values, batch, wanted = names) {
      if (disposed) throw new UsageError('network: expected to be run before dispose, received a run after it');
      if (!Number.isSafeInteger(batch) || batch < 1 || (fixedBatch !== undefined && batch !== fixedBatch)) {
        throw new UsageError(`network: expected a batch size of ${fixedBatch ?? '1 or more'}, received ${batch}`);
      }
      const shape = [batch, ...sampleShape];
      if (values.length !== sizeOf(shape)) {
        throw new UsageError(
          `network input "${input.name}" of shape ${formatShape(shape)}: expected ${sizeOf(shape)} values, received ${values.length}`,
        );
      }
      for (const name of wanted) {
        if (!names.includes(name)) {
          throw new UsageError(`network output: expected ${names.join(' or ')}, received "${name}"`);
        }
      }
      const current = bindBatch(batch);
      current.network.input.set(values);
      current.network.run();
      return Object.fromEntries(
        wanted.map((name) => [
          name,
          { shape: current.layout.shapes.get(name)!, data: current.network.outputs.get(name)!.slice() },
        ]),
      );
    },
    dispose() {
      disposed = true;
      bound = undefined;
      memory = new Float32Array(0);
      // The packed weights and the memory behind them go too.
      graph = { ...graph, nodes: [], constants: new Map() };
      kernels = plainKernels;
    },
  };
}

/** The model's one input that is not a constant. */
function soleInput(model: OnnxModel): OnnxValueInfo {
  // Files up to IR version 3 list their constants among the inputs.
  const constants = new Set(model.graph.initializers.map(({ name }) => name));
  const inputs = model.graph.inputs.filter(({ name }) => !constants.has(name));
  const [input] = inputs;
  if (input === undefined || inputs.length > 1) {
    throw new UnsupportedError(
      `model: expected one input, received ${inputs.length}: ${inputs
        .slice(0, 10)
        .map(({ name }) => name)
        .join(', ')}`,
    );
  }
  const what = `model input "${input.name}"`;
  if (input.type !== 'float32') throw new UnsupportedError(`${what}: expected float32, received ${input.type}`);
  if (input.shape.length === 0) throw new UnsupportedError(`${what}: expected a batch axis, received a scalar`);
  if (input.shape[0] === 0) throw new FormatError(`${what}: expected a batch size of 1 or more, received 0`);
  const free = input.shape.slice(1).find((extent) => typeof extent === 'string');
  if (free !== undefined) {
    throw new UnsupportedError(`${what}: expected fixed extents behind the batch, received "${free}"`);
  }
  return input;
}

function prepareGraph(
  model: OnnxModel,
  input: string,
  kernels: Kernels,
  budget: ReturnType<typeof newBudget>,
): PreparedGraph {
  const { nodes, initializers, outputs } = model.graph;
  const opset = model.opsets['']!;
  const constants = new Map<string, Constant>();
  for (const { name, shape, type, data } of initializers) {
    budget.claimBytes(data.length * elementBytes(type));
    constants.set(name, { shape, type, data });
  }
  const sorted = sortNodes(nodes, new Set([input, ...constants.keys()]));
  const computed = foldConstants(sorted, opset, constants, budget);
  const outputNames = outputs.map(({ name }) => name);
  for (const name of outputNames) {
    const type = constants.get(name)?.type ?? 'float32';
    if (type !== 'float32') throw new UnsupportedError(`model output "${name}": expected float32, received ${type}`);
  }
  const fused = fuseNodes(computed, opset, constants, new Set(outputNames));
  const prepared = fused.map(({ node, activation, bias }) => ({
    node,
    prepared: operators.get(node.opType)!.prepare(new NodeReader(node, opset, constants), {
      kernels,
      activation,
      claim: budget.claimBytes,
      ...(bias === undefined ? {} : { bias }),
    }),
  }));
  return { nodes: prepared, constants, input, outputs: outputNames };
}
