// Fully connected layer.
import * as v from 'valibot';
import { formatShape, ShapeError, schemaOf, sizeOf, strictObject } from '../../../core/floor.ts';
import { add } from '../../graph/operators/add.ts';
import { matMul } from '../../graph/operators/matMul.ts';
import { type Activation, activate, activationSchema } from '../activation.ts';
import type { Layer } from '../layer.ts';
import { extent, type Initializer, initializerSchema, layerName } from '../layerFields.ts';

/** Fully connected: `output = activation(input x kernel + bias)`, kernel `[inputs, units]` as in Keras. */
export interface DenseConfig {
  readonly type: 'dense';
  readonly name?: string;
  readonly units: number;
  /** Default true. */
  readonly bias?: boolean;
  /** Default `'linear'`. The last layer gives logits: softmax belongs to the loss and to the model file. */
  readonly activation?: Activation;
  /** Default `'glorotUniform'`, as Keras. */
  readonly initializer?: Initializer;
}

const schema = schemaOf<DenseConfig>()(
  strictObject({
    type: v.literal('dense'),
    name: layerName,
    units: extent,
    bias: v.exactOptional(v.boolean()),
    activation: v.exactOptional(activationSchema),
    initializer: v.exactOptional(initializerSchema),
  }),
);

/** Kernel `[inputs, units]`, bias `[units]`. */
export const denseLayer: Layer<DenseConfig, typeof schema> = {
  schema,
  outputShape({ units }, input) {
    if (input.length !== 1) {
      throw new ShapeError(`dense needs a flat input, received ${formatShape(input)}; put a flatten layer before it`);
    }
    return [units];
  },
  parameters({ units, bias = true, initializer = 'glorotUniform' }, input) {
    const fans = { in: input[0]!, out: units };
    const shape = [input[0]!, units];
    const weights = { name: 'kernel', shape, initializer, fans, trainable: true, decays: true } as const;
    const offsets = {
      name: 'bias',
      shape: [units],
      initializer: 'zeros',
      fans,
      trainable: true,
      decays: false,
    } as const;
    return bias ? [weights, offsets] : [weights];
  },
  multiplyAdds: ({ units }, input) => input[0]! * units,
  build({ bias = true, activation }, x, context) {
    const y = matMul(x, context.parameter('kernel'));
    return activate(bias ? add(y, context.parameter('bias')) : y, activation);
  },
  keras({ units, bias = true, activation }, name, input, keras) {
    const inputs = sizeOf(input);
    keras.push('Dense', { name, units, activation: 'linear', use_bias: bias });
    const kernel = keras.weight(`${name}/kernel`, [inputs, units]);
    keras.store(`${name}/kernel`, [inputs, units], keras.reordered(kernel, units));
    if (bias) keras.store(`${name}/bias`, [units], keras.weight(`${name}/bias`, [units]));
    keras.order = undefined;
    keras.activate(`${name}_activation`, activation);
  },
};
