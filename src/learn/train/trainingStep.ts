// A compiled training step and the state that it changes: two sets of buffers that swap roles at every step.
import { randomStream, type Shape } from '../../core/index.ts';
import { type OnnxModel, writeOnnx } from '../../onnx/index.ts';
import { drawBernoulliMask, drawExactMask } from '../graph/dropoutMask.ts';
import { type Engine, type Program, type TensorBuffer, tensorBuffer } from '../graph/engine.ts';
import { toOnnx } from '../graph/toOnnx.ts';
import type { MaskInput } from '../nn/network.ts';
import { blockName, stateBlocks } from './stateBlocks.ts';
import {
  stateSpecs,
  stepScalars,
  type TrainingGraph,
  type TrainingGraphOptions,
  trainingGraph,
} from './trainingGraph.ts';

/** Parameters, optimiser state and averages: one set is read by a step while the other is written. */
export class TrainingState {
  #current: Record<string, TensorBuffer> = {};
  #next: Record<string, TensorBuffer> = {};

  constructor(options: Omit<TrainingGraphOptions, 'batch'>) {
    for (const { name, shape } of stateSpecs(options)) {
      addWithBlocks(this.#current, name, shape);
      addWithBlocks(this.#next, name, shape);
    }
  }

  /** Buffers that hold the present state, by name, and views of their blocks. They change places with the other set when a step is done. */
  get current(): Readonly<Record<string, TensorBuffer>> {
    return this.#current;
  }

  /** Buffers that the step under way writes. */
  get next(): Readonly<Record<string, TensorBuffer>> {
    return this.#next;
  }

  /** Makes what was written the present state. */
  swap(): void {
    [this.#current, this.#next] = [this.#next, this.#current];
  }

  /** Numbers of one state tensor, to read or to set. */
  values(name: string): Float32Array {
    return this.#current[name]!.data as Float32Array;
  }
}

function addWithBlocks(buffers: Record<string, TensorBuffer>, name: string, shape: Shape): void {
  const whole = tensorBuffer(shape, 'float32');
  buffers[name] = whole;
  const blocks = stateBlocks(shape);
  if (blocks.length === 1) return;
  const rowSize = whole.data.length / shape[0]!;
  for (const [index, block] of blocks.entries()) {
    const data = whole.data.subarray(block.from * rowSize, block.to * rowSize);
    buffers[blockName(name, index, blocks.length)] = { type: 'float32', shape: block.shape, data };
  }
}

/** What a step tells. */
export interface StepResult {
  /** Mean loss over the batch. */
  readonly loss: number;
  /** Right answers in the batch, as the network was before the update and with dropout at work. */
  readonly correct: number;
}

/** One batch size's compiled step. Several can share a state. */
export class TrainingStep {
  /** Where the batch's pixels go: `[batch, channel, row, column]`, ink 255. */
  readonly images: Uint8Array;
  /** Where its targets go: `[batch, classes]`, rows that sum to 1. */
  readonly targets: Float32Array;
  readonly #options: TrainingGraphOptions;
  readonly #program: Program;
  readonly #masks: readonly { readonly input: MaskInput; readonly data: Uint8Array }[];
  readonly #fed: Record<string, TensorBuffer> = {};
  /** State tensors, or blocks of them, that the graph reads and writes. */
  readonly #read: readonly string[];
  readonly #written: readonly string[];
  readonly #results = { loss: tensorBuffer([], 'float32'), correct: tensorBuffer([], 'float32') };

  private constructor(options: TrainingGraphOptions, program: Program, graph: TrainingGraph, model: OnnxModel) {
    this.#options = options;
    this.#program = program;
    for (const [name, { shape, type }] of Object.entries(graph.inputs)) this.#fed[name] = tensorBuffer(shape, type);
    this.#masks = graph.masks.map((mask) => {
      const buffer = tensorBuffer(mask.shape, 'uint8');
      this.#fed[`mask/${mask.layer}`] = buffer;
      return { input: mask, data: buffer.data };
    });
    this.#read = model.graph.inputs.map(({ name }) => name).filter((name) => this.#fed[name] === undefined);
    this.#written = model.graph.outputs.flatMap(({ name }) => (name.startsWith('next/') ? [name.slice(5)] : []));
    this.images = this.#fed.images!.data as Uint8Array;
    this.targets = this.#fed.targets!.data as Float32Array;
  }

  /** Builds and compiles the graph. */
  static async compile(engine: Engine, options: TrainingGraphOptions, threads?: number): Promise<TrainingStep> {
    const graph = trainingGraph(options);
    const model = toOnnx(graph.outputs, { name: `train-${options.network.name}` });
    const program = await engine.compile(writeOnnx(model), threads === undefined ? {} : { threads });
    return new TrainingStep(options, program, graph, model);
  }

  /**
   * Learns from what stands in `images` and `targets`.
   *
   * @param step counted from 1 over the whole training; with the seed it decides the dropout masks.
   * @param rate learning rate.
   * @param averageShare share of the new weights in the moving average, 0..1.
   */
  async run(state: TrainingState, seed: number, step: number, rate: number, averageShare: number): Promise<StepResult> {
    const { loss, correct } = this.#results;
    (this.#fed.scalars!.data as Float32Array).set(stepScalars(this.#options, step, rate, averageShare));
    for (const { input, data } of this.#masks) {
      const random = randomStream(seed, 'dropout', input.layer, step);
      const { rate: share, draw } = input.config;
      if (draw === 'exact') drawExactMask(data, data.length / input.shape[0]!, share, random);
      else drawBernoulliMask(data, share, random);
    }
    const feeds: Record<string, TensorBuffer> = { ...this.#fed };
    for (const name of this.#read) feeds[name] = state.current[name]!;
    const fetches: Record<string, TensorBuffer> = { loss, correct };
    for (const name of this.#written) fetches[`next/${name}`] = state.next[name]!;
    await this.#program.run(feeds, fetches);
    state.swap();
    return { loss: loss.data[0]! as number, correct: correct.data[0]! as number };
  }

  /** Frees the compiled graph. */
  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
