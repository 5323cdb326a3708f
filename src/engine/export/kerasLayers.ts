// A network's layers as Keras 2 writes them, channels last: configs renamed, weights transposed. Holds no file format.
import { FormatError, formatShape, type Shape, sizeOf, UnsupportedError } from '../../core/floor.ts';
import type {
  Activation,
  BatchNormConfig,
  Conv2dConfig,
  DenseConfig,
  NetworkConfig,
  Padding,
  Pool2dConfig,
  Size2d,
} from '../nn/config.ts';
import { type PlacedLayer, placeLayers } from '../nn/network.ts';
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

/** Slope of LeakyReLU below 0, as in the network's own graph (Maas et al. 2013; ONNX's default). Keras's is 0.3. */
const leakySlope = 0.01;

/** Most numbers that a picture may become in any layer; ours: 4096 x 4096. A card that claims more is not to be believed. */
const maximumNumbers = 2 ** 24;

/**
 * Translates a network's layers and weights.
 *
 * Ours are `[batch, channel, row, column]`, Keras's here `[batch, row, column, channel]`: kernels are transposed, and what
 * follows a flatten of several channels is permuted, because flattening walks the same numbers in another order.
 *
 * @returns layers, the last of which gives logits, and their weights in the order of the layers.
 * @throws {UnsupportedError} when Keras has no layer that computes the same; it names the layer.
 * @throws {FormatError} when network and weights do not fit each other.
 */
export function kerasLayers(
  network: NetworkConfig,
  weight: WeightReader,
): { layers: KerasLayer[]; weights: KerasWeight[] } {
  const translation = new Translation(network, weight);
  for (const layer of placeLayers(network)) translation.add(layer);
  if (translation.order !== undefined) {
    throw new UnsupportedError(
      `network "${network.name}": it ends in flattened pictures, whose order differs in Keras; expected a dense layer after flatten`,
    );
  }
  return { layers: translation.layers, weights: translation.weights };
}

class Translation {
  readonly layers: KerasLayer[] = [];
  readonly weights: KerasWeight[] = [];
  /** After a flatten: for each feature in Keras's order its index in ours; undefined where the two agree. */
  order: Int32Array | undefined;
  private readonly network: NetworkConfig;
  private readonly weight: WeightReader;

  constructor(network: NetworkConfig, weight: WeightReader) {
    this.network = network;
    this.weight = weight;
  }

  add(placed: PlacedLayer): void {
    const { name, config: layer, inputShape, outputShape } = placed;
    for (const shape of [inputShape, outputShape]) {
      if (shape.every((extent) => Number.isInteger(extent) && extent > 0) && sizeOf(shape) <= maximumNumbers) continue;
      throw new FormatError(
        `layer "${name}": expected at most ${maximumNumbers} numbers a picture, received shape ${formatShape(shape)}`,
      );
    }
    switch (layer.type) {
      case 'conv2d':
        this.conv2d(name, layer, inputShape);
        break;
      case 'maxPool2d':
      case 'averagePool2d':
        this.pool(name, layer, inputShape);
        break;
      case 'globalMaxPool2d':
      case 'globalAveragePool2d':
        this.push(layer.type === 'globalMaxPool2d' ? 'GlobalMaxPooling2D' : 'GlobalAveragePooling2D', { name });
        break;
      case 'flatten':
        this.flatten(name, inputShape);
        break;
      case 'dense':
        this.dense(name, layer, inputShape);
        break;
      case 'batchNorm':
        this.batchNorm(name, layer, inputShape);
        break;
      case 'activation':
        this.activation(name, layer.activation);
        break;
      case 'dropout':
        // Both ways of drawing are the identity at inference, the only thing an exported network is for.
        this.push('Dropout', { name, rate: layer.rate });
        break;
      default:
        throw new UnsupportedError(
          `network "${this.network.name}": layer type "${(layer as { type: unknown }).type}" has no Keras layer here`,
        );
    }
  }

  private conv2d(name: string, layer: Conv2dConfig, input: Shape): void {
    const channels = input[0]!;
    const [kernelRows, kernelColumns] = layer.kernel;
    const stride = layer.stride ?? [1, 1];
    const groups = layer.groups ?? 1;
    const depthwise = groups !== 1;
    if (depthwise && (groups !== channels || layer.filters !== channels)) {
      throw new UnsupportedError(
        `layer "${name}": Keras has groups = 1 and groups = channels = filters; received ${groups} groups, ${channels} channels, ${layer.filters} filters`,
      );
    }
    if (depthwise && stride[0] !== stride[1]) {
      throw new UnsupportedError(
        `layer "${name}": a depthwise convolution needs equal strides in TensorFlow, received ${stride.join(' and ')}`,
      );
    }
    const padding = this.pad(name, layer, input);
    const useBias = layer.bias ?? true;
    const common = {
      name,
      kernel_size: [kernelRows, kernelColumns],
      strides: [...stride],
      padding,
      data_format: 'channels_last',
      activation: 'linear',
      use_bias: useBias,
    };
    const inner = channels / groups;
    const kernel = this.weight(`${name}/kernel`, [layer.filters, inner, kernelRows, kernelColumns]);
    if (depthwise) {
      this.push('DepthwiseConv2D', { ...common, depth_multiplier: 1 });
      // [channel, 1, row, column] to [row, column, channel, 1].
      const data = permute(kernel, [channels, kernelRows, kernelColumns], [1, 2, 0]);
      this.store(`${name}/depthwise_kernel`, [kernelRows, kernelColumns, channels, 1], data);
    } else {
      this.push('Conv2D', { ...common, filters: layer.filters });
      const data = permute(kernel, [layer.filters, inner, kernelRows, kernelColumns], [2, 3, 1, 0]);
      this.store(`${name}/kernel`, [kernelRows, kernelColumns, inner, layer.filters], data);
    }
    if (useBias) this.store(`${name}/bias`, [layer.filters], this.weight(`${name}/bias`, [layer.filters]));
    this.activation(`${name}_activation`, layer.activation ?? 'linear');
  }

  private pool(name: string, layer: Pool2dConfig, input: Shape): void {
    const stride = layer.stride ?? layer.size;
    const { padding = 'valid' } = layer;
    const keras = paddingName(padding, input, layer.size, stride);
    if (keras === undefined) {
      // A layer of zeros before it would change the largest value and the count of the mean.
      throw new UnsupportedError(
        `layer "${name}": Keras pools with padding "valid" or "same", received ${JSON.stringify(padding)}`,
      );
    }
    this.push(layer.type === 'maxPool2d' ? 'MaxPooling2D' : 'AveragePooling2D', {
      name,
      pool_size: [...layer.size],
      strides: [...stride],
      padding: keras,
      data_format: 'channels_last',
    });
  }

  private flatten(name: string, input: Shape): void {
    const channels = input[0]!;
    const size = sizeOf(input) / channels;
    this.push('Flatten', { name, data_format: 'channels_last' });
    if (channels === 1 || size === 1) return;
    this.order = Int32Array.from({ length: channels * size }, (_, index) => {
      const channel = index % channels;
      return channel * size + (index - channel) / channels;
    });
  }

  private dense(name: string, layer: DenseConfig, input: Shape): void {
    const inputs = sizeOf(input);
    const { units, bias = true, activation = 'linear' } = layer;
    this.push('Dense', { name, units, activation: 'linear', use_bias: bias });
    const kernel = this.weight(`${name}/kernel`, [inputs, units]);
    this.store(`${name}/kernel`, [inputs, units], this.reordered(kernel, units));
    if (bias) this.store(`${name}/bias`, [units], this.weight(`${name}/bias`, [units]));
    this.order = undefined;
    this.activation(`${name}_activation`, activation);
  }

  private batchNorm(name: string, layer: BatchNormConfig, input: Shape): void {
    const channels = input[0]!;
    const { epsilon = 1e-3, momentum = 0.9, activation = 'linear' } = layer;
    this.push('BatchNormalization', { name, axis: -1, epsilon, momentum, center: true, scale: true });
    for (const [ours, keras] of [
      ['gamma', 'gamma'],
      ['beta', 'beta'],
      ['movingMean', 'moving_mean'],
      ['movingVariance', 'moving_variance'],
    ]) {
      const values = this.weight(`${name}/${ours}`, [channels]);
      this.store(`${name}/${keras}`, [channels], this.reordered(values, 1));
    }
    this.activation(`${name}_activation`, activation);
  }

  private activation(name: string, activation: Activation): void {
    if (activation === 'linear') return;
    if (activation === 'leakyRelu') this.push('LeakyReLU', { name, alpha: leakySlope });
    else if (activation === 'relu') this.push('ReLU', { name });
    else this.push('Activation', { name, activation });
  }

  /** Says `valid` or `same`, or puts a layer of zeros before the convolution and says `valid`. */
  private pad(name: string, layer: Conv2dConfig, input: Shape): 'valid' | 'same' {
    const { padding = 'valid', kernel, stride = [1, 1] } = layer;
    const keras = paddingName(padding, input, kernel, stride);
    if (keras !== undefined) return keras;
    const [top, left, bottom, right] = padding as readonly [number, number, number, number];
    this.push('ZeroPadding2D', {
      name: `${name}_padding`,
      padding: [
        [top, bottom],
        [left, right],
      ],
      data_format: 'channels_last',
    });
    return 'valid';
  }

  /** Rows of a `[features, width]` weight in the order in which Keras sees the features. */
  private reordered(values: Float32Array, width: number): Float32Array {
    const { order } = this;
    if (order === undefined) return values;
    const result = new Float32Array(values.length);
    order.forEach((from, to) => {
      result.set(values.subarray(from * width, (from + 1) * width), to * width);
    });
    return result;
  }

  private push(className: string, config: Record<string, unknown>): void {
    // The first layer carries the shape of the input: a free batch, then rows, columns, channels.
    const [channels, rows, columns] = this.network.input;
    const first = this.layers.length === 0 ? { batch_input_shape: [null, rows, columns, channels] } : {};
    this.layers.push({ class_name: className, config: { ...config, trainable: true, dtype: 'float32', ...first } });
  }

  private store(name: string, shape: readonly number[], data: Float32Array): void {
    this.weights.push({ name, shape, data });
  }
}

/** TensorFlow's total padding of one axis for `same`. */
function samePadding(extent: number, window: number, stride: number): number {
  return Math.max(0, (Math.ceil(extent / stride) - 1) * stride + window - extent);
}

/** The padding of `[channel, row, column]` as Keras names it, or undefined when only explicit zeros say the same. */
function paddingName(padding: Padding, input: Shape, window: Size2d, stride: Size2d): 'valid' | 'same' | undefined {
  if (typeof padding === 'string') return padding;
  const [top, left, bottom, right] = padding;
  if (top === 0 && left === 0 && bottom === 0 && right === 0) return 'valid';
  const rows = samePadding(input[1]!, window[0], stride[0]);
  const columns = samePadding(input[2]!, window[1], stride[1]);
  const same = [Math.floor(rows / 2), Math.floor(columns / 2), Math.ceil(rows / 2), Math.ceil(columns / 2)];
  return padding.every((pixels, side) => pixels === same[side]) ? 'same' : undefined;
}

/** Transposes a row-major tensor: axis i of the result is axis `axes[i]` of the source. */
function permute(values: Float32Array, shape: readonly number[], axes: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const result = new Float32Array(values.length);
  const index = axes.map(() => 0);
  for (let to = 0; to < result.length; to++) {
    result[to] = values[axes.reduce((sum, axis, place) => sum + index[place]! * strides[axis]!, 0)]!;
    for (let place = axes.length - 1; place >= 0; place--) {
      index[place]!++;
      if (index[place]! < shape[axes[place]!]!) break;
      index[place] = 0;
    }
  }
  return result;
}
