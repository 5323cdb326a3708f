// Lays a network out for one batch size: shapes of all values, one block of memory in which values share space once
// they are no longer needed, and the steps bound to their places in it. Nothing is allocated before the whole has been
// allowed.
import { sizeOf, UnsupportedError } from '../../core/floor.ts';
import type { OnnxNode, TensorData } from '../../onnx/floor.ts';
import type { Kernels } from './kernels/kernels.ts';
import { nodeTitle } from './nodeReader.ts';
import type { PreparedNode, Step } from './operator.ts';
import type { Constant, TensorInfo } from './values.ts';

/** A graph ready to be planned: nodes in order, prepared, and the constants they use. */
export interface PreparedGraph {
  readonly nodes: readonly { readonly node: OnnxNode; readonly prepared: PreparedNode }[];
  readonly constants: ReadonlyMap<string, Constant>;
  readonly input: string;
  readonly outputs: readonly string[];
}

/** What a layout will cost. */
export interface Cost {
  /** Bytes of values and scratch memory, without constants and packed weights. */
  readonly bytes: number;
  readonly work: number;
}

/** A laid-out network that can be run once its memory is there. */
export interface Layout {
  readonly cost: Cost;
  /** Floats that `bind` needs. */
  readonly floats: number;
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** Places values in `memory` (at least `floats` long) and returns the network's single call. */
  bind(memory: Float32Array): BoundNetwork;
}

/** Steps with their memory: fill `input`, call `run`, read `outputs`. */
export interface BoundNetwork {
  readonly input: Float32Array;
  readonly outputs: ReadonlyMap<string, Float32Array>;
  run(): void;
}

interface Block {
  readonly start: number;
  readonly size: number;
}

/** @param inputShape the input's shape with its batch size. */
export function layOut(graph: PreparedGraph, inputShape: readonly number[], kernels: Kernels): Layout {
  const infos = new Map<string, TensorInfo>(graph.constants);
  infos.set(graph.input, { shape: inputShape, type: 'float32' });
  // Values that share memory by reshaping are known by the name of the first of them.
  const owner = new Map<string, string>([[graph.input, graph.input]]);
  const steps: Step[] = [];
  let work = 0;
  let scratch = 0;
  for (const { node, prepared } of graph.nodes) {
    const step = prepared.plan(node.inputs.map((name) => infos.get(name)));
    work += step.work;
    scratch += step.scratchBytes ?? 0;
    for (const [index, name] of node.outputs.entries()) {
      if (name === '') {
        // A kernel writes it all the same, into memory that `bind` asks for; 64 bytes may go to its alignment.
        scratch += 4 * sizeOf(step.outputs[index]?.shape ?? []) + 64;
        continue;
      }
      const info = step.outputs[index];
      if (info === undefined || info.type !== 'float32') {
        throw new UnsupportedError(
          `${nodeTitle(node)}: not supported: output ${index} of type ${info?.type ?? 'unknown'}`,
        );
      }
      infos.set(name, info);
      owner.set(name, step.alias ? owner.get(node.inputs[0]!)! : name);
    }
    steps.push(step);
  }
  const { blocks, floats } = assignBlocks(graph, infos, owner);
  return {
    cost: { bytes: floats * 4 + scratch, work },
    floats,
    shapes: new Map(graph.outputs.map((name) => [name, infos.get(name)!.shape])),
    bind(memory) {
      const place = (name: string): Float32Array => {
        const { start } = blocks.get(owner.get(name)!)!;
        return memory.subarray(start, start + sizeOf(infos.get(name)!.shape));
      };
      const data = (name: string): TensorData | undefined =>
        name === '' ? undefined : (graph.constants.get(name)?.data ?? place(name));
      const calls: (() => void)[] = [];
      for (const [index, step] of steps.entries()) {
        if (step.alias) continue;
        const { node } = graph.nodes[index]!;
        const inputs = node.inputs.map(data);
        const outputs = step.outputs.map((info, at) => {
          const name = node.outputs[at] ?? '';
          return name === '' ? kernels.allocate(sizeOf(info.shape)) : place(name);
        });
        const run = step.bind();
        calls.push(() => run(inputs, outputs));
      }
      return {
        input: place(graph.input),
        outputs: new Map(graph.outputs.map((name) => [name, data(name) as Float32Array])),
        run() {
          for (const call of calls) call();
        },
      };
    },
  };
}

/**
 * Gives each value a place that no other value uses while it lives; the smallest free place that fits, else a new one.
 */
function assignBlocks(
  graph: PreparedGraph,
  infos: ReadonlyMap<string, TensorInfo>,
  owner: ReadonlyMap<string, string>,
): { blocks: Map<string, Block>; floats: number } {
  const lastUse = new Map<string, number>();
  for (const [index, { node }] of graph.nodes.entries()) {
    for (const name of node.inputs) if (owner.has(name)) lastUse.set(owner.get(name)!, index);
  }
  for (const name of graph.outputs) if (owner.has(name)) lastUse.set(owner.get(name)!, graph.nodes.length);
  // The input is filled before the first step and may be asked for again, so it keeps its place.
  lastUse.set(graph.input, graph.nodes.length);

  const blocks = new Map<string, Block>();
  const free: Block[] = [];
  const living = new Map<string, Block>();
  let floats = 0;
  const take = (name: string): void => {
    // Rounded up so that every value begins on a boundary of 64 bytes, which vector kernels like.
    const size = Math.ceil(sizeOf(infos.get(name)!.shape) / 16) * 16;
    let best = -1;
    for (const [at, block] of free.entries()) {
      if (block.size >= size && (best < 0 || block.size < free[best]!.size)) best = at;
    }
    const block = best < 0 ? { start: floats, size } : free.splice(best, 1)[0]!;
    if (best < 0) floats += size;
    blocks.set(name, block);
    living.set(name, block);
  };
  take(graph.input);
  for (const [index, { node }] of graph.nodes.entries()) {
    for (const name of node.outputs) if (owner.get(name) === name) take(name);
    const ending = [...node.inputs, ...node.outputs].map((name) => owner.get(name));
    for (const name of new Set(ending)) {
      const block = name === undefined ? undefined : living.get(name);
      if (block === undefined || (lastUse.get(name!) ?? -1) > index) continue;
      living.delete(name!);
      free.push(block);
    }
  }
  return { blocks, floats };
}
