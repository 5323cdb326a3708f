// Collects the Keras form of a network's layers: the list of Keras 2 layers and weights so far. Knows activations, but
// no layer.
import { UnsupportedError } from '../../core/floor.ts';
import { type Activation, type ActivationKind, activations } from '../nn/activation.ts';
import type { WeightReader } from '../nn/weightReader.ts';

/** A layer in Keras's JSON. */
export interface KerasLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A weight under the name by which Keras finds it: `<layer>/<weight>`. */
export interface KerasWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Layers and weights in Keras's form, channels last, as they are written. */
export class KerasWriter {
  readonly layers: KerasLayer[] = [];
  readonly weights: KerasWeight[] = [];
  /** Reads one of our weights. */
  readonly weight: WeightReader;
  /** After a flatten: for each feature in Keras's order, its index in Ductus's; undefined where the two agree. */
  order: Int32Array | undefined;
  readonly #input: readonly [channels: number, rows: number, columns: number];

  /** @param input shape of the network's input. */
  constructor(input: readonly [channels: number, rows: number, columns: number], weight: WeightReader) {
    this.#input = input;
    this.weight = weight;
  }

  /** Adds a layer; the first one carries the shape of the input: a free batch, then rows, columns, channels. */
  push(className: string, config: Readonly<Record<string, unknown>>): void {
    const [channels, rows, columns] = this.#input;
    const first = this.layers.length === 0 ? { batch_input_shape: [null, rows, columns, channels] } : {};
    this.layers.push({ class_name: className, config: { ...config, trainable: true, dtype: 'float32', ...first } });
  }

  /** Adds a weight. */
  store(name: string, shape: readonly number[], data: Float32Array): void {
    this.weights.push({ name, shape, data });
  }

  /** Adds an activation as a separate layer. @throws {UnsupportedError} when Keras has none that computes the same. */
  activate(name: string, activation: Activation = 'linear'): void {
    const kind: ActivationKind = activations[activation];
    const { keras } = kind;
    if (keras === 'identity') return;
    if (keras === 'none') {
      throw new UnsupportedError(`layer "${name}": Keras has no activation that computes "${activation}"`);
    }
    this.push(keras.className, { name, ...keras.config });
  }

  /** Rows of a `[features, width]` weight in the order in which Keras sees the features. */
  reordered(values: Float32Array, width: number): Float32Array {
    const { order } = this;
    if (order === undefined) return values;
    const result = new Float32Array(values.length);
    order.forEach((from, to) => {
      result.set(values.subarray(from * width, (from + 1) * width), to * width);
    });
    return result;
  }
}
