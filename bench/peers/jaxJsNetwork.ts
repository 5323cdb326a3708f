// Networks in @jax-js/jax's own operations, from our configs, and Adam. Arrays there are owned: a function uses up what
// it is given, and `.ref` makes one more of it.
import type { numpy } from '@jax-js/jax';
import { type NetworkConfig, placeLayers } from 'ductus/engine';

type Jax = typeof import('@jax-js/jax');
type JaxArray = numpy.Array;

/** Arrays by the names of our parameters. A `type`, as jax-js wants it for its trees. */
export type Arrays = { [name: string]: JaxArray };

/** All that a training step changes: weights, running statistics, Adam's two moments. */
export type State = { parameters: Arrays; running: Arrays; first: Arrays; second: Arrays };

/** Adam (Kingma and Ba 2015) with the figures of every other contestant: Keras's. */
const adam = { rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** What batch normalisation takes where its config says nothing, as our layer. */
const batchNormDefaults = { momentum: 0.9, epsilon: 1e-3 };

/** Figures that Adam needs in a step: `1 / (1 - beta^step)` of both moments. @param step counted from 1. */
export function adamCorrections(step: number): number[] {
  return [1 / (1 - adam.beta1 ** step), 1 / (1 - adam.beta2 ** step)];
}

/**
 * Logits `[batch, classes]` of images `[batch, channel, row, column]`, and the running statistics after them.
 *
 * @param key of dropout's coins; absent: for inference.
 * @throws {Error} on a layer that is not built here.
 */
export function forward(
  jax: Jax,
  network: NetworkConfig,
  { parameters, running }: { parameters: Arrays; running: Arrays },
  images: JaxArray,
  key?: JaxArray,
): { logits: JaxArray; running: Arrays } {
  const { lax, nn, numpy: np, random } = jax;
  const moved: Arrays = {};
  let x = images;
  for (const { config, name } of placeLayers(network)) {
    const weight = (part: string): JaxArray => parameters[`${name}/${part}`]!;
    /** A figure a channel, beside `[batch, channel, row, column]`. */
    const perChannel = (values: JaxArray): JaxArray => values.reshape([1, -1, 1, 1]);
    switch (config.type) {
      case 'conv2d': {
        const { padding = 'valid', stride = [1, 1], groups = 1, bias = true } = config;
        if (typeof padding !== 'string') throw new Error(`${name}: padding by numbers is not built here`);
        x = lax.convGeneralDilated(x, weight('kernel'), [...stride], padding === 'same' ? 'SAME' : 'VALID', {
          featureGroupCount: groups,
        });
        if (bias) x = x.add(perChannel(weight('bias')));
        break;
      }
      case 'maxPool2d': {
        const window = [1, 1, ...config.size];
        if ((config.padding ?? 'valid') !== 'valid') throw new Error(`${name}: padded pooling is not built here`);
        x = lax.reduceWindow(x, (values) => np.max(values), window, [1, 1, ...(config.stride ?? config.size)]);
        break;
      }
      case 'globalAveragePool2d':
        x = np.mean(x, [2, 3]);
        break;
      case 'flatten':
        x = x.reshape([x.shape[0]!, -1]);
        break;
      case 'dense':
        x = np.matmul(x, weight('kernel'));
        if (config.bias ?? true) x = x.add(weight('bias'));
        break;
      case 'dropout':
        if (key !== undefined) {
          const kept = random.bernoulli(key.ref, 1 - config.rate, [...x.shape]);
          x = x.mul(kept.astype(np.float32)).mul(1 / (1 - config.rate));
        }
        break;
      case 'batchNorm': {
        const { momentum = batchNormDefaults.momentum, epsilon = batchNormDefaults.epsilon } = config;
        const names = { mean: `${name}/movingMean`, variance: `${name}/movingVariance` };
        let [mean, variance] = [running[names.mean]!, running[names.variance]!];
        if (key !== undefined) {
          const now = np.mean(x.ref, [0, 2, 3]);
          const spread = np.var_(x.ref, [0, 2, 3]);
          const move = (old: JaxArray, value: JaxArray): JaxArray =>
            old.mul(momentum).add(lax.stopGradient(value).mul(1 - momentum));
          moved[names.mean] = move(mean, now.ref);
          moved[names.variance] = move(variance, spread.ref);
          [mean, variance] = [now, spread];
        }
        const scale = weight('gamma').div(np.sqrt(variance.add(epsilon)));
        x = x
          .sub(perChannel(mean))
          .mul(perChannel(scale))
          .add(perChannel(weight('beta')));
        break;
      }
      default:
        throw new Error(`layer type ${config.type} is not built here`);
    }
    const activation = 'activation' in config ? (config.activation ?? 'linear') : 'linear';
    if (activation === 'relu') x = nn.relu(x);
    else if (activation !== 'linear') throw new Error(`${name}: activation ${activation} is not built here`);
  }
  key?.dispose();
  return { logits: x, running: moved };
}

/**
 * Mean cross-entropy of a batch, and the running statistics after it. @param wanted `[batch, classes]`, one 1 a row.
 */
export function lossOf(
  jax: Jax,
  network: NetworkConfig,
  state: { parameters: Arrays; running: Arrays },
  images: JaxArray,
  wanted: JaxArray,
  key: JaxArray,
): [JaxArray, Arrays] {
  const { logits, running } = forward(jax, network, state, images, key);
  const likelihoods = jax.nn.logSoftmax(logits).mul(wanted).sum(-1);
  return [jax.numpy.mean(likelihoods).neg(), running];
}

/** Adam's step for every parameter. @param corrections `[2]`, from `adamCorrections`. */
export function adamStep(
  jax: Jax,
  { parameters, first, second }: Omit<State, 'running'>,
  slopes: Arrays,
  corrections: JaxArray,
): Omit<State, 'running'> {
  const { numpy: np } = jax;
  const { rate, beta1, beta2, epsilon } = adam;
  const next: Omit<State, 'running'> = { parameters: {}, first: {}, second: {} };
  for (const [name, slope] of Object.entries(slopes)) {
    const mean = first[name]!.mul(beta1).add(slope.ref.mul(1 - beta1));
    const square = second[name]!.mul(beta2).add(np.square(slope).mul(1 - beta2));
    const size = np.sqrt(square.ref.mul(corrections.ref.slice(1))).add(epsilon);
    next.parameters[name] = parameters[name]!.sub(mean.ref.mul(corrections.ref.slice(0)).mul(rate).div(size));
    next.first[name] = mean;
    next.second[name] = square;
  }
  corrections.dispose();
  return next;
}
