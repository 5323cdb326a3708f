// Convolution layer.
import * as v from 'valibot';
import {
  formatShape,
  type Shape,
  ShapeError,
  schemaOf,
  sizeOf,
  strictObject,
  UnsupportedError,
} from '../../../core/floor.ts';
import { kerasPadding, transposed } from '../../export/kerasForm.ts';
import type { KerasWriter } from '../../export/kerasWriter.ts';
import { add } from '../../graph/operators/add.ts';
import { conv2d } from '../../graph/operators/conv2d.ts';
import { reshape } from '../../graph/operators/reshape.ts';
import { resolvePads, windowOutput } from '../../graph/operators/window.ts';
import { type Activation, activate, activationSchema } from '../activation.ts';
import type { Layer } from '../layer.ts';
import {
  extent,
  type Initializer,
  initializerSchema,
  layerName,
  type Padding,
  paddingSchema,
  type Size2d,
  sizeSchema,
} from '../layerFields.ts';

/**
 * Convolution (cross-correlation, as everywhere in the field): kernel `[filters, channels / groups, rows, columns]`.
 */
export interface Conv2dConfig {
  readonly type: 'conv2d';
  readonly name?: string;
  readonly filters: number;
  readonly kernel: Size2d;
  /** Default `[1, 1]`. */
  readonly stride?: Size2d;
  /** Default `'valid'`. */
  readonly padding?: Padding;
  /** Default 1; `groups` = channels makes it depthwise. */
  readonly groups?: number;
  /** Default true. */
  readonly bias?: boolean;
  /** Default `'linear'`. */
  readonly activation?: Activation;
  /** Default `'glorotUniform'`, as Keras. */
  readonly initializer?: Initializer;
}

const schema = schemaOf<Conv2dConfig>()(
  strictObject({
    type: v.literal('conv2d'),
    name: layerName,
    filters: extent,
    kernel: sizeSchema,
    stride: v.exactOptional(sizeSchema),
    padding: v.exactOptional(paddingSchema),
    groups: v.exactOptional(extent),
    bias: v.exactOptional(v.boolean()),
    activation: v.exactOptional(activationSchema),
    initializer: v.exactOptional(initializerSchema),
  }),
);

/** Kernel `[filters, channels / groups, rows, columns]`, bias `[filters]`. */
export const conv2dLayer: Layer<Conv2dConfig, typeof schema> = {
  schema,
  outputShape(config, input) {
    const { kernel, stride = [1, 1], padding = 'valid', filters, groups = 1 } = config;
    const [channels, rows, columns] = input as readonly [number, number, number];
    if (input.length !== 3 || channels % groups !== 0 || filters % groups !== 0) {
      throw new ShapeError(
        `conv2d with ${filters} filters in ${groups} groups does not fit input ${formatShape(input)} (channel, row, column)`,
      );
    }
    const pads = resolvePads(padding, [rows, columns], kernel, stride);
    return [filters, ...windowOutput('conv2d', [1, ...input], { kernel, stride, pads })];
  },
  parameters(config, input) {
    const { filters, kernel, groups = 1, bias = true, initializer = 'glorotUniform' } = config;
    const shape = [filters, input[0]! / groups, ...kernel];
    const area = sizeOf(kernel);
    const fans = { in: shape[1]! * area, out: (filters / groups) * area };
    const weights = { name: 'kernel', shape, initializer, fans, trainable: true, decays: true } as const;
    const offsets = {
      name: 'bias',
      shape: [filters],
      initializer: 'zeros',
      fans,
      trainable: true,
      decays: false,
    } as const;
    return bias ? [weights, offsets] : [weights];
  },
  multiplyAdds(config, input) {
    const output: Shape = conv2dLayer.outputShape(config, input);
    return sizeOf(output) * (input[0]! / (config.groups ?? 1)) * sizeOf(config.kernel);
  },
  build(config, x, context) {
    const { stride = [1, 1], padding = 'valid', groups = 1, bias = true, filters, activation } = config;
    const y = conv2d(x, context.parameter('kernel'), { stride, padding, groups });
    return activate(bias ? add(y, reshape(context.parameter('bias'), [filters, 1, 1])) : y, activation);
  },
  keras(config, name, input, keras) {
    const { kernel, stride = [1, 1], groups = 1, filters, bias = true, activation } = config;
    const channels = input[0]!;
    const depthwise = groups !== 1;
    if (depthwise && (groups !== channels || filters !== channels)) {
      throw new UnsupportedError(
        `layer "${name}": Keras has groups = 1 and groups = channels = filters; received ${groups} groups, ${channels} channels, ${filters} filters`,
      );
    }
    if (depthwise && stride[0] !== stride[1]) {
      throw new UnsupportedError(
        `layer "${name}": a depthwise convolution needs equal strides in TensorFlow, received ${stride.join(' and ')}`,
      );
    }
    const common = {
      name,
      kernel_size: [...kernel],
      strides: [...stride],
      padding: padded(config, name, input, keras),
      data_format: 'channels_last',
      activation: 'linear',
      use_bias: bias,
    };
    const inner = channels / groups;
    const values = keras.weight(`${name}/kernel`, [filters, inner, ...kernel]);
    if (depthwise) {
      keras.push('DepthwiseConv2D', { ...common, depth_multiplier: 1 });
      // [channel, 1, row, column] to [row, column, channel, 1].
      keras.store(
        `${name}/depthwise_kernel`,
        [...kernel, channels, 1],
        transposed(values, [channels, ...kernel], [1, 2, 0]),
      );
    } else {
      keras.push('Conv2D', { ...common, filters });
      const data = transposed(values, [filters, inner, ...kernel], [2, 3, 1, 0]);
      keras.store(`${name}/kernel`, [...kernel, inner, filters], data);
    }
    if (bias) keras.store(`${name}/bias`, [filters], keras.weight(`${name}/bias`, [filters]));
    keras.activate(`${name}_activation`, activation);
  },
};

/** Writes `valid` or `same`, or a layer of zeros before the convolution and `valid`. */
function padded(config: Conv2dConfig, name: string, input: Shape, keras: KerasWriter): 'valid' | 'same' {
  const { padding = 'valid', kernel, stride = [1, 1] } = config;
  const said = kerasPadding(padding, input, kernel, stride);
  if (said !== undefined) return said;
  const [top, left, bottom, right] = padding as readonly [number, number, number, number];
  keras.push('ZeroPadding2D', {
    name: `${name}_padding`,
    padding: [
      [top, bottom],
      [left, right],
    ],
    data_format: 'channels_last',
  });
  return 'valid';
}
