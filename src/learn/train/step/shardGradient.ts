// A compiled gradient for shards of one size, with the buffers that it reads and writes.
import { randomStream } from '../../../core/floor.ts';
import type { MaskInput } from '../../../engine/floor.ts';
import {
  drawBernoulliMask,
  drawExactMask,
  type Engine,
  type Program,
  type TensorBuffer,
  tensorBuffer,
  toOnnx,
} from '../../../engine/floor.ts';
import { writeOnnx } from '../../../onnx/floor.ts';
import { type GradientGraph, type GradientGraphOptions, gradientGraph } from './gradientGraph.ts';

/** A shard's result of a step. */
export interface ShardResult {
  /** Pictures in the shard. */
  readonly count: number;
  /** Mean loss over the shard. */
  readonly loss: number;
  /** Right answers in it, by the network before the update and with dropout active. */
  readonly correct: number;
}

/** The gradient of a shard's loss. */
export class ShardGradient {
  /** Where the shard's pixels go: `[count, channel, row, column]`, ink 255. */
  readonly images: Uint8Array;
  /** Where its targets go: `[count, classes]`, rows that sum to 1. */
  readonly targets: Float32Array;
  /** Where a teacher's soft targets go, of the same shape; undefined where there is none. */
  readonly teacher: Float32Array | undefined;
  readonly #count: number;
  readonly #program: Program;
  readonly #masks: readonly { readonly input: MaskInput; readonly data: Uint8Array }[];
  readonly #feeds: Record<string, TensorBuffer>;
  readonly #fetches: Record<string, TensorBuffer> = {};

  private constructor(
    program: Program,
    graph: GradientGraph,
    count: number,
    parameters: Readonly<Record<string, TensorBuffer>>,
  ) {
    this.#program = program;
    this.#count = count;
    this.#feeds = { ...parameters };
    for (const [name, { shape, type }] of Object.entries(graph.inputs)) this.#feeds[name] = tensorBuffer(shape, type);
    this.#masks = graph.masks.map((mask) => {
      const buffer = tensorBuffer(mask.shape, 'uint8');
      this.#feeds[`mask/${mask.layer}`] = buffer;
      return { input: mask, data: buffer.data };
    });
    for (const [name, { shape }] of Object.entries(graph.outputs)) this.#fetches[name] = tensorBuffer(shape, 'float32');
    this.images = this.#feeds.images!.data as Uint8Array;
    this.targets = this.#feeds.targets!.data as Float32Array;
    this.teacher = this.#feeds.teacher?.data as Float32Array | undefined;
  }

  /**
   * Builds and compiles the graph.
   *
   * @param parameters a buffer for every parameter, by name; read at every run.
   */
  static async compile(
    engine: Engine,
    options: GradientGraphOptions,
    parameters: Readonly<Record<string, TensorBuffer>>,
    threads: number,
  ): Promise<ShardGradient> {
    const graph = gradientGraph(options);
    const model = toOnnx(graph.outputs, { name: `gradient-${options.network.name}`, blockSize: engine.blockSize });
    const program = await engine.compile(writeOnnx(model), { threads });
    return new ShardGradient(program, graph, options.count, parameters);
  }

  /**
   * Computes loss and gradient of the contents of `images` and `targets`.
   *
   * @param maskKeys with the seed they decide the dropout masks: the step and the shard.
   */
  async run(seed: number, ...maskKeys: readonly number[]): Promise<ShardResult> {
    for (const { input, data } of this.#masks) {
      const random = randomStream(seed, 'dropout', input.layer, ...maskKeys);
      const { rate, draw } = input.config;
      if (draw === 'exact') drawExactMask(data, data.length / input.shape[0]!, rate, random);
      else drawBernoulliMask(data, rate, random);
    }
    await this.#program.run(this.#feeds, this.#fetches);
    const { loss, correct } = this.#fetches;
    return { count: this.#count, loss: loss!.data[0] as number, correct: correct!.data[0] as number };
  }

  /**
   * The gradient with respect to a parameter, or its new value where it is not trained; undefined where the loss does
   * not depend on it.
   */
  result(parameter: string): Float32Array | undefined {
    const buffer = this.#fetches[`gradient/${parameter}`] ?? this.#fetches[`update/${parameter}`];
    return buffer?.data as Float32Array | undefined;
  }

  /** The factors of a factored gradient, `[count, rows]` and `[count, columns]`; undefined where it is not factored. */
  factors(parameter: string): { readonly left: Float32Array; readonly right: Float32Array } | undefined {
    const [left, right] = [this.#fetches[`left/${parameter}`], this.#fetches[`right/${parameter}`]];
    if (left === undefined || right === undefined) return undefined;
    return { left: left.data as Float32Array, right: right.data as Float32Array };
  }

  /** Frees the compiled graph. */
  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
