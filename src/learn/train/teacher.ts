// The teacher of a distilled network: trained models that look at the same distorted pictures and say what they think of them.
import { FormatError, sizeOf } from '../../core/index.ts';
import { readOnnx } from '../../onnx/index.ts';
import { type Engine, type Program, type TensorBuffer, tensorBuffer } from '../graph/engine.ts';

/** A compiled model and the outputs that hold its members' logits: one, or of a committee's file several. */
interface Compiled {
  readonly program: Program;
  readonly outputs: readonly string[];
}

/** Several trained models, compiled. */
export class Teacher {
  readonly #compiled: readonly Compiled[];
  readonly #members: number;
  readonly #classes: number;
  readonly #temperature: number;
  /** Buffers by number of pictures: shards have few sizes. */
  readonly #buffers = new Map<number, { readonly input: TensorBuffer; readonly logits: readonly TensorBuffer[] }>();

  private constructor(compiled: readonly Compiled[], classes: number, temperature: number) {
    this.#compiled = compiled;
    this.#members = compiled.reduce((sum, { outputs }) => sum + outputs.length, 0);
    this.#classes = classes;
    this.#temperature = temperature;
  }

  /**
   * Compiles the models.
   *
   * @param models bytes of model files that Ductus wrote: input `input` in 0..1, output `logits`, or `member_<n>/logits` of a
   *   committee's members.
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
    const compiled: Compiled[] = [];
    for (const [index, bytes] of models.entries()) {
      const outputs = readOnnx(bytes).graph.outputs.filter(({ name }) => name === 'logits' || name.endsWith('/logits'));
      if (outputs.length === 0 || outputs.some(({ shape }) => shape.at(-1) !== classes)) {
        const found = outputs.map(({ name, shape }) => `"${name}" [${shape.join(', ')}]`).join(', ') || 'none';
        throw new FormatError(`teacher ${index + 1}: expected outputs "logits" of ${classes} classes, found ${found}`);
      }
      const program = await engine.compile(bytes, { threads });
      compiled.push({ program, outputs: outputs.map(({ name }) => name) });
    }
    return new Teacher(compiled, classes, temperature);
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
      const most = Math.max(...this.#compiled.map(({ outputs }) => outputs.length));
      const logits = Array.from({ length: most }, () => tensorBuffer([count, this.#classes], 'float32'));
      buffers = { input: tensorBuffer(shape, 'float32'), logits };
      this.#buffers.set(count, buffers);
    }
    const { input, logits } = buffers;
    for (let i = 0; i < sizeOf(shape); i++) input.data[i] = images[i]! / 255;
    target.fill(0);
    for (const { program, outputs } of this.#compiled) {
      await program.run({ input }, Object.fromEntries(outputs.map((name, index) => [name, logits[index]!])));
      for (const [index] of outputs.entries()) this.#add(logits[index]!.data as Float32Array, target);
    }
  }

  /** Adds a member's share of the mean. */
  #add(logits: Float32Array, target: Float32Array): void {
    const classes = this.#classes;
    for (let start = 0; start < logits.length; start += classes) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < classes; c++) largest = Math.max(largest, logits[start + c]!);
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += Math.exp((logits[start + c]! - largest) / this.#temperature);
      for (let c = 0; c < classes; c++) {
        target[start + c]! += Math.exp((logits[start + c]! - largest) / this.#temperature) / sum / this.#members;
      }
    }
  }

  /** Frees what was compiled. */
  async dispose(): Promise<void> {
    for (const { program } of this.#compiled) await program.dispose();
  }
}
