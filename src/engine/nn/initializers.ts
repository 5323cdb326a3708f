// Weights before training. The seed and the parameter's name determine every number: an added layer does not change the
// others.
import { randomStream, sizeOf } from '../../core/floor.ts';
import type { NetworkConfig } from './config.ts';
import type { ParameterSpec } from './layer.ts';
import { networkParameters } from './network.ts';

/**
 * Starting values of one weight tensor.
 *
 * - `glorotUniform`: uniform in +-sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010), Keras's default.
 * - `heUniform`: uniform in +-sqrt(6 / fan in); `heNormal`: normal with deviation sqrt(2 / fan in), cut at two
 *   deviations and scaled so that the deviation stays, as in Keras (He et al. 2015).
 */
export function initialize(spec: ParameterSpec, seed: number): Float32Array {
  const values = new Float32Array(sizeOf(spec.shape));
  const random = randomStream(seed, 'initialize', spec.name);
  const uniform = (limit: number): Float32Array => values.map(() => (2 * random.uniform() - 1) * limit);
  switch (spec.initializer) {
    case 'zeros':
      return values;
    case 'ones':
      return values.fill(1);
    case 'glorotUniform':
      return uniform(Math.sqrt(6 / (spec.fans.in + spec.fans.out)));
    case 'heUniform':
      return uniform(Math.sqrt(6 / spec.fans.in));
    case 'heNormal': {
      // A normal cut at two deviations has deviation 0.8796 (Keras and TensorFlow divide by it, too).
      const deviation = Math.sqrt(2 / spec.fans.in) / 0.87962566103423978;
      return values.map(() => {
        let draw = random.normal();
        while (Math.abs(draw) > 2) draw = random.normal();
        return draw * deviation;
      });
    }
  }
}

/** Starting values of all of a network's parameters, by name. */
export function initializeNetwork(network: NetworkConfig, seed: number): Map<string, Float32Array> {
  return new Map(networkParameters(network).map((spec) => [spec.name, initialize(spec, seed)]));
}
