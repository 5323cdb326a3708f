// Parameters, optimiser state, averages and gradients of a training in one shared memory, which all its workers work
// on.
import { type Shape, sizeOf, UsageError } from '../../../core/floor.ts';
import type { NetworkConfig } from '../../../engine/floor.ts';
import { networkParameters } from '../../../engine/floor.ts';
import { type OptimizerConfig, optimizerOf } from '../optimizers.ts';
import { factoredParameters, outerRows } from './factoredGradients.ts';

/** What determines a training's state. */
export interface StateOptions {
  readonly network: NetworkConfig;
  readonly optimizer: OptimizerConfig;
  /** Whether an exponential moving average of the weights is kept beside them. */
  readonly averaging: boolean;
}

/** How the batches of a training are divided. */
export interface BatchLayout {
  readonly batch: number;
  /** Parts of a batch, each with gradients of its own. */
  readonly shards: number;
}

/** A tensor that a training step changes. */
export interface StateSpec {
  readonly name: string;
  readonly shape: Shape;
}

/** State tensors of a training: parameters, then the optimiser's slots, then averaged weights. */
export function stateSpecs(options: StateOptions): StateSpec[] {
  const parameters = networkParameters(options.network);
  const { slots } = optimizerOf(options.optimizer);
  const trained = parameters.filter(({ trainable }) => trainable);
  return [
    ...parameters.map(({ name, shape }) => ({ name, shape })),
    ...slots.flatMap((slot) => trained.map(({ name, shape }) => ({ name: slotName(slot, name), shape }))),
    ...(options.averaging ? parameters.map(({ name, shape }) => ({ name: averageName(name), shape })) : []),
  ];
}

/** State name of a parameter's moving average. */
export function averageName(parameter: string): string {
  return `average/${parameter}`;
}

/** State name of a parameter's slot of the optimiser. */
export function slotName(slot: string, parameter: string): string {
  return `${slot}/${parameter}`;
}

/** Tensors begin at multiples of a cache line, so that two workers never write to the same one. */
const lineBytes = 64;
const pageBytes = 65_536;
/** What one WebAssembly memory can address. */
const mostPages = 65_536;

/** Layout of a training's memory. The same options give the same layout, so threads only pass the memory around. */
export class TrainingMemory {
  readonly memory: WebAssembly.Memory;
  readonly #places = new Map<string, { readonly address: number; readonly length: number }>();

  /**
   * @param memory that of another thread; absent: a new one, all zeros.
   * @throws {UsageError} when it would take more than 4 GiB.
   */
  constructor(options: StateOptions, { batch, shards }: BatchLayout, memory?: WebAssembly.Memory) {
    let bytes = 0;
    const place = (name: string, shape: Shape): void => {
      const length = sizeOf(shape);
      this.#places.set(name, { address: bytes, length });
      bytes += Math.ceil((4 * length) / lineBytes) * lineBytes;
    };
    for (const { name, shape } of stateSpecs(options)) place(name, shape);
    const factored = factoredParameters(options.network, batch);
    for (const { name, shape } of factored) {
      const [rows, columns] = shape as readonly [number, number];
      place(leftName(name), [batch, rows]);
      place(rightName(name), [batch, columns]);
    }
    const widest = Math.max(0, ...factored.map(({ shape }) => shape[1]!));
    for (let shard = 0; shard < shards; shard++) {
      for (const { name, shape } of networkParameters(options.network)) {
        if (!factored.some((spec) => spec.name === name)) place(gradientName(shard, name), shape);
      }
      if (widest > 0) place(scratchName(shard), [outerRows, widest]);
    }
    const pages = Math.ceil(bytes / pageBytes);
    if (pages > mostPages) {
      throw new UsageError(
        `network "${options.network.name}" with ${shards} shards needs ${(bytes / 2 ** 30).toFixed(1)} GiB for state and gradients; expected at most 4 GiB: train with fewer shards`,
      );
    }
    this.memory = memory ?? new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  }

  /** Byte address of a tensor. */
  address(name: string): number {
    return this.#places.get(name)!.address;
  }

  /** Elements that a tensor occupies, padded to whole cache lines; those beyond its end are 0 and stay so. */
  paddedLength(name: string): number {
    return (Math.ceil((4 * this.#places.get(name)!.length) / lineBytes) * lineBytes) / 4;
  }

  /** A tensor's numbers, in place. */
  values(name: string): Float32Array {
    const { address, length } = this.#places.get(name)!;
    return new Float32Array(this.memory.buffer, address, length);
  }
}

/** Name of a shard's gradient with respect to a parameter, or of its new value for a parameter that is not trained. */
export function gradientName(shard: number, parameter: string): string {
  return `shard${shard}/${parameter}`;
}

/** Names of the factors of a factored gradient, of the whole batch: `[batch, rows]` and `[batch, columns]`. */
export function leftName(parameter: string): string {
  return `left/${parameter}`;
}
export function rightName(parameter: string): string {
  return `right/${parameter}`;
}

/** Where a worker computes rows of a factored gradient; there are at most as many workers as shards. */
export function scratchName(worker: number): string {
  return `scratch${worker}`;
}
