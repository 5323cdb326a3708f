// Batch normalisation layer (Ioffe and Szegedy 2015).
import * as v from 'valibot';
import { schemaOf, share, strictObject } from '../../../core/floor.ts';
import { add } from '../../graph/operators/add.ts';
import { batchNorm } from '../../graph/operators/batchNorm.ts';
import { batchNormInference } from '../../graph/operators/batchNormInference.ts';
import { multiply } from '../../graph/operators/multiply.ts';
import { scalar } from '../../graph/tensor.ts';
import { type Activation, activate, activationSchema } from '../activation.ts';
import type { Layer } from '../layer.ts';
import { layerName } from '../layerFields.ts';

/**
 * Normalises each channel by the batch's mean and variance (Ioffe and Szegedy 2015); by running statistics at
 * inference.
 */
export interface BatchNormConfig {
  readonly type: 'batchNorm';
  readonly name?: string;
  /** Share of the old running statistics that one step keeps; default 0.9 (Keras 0.99 lags in short trainings). */
  readonly momentum?: number;
  /** Added to the variance; default 1e-3, as Keras. */
  readonly epsilon?: number;
  /** Applied directly afterwards; default `'linear'`. */
  readonly activation?: Activation;
}

const schema = schemaOf<BatchNormConfig>()(
  strictObject({
    type: v.literal('batchNorm'),
    name: layerName,
    momentum: v.exactOptional(share),
    epsilon: v.exactOptional(share),
    activation: v.exactOptional(activationSchema),
  }),
);

/** Scale gamma, shift beta, running mean and (biased) variance, each `[channel]`. */
export const batchNormLayer: Layer<BatchNormConfig, typeof schema> = {
  schema,
  outputShape: (_, input) => input,
  parameters(_, input) {
    const shape = [input[0]!];
    const fans = { in: 1, out: 1 };
    const common = { shape, fans, decays: false } as const;
    return [
      { ...common, name: 'gamma', initializer: 'ones', trainable: true },
      { ...common, name: 'beta', initializer: 'zeros', trainable: true },
      { ...common, name: 'movingMean', initializer: 'zeros', trainable: false },
      { ...common, name: 'movingVariance', initializer: 'ones', trainable: false },
    ];
  },
  multiplyAdds: () => 0, // folded into the convolution before it at inference
  build({ momentum = 0.9, epsilon = 1e-3, activation }, x, context) {
    const [gamma, beta] = [context.parameter('gamma'), context.parameter('beta')];
    const [mean, variance] = [context.parameter('movingMean'), context.parameter('movingVariance')];
    if (!context.training) return activate(batchNormInference(x, gamma, beta, mean, variance, epsilon), activation);
    const batch = batchNorm(x, gamma, beta, epsilon);
    for (const [name, running, now] of [
      ['movingMean', mean, batch.mean],
      ['movingVariance', variance, batch.variance],
    ] as const) {
      context.update(name, add(multiply(running, scalar(momentum)), multiply(now, scalar(1 - momentum))));
    }
    return activate(batch.y, activation);
  },
  keras({ epsilon = 1e-3, momentum = 0.9, activation }, name, input, keras) {
    const channels = input[0]!;
    keras.push('BatchNormalization', { name, axis: -1, epsilon, momentum, center: true, scale: true });
    for (const [ours, theirs] of [
      ['gamma', 'gamma'],
      ['beta', 'beta'],
      ['movingMean', 'moving_mean'],
      ['movingVariance', 'moving_variance'],
    ]) {
      const values = keras.weight(`${name}/${ours}`, [channels]);
      keras.store(`${name}/${theirs}`, [channels], keras.reordered(values, 1));
    }
    keras.activate(`${name}_activation`, activation);
  },
};
