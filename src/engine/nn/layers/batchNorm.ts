// Batch normalisation layer (Ioffe and Szegedy 2015).
import { add } from '../../graph/operators/add.ts';
import { batchNorm } from '../../graph/operators/batchNorm.ts';
import { batchNormInference } from '../../graph/operators/batchNormInference.ts';
import { multiply } from '../../graph/operators/multiply.ts';
import { scalar } from '../../graph/tensor.ts';
import { activate } from '../activation.ts';
import type { BatchNormConfig } from '../config.ts';
import type { Layer } from '../layer.ts';

/** Scale gamma, shift beta, running mean and (biased) variance, each `[channel]`. */
export const batchNormLayer: Layer<BatchNormConfig> = {
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
};
