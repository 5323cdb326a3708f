// The teacher of a distilled network: trained models whose answers to the same distorted pictures are soft targets.
import { FormatError, sizeOf } from '../../core/floor.ts';
import { type Engine, type Program, type TensorBuffer, tensorBuffer } from '../../engine/floor.ts';
import { modelCardOf, readOnnx, splitModel, writeOnnx } from '../../onnx/floor.ts';

/** Several trained models, compiled. */
export class Teacher {
  readonly #members: readonly Program[];
  readonly #classes: number;
  readonly #temperature: number;
  /** Buffers by number of pictures: shards have few sizes. */
  readonly #buffers = new Map<number, { readonly input: TensorBuffer; readonly logits: TensorBuffer }>();

  private constructor(members: readonly Program[], classes: number, temperature: number) {
    this.#members = members;
    this.#classes = classes;
    this.#temperature = temperature;
  }

  /**
   * Compiles the models; a committee's file is split into its members.
   *
   * @param models bytes of model files that Ductus wrote: input `input` in 0..1, output `logits`.
   * @param classes that each must have.
   * @param temperature T of `softmax(logits / T)`, above 0.
   * @throws {FormatError} when a model is damaged or of other classes.
   */
  static async compile(
    engine: Engine,
    models: readonly Uint8Array[],
    classes: number,
    temperature: number,
    threads: number,
  ): Promise<Teacher> {
    const members: Program[] = [];
    for (const [index, bytes] of models.entries()) {
      const model = readOnnx(bytes);
      for (const member of modelCardOf(model)?.committee === undefined ? [model] : splitModel(model)) {
        const { outputs } = member.graph;
        const logits = outputs.find(({ name }) => name === 'logits');
        if (logits?.shape.at(-1) !== classes) {
          const found = outputs.map(({ name, shape }) => `"${name}" [${shape.join(', ')}]`).join(', ');
          throw new FormatError(
            `teacher ${index + 1}: expected an output "logits" of ${classes} classes, found ${found}`,
          );
        }
        members.push(await engine.compile(writeOnnx(member), { threads }));
      }
    }
    return new Teacher(members, classes, temperature);
  }

  /**
   * Soft targets (Hinton, Vinyals and Dean 2015): `softmax(logits / T)` of one model, or the mean of all models'.
   *
   * @param images bytes, ink 255; as many pictures as the shape says.
   * @param shape `[count, channel, row, column]`.
   * @param target `[count, classes]`, written.
   * @param turn which model to ask, cyclically, from 0; absent: all.
   */
  async probabilities(
    images: Uint8Array,
    shape: readonly number[],
    target: Float32Array,
    turn?: number,
  ): Promise<void> {
    const count = shape[0]!;
    let buffers = this.#buffers.get(count);
    if (buffers === undefined) {
      buffers = { input: tensorBuffer(shape, 'float32'), logits: tensorBuffer([count, this.#classes], 'float32') };
      this.#buffers.set(count, buffers);
    }
    const { input, logits } = buffers;
    for (let i = 0; i < sizeOf(shape); i++) input.data[i] = images[i]! / 255;
    target.fill(0);
    const asked = turn === undefined ? this.#members : [this.#members[turn % this.#members.length]!];
    for (const member of asked) {
      await member.run({ input }, { logits });
      this.#add(logits.data as Float32Array, target, 1 / asked.length);
    }
  }

  /** Adds a member's share of the mean. */
  #add(logits: Float32Array, target: Float32Array, share: number): void {
    const classes = this.#classes;
    for (let start = 0; start < logits.length; start += classes) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < classes; c++) largest = Math.max(largest, logits[start + c]!);
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += Math.exp((logits[start + c]! - largest) / this.#temperature);
      for (let c = 0; c < classes; c++) {
        target[start + c]! += (share * Math.exp((logits[start + c]! - largest) / this.#temperature)) / sum;
      }
    }
  }

  /** Frees what was compiled. */
  async dispose(): Promise<void> {
    for (const member of this.#members) await member.dispose();
  }
}
