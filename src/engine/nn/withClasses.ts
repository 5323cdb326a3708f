// Fits a network to any number of classes: shipped networks have the ten outputs of digits.
import { ShapeError } from '../../core/floor.ts';
import type { LayerConfig, NetworkConfig } from './config.ts';
import { classCount } from './network.ts';

/**
 * The same network with one output per class: the last layer, and that of every auxiliary output, gets `classes` units.
 *
 * @param classes at least 1.
 * @returns the network itself where it already has as many outputs.
 * @throws {ShapeError} when it has to change and does not end in a dense layer.
 *
 * @example
 * ```ts
 * import { networkNamed, placeLayers, withClasses } from 'ductus/engine';
 *
 * console.log(placeLayers(withClasses(networkNamed('small'), 62)).at(-1)!.outputShape); // [ 62 ]
 * ```
 */
export function withClasses(network: NetworkConfig, classes: number): NetworkConfig {
  if (classCount(network) === classes) return network;
  const fitted = (layers: readonly LayerConfig[], where: string): LayerConfig[] => {
    const last = layers.at(-1);
    if (last?.type !== 'dense') {
      throw new ShapeError(
        `network "${network.name}": giving ${where} ${classes} units, one a class: expected a dense layer at its end, received ${last?.type ?? 'no layer'}`,
      );
    }
    return [...layers.slice(0, -1), { ...last, units: classes }];
  };
  const { auxiliary } = network;
  return {
    ...network,
    layers: fitted(network.layers, 'it'),
    ...(auxiliary && {
      auxiliary: auxiliary.map((output, index) => ({
        ...output,
        layers: fitted(output.layers, `auxiliary output ${index + 1}`),
      })),
    }),
  };
}
