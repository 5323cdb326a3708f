// The teacher of a distilled network: trained models that look at the same distorted pictures and say what they think of them.
import { FormatError, formatShape, sizeOf } from '../../core/index.ts';
import { readOnnx } from '../../onnx/index.ts';
import { type Engine, type Program, type TensorBuffer, tensorBuffer } from '../graph/engine.ts';

/** Several trained models, compiled. */
export class Teacher {
  readonly #programs: readonly Program[];
  readonly #classes: number;
  readonly #temperature: number;
  /** Buffers by number of pictures: shards have few sizes. */
  readonly #buffers = new Map<number, { readonly input: TensorBuffer; readonly logits: TensorBuffer }>();

  private constructor(programs: readonly Program[], classes: number, temperature: number) {
    this.#programs = programs;
    this.#classes = classes;
    this.#temperature = temperature;
  }

  /**
   * Compiles the models.
   *
   * @param models bytes of model files that Ductus wrote: input `input` in 0..1, output `logits`.
   * @param classes that each must tell apart.
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
    const programs: Program[] = [];
    for (const [index, bytes] of models.entries()) {
      const output = readOnnx(bytes).graph.outputs.find(({ name }) => name === 'logits');
      if (output?.shape.at(-1) !== classes) {
        throw new FormatError(
          `teacher ${index + 1}: expected an output "logits" of ${classes} classes, found ${output === undefined ? 'none' : formatShape(output.shape as number[])}`,
        );
      }
      programs.push(await engine.compile(bytes, { threads }));
    }
    return new Teacher(programs, classes, temperature);
  }

  /**
   * Mean over the models of `softmax(logits / T)`: soft targets (Hinton, Vinyals and Dean 2015).
   *
   * @param images bytes, ink 255; as many pictures as the shape says.
   * @param shape `[count, channel, row, column]`.
   * @param target `[count, classes]`, written.
   */
  async probabilities(images: Uint8Array, shape: readonly number[], target: Float32Array): Promise<void> {
    const count = shape[0]!;
    let buffers = this.#buffers.get(count);
    if (buffers === undefined) {
      buffers = { input: tensorBuffer(shape, 'float32'), logits: tensorBuffer([count, this.#classes], 'float32') };
      this.#buffers.set(count, buffers);
    }
    const [input, logits] = [buffers.input.data as Float32Array, buffers.logits.data as Float32Array];
    for (let i = 0; i < sizeOf(shape); i++) input[i] = images[i]! / 255;
    target.fill(0);
    for (const program of this.#programs) {
      await program.run({ input: buffers.input }, { logits: buffers.logits });
      for (let row = 0; row < count; row++) {
        const own = logits.subarray(row * this.#classes, (row + 1) * this.#classes);
        let largest = Number.NEGATIVE_INFINITY;
        for (const logit of own) largest = Math.max(largest, logit);
        let sum = 0;
        for (const logit of own) sum += Math.exp((logit - largest) / this.#temperature);
        for (const [c, logit] of own.entries()) {
          const probability = Math.exp((logit - largest) / this.#temperature) / sum;
          target[row * this.#classes + c]! += probability / this.#programs.length;
        }
      }
    }
  }

  /** Frees what was compiled. */
  async dispose(): Promise<void> {
    for (const program of this.#programs) await program.dispose();
  }
}
