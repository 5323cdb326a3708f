// Runs a network forward over labelled pictures, with parameters that live in buffers (while training) rather than in a
// file.
import { sizeOf } from '../../core/floor.ts';
import type { NetworkConfig } from '../../engine/floor.ts';
import {
  buildNetwork,
  classCount,
  dequantize,
  type Engine,
  input,
  logSoftmax,
  networkParameters,
  type Program,
  type TensorBuffer,
  tensorBuffer,
  toOnnx,
  withoutAuxiliary,
} from '../../engine/floor.ts';
import { writeOnnx } from '../../onnx/floor.ts';
import { BatchLoader, countOf, type Samples } from '../../samples/floor.ts';

/** Loss and accuracy over a set of pictures. */
export interface EvaluationResult {
  readonly count: number;
  readonly correct: number;
  /** Share of right answers, 0..1. */
  readonly accuracy: number;
  /** Mean cross-entropy in nats over the pictures with an answer, without label smoothing. */
  readonly loss: number;
  /** Pictures among `count` without an answer, because no ink was found in them; absent: none. */
  readonly empty?: number;
}

/** What one batch contributes to an evaluation. */
export interface BatchScore {
  readonly count: number;
  readonly correct: number;
  /** Sum of the cross-entropies. */
  readonly lossSum: number;
}

/** Loss and accuracy from the scores of all batches, added in their order. */
export function summarise(scores: readonly BatchScore[]): EvaluationResult {
  let [count, correct, loss] = [0, 0, 0];
  for (const score of scores) {
    count += score.count;
    correct += score.correct;
    loss += score.lossSum;
  }
  return { count, correct, accuracy: correct / count, loss: loss / count };
}

/** 250 pictures of 28 x 28; for other sizes, as many pixels. */
function usualBatch({ input: shape }: NetworkConfig): number {
  return Math.min(250, Math.max(1, Math.round((250 * 28 * 28) / sizeOf(shape))));
}

/** A compiled forward pass. Batches are of one size; the last is padded and the padding ignored. */
export class Evaluator {
  readonly #network: NetworkConfig;
  readonly #program: Program;
  readonly #images: TensorBuffer & { readonly data: Uint8Array };
  readonly #output: TensorBuffer & { readonly data: Float32Array };
  /** Pictures a run. */
  readonly batch: number;

  private constructor(network: NetworkConfig, program: Program, batch: number) {
    this.#network = network;
    this.#program = program;
    this.batch = batch;
    this.#images = tensorBuffer([batch, ...network.input], 'uint8');
    this.#output = tensorBuffer([batch, classCount(network)], 'float32');
  }

  /**
   * Builds and compiles the graph. @param batch pictures per run; default: 250, or fewer for larger pictures, so that
   * the activations of small networks stay in cache.
   */
  static async compile(
    engine: Engine,
    config: NetworkConfig,
    batch: number = usualBatch(config),
    threads?: number,
  ): Promise<Evaluator> {
    const network = withoutAuxiliary(config);
    const parameters = new Map(networkParameters(network).map(({ name, shape }) => [name, input(name, shape)]));
    const images = input('images', [batch, ...network.input], 'uint8');
    const { logits } = buildNetwork(network, dequantize(images, 1 / 255), parameters);
    const model = toOnnx({ logProbabilities: logSoftmax(logits) }, { name: `evaluate-${network.name}` });
    const program = await engine.compile(writeOnnx(model), threads === undefined ? {} : { threads });
    return new Evaluator(network, program, batch);
  }

  /**
   * Log-probabilities of every picture, row by row: `[count, classes]`.
   *
   * @param parameters a buffer for every parameter, by name.
   */
  async logProbabilities(samples: Samples, parameters: Readonly<Record<string, TensorBuffer>>): Promise<Float32Array> {
    const classes = classCount(this.#network);
    const result = new Float32Array(countOf(samples) * classes);
    for await (const { step, rows } of this.#batches(samples, parameters))
      result.set(rows, step * this.batch * classes);
    return result;
  }

  /** Loss and accuracy of the parameters given. */
  async evaluate(samples: Samples, parameters: Readonly<Record<string, TensorBuffer>>): Promise<EvaluationResult> {
    return summarise(await this.scores(samples, parameters));
  }

  /** Sums of loss and right answers, batch by batch. */
  async scores(samples: Samples, parameters: Readonly<Record<string, TensorBuffer>>): Promise<BatchScore[]> {
    const classes = classCount(this.#network);
    const scores: BatchScore[] = [];
    // Batch by batch: with thousands of classes, the scores of all pictures would take gigabytes.
    for await (const { rows, targets } of this.#batches(samples, parameters)) {
      let [correct, lossSum] = [0, 0];
      for (const [picture, target] of targets.entries()) {
        const row = rows.subarray(picture * classes, (picture + 1) * classes);
        let best = 0;
        for (let c = 1; c < classes; c++) if (row[c]! > row[best]!) best = c;
        if (best === target) correct++;
        lossSum -= row[target]!;
      }
      scores.push({ count: targets.length, correct, lossSum });
    }
    return scores;
  }

  /** Runs batch after batch. `rows` are log-probabilities `[count, classes]`, overwritten by the next batch. */
  async *#batches(
    samples: Samples,
    parameters: Readonly<Record<string, TensorBuffer>>,
  ): AsyncGenerator<{ readonly step: number; readonly rows: Float32Array; readonly targets: Uint16Array }> {
    const feeds = { ...parameters, images: this.#images };
    for (const { step, count, images, targets } of new BatchLoader(samples, {
      batchSize: this.batch,
      shuffled: false,
    }).epoch(0)) {
      this.#images.data.set(images);
      await this.#program.run(feeds, { logProbabilities: this.#output });
      yield { step, rows: this.#output.data.subarray(0, count * classCount(this.#network)), targets };
    }
  }

  /** Frees the compiled graph. */
  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}
