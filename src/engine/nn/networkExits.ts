// The outputs of a network that is trained at several depths, each as a separate network: the cost of an early answer.
import type { NetworkConfig } from './config.ts';
import { type PlacedLayer, placeAuxiliary, placeLayers, withoutAuxiliary } from './network.ts';

/** A network that ends at one of the outputs. */
export interface NetworkExit {
  /** The layer that the output reads; for the last output, the network's last layer. */
  readonly after: string;
  /** Its layers keep their names of the whole network, so the whole's parameters fit it. */
  readonly network: NetworkConfig;
  /** Multiplications with a weight for one picture up to here. */
  readonly multiplyAdds: number;
}

/**
 * The exits of a network: the auxiliary outputs in their order, then the network's own.
 *
 * @throws {ShapeError} when the network's layers do not fit.
 */
export function networkExits(network: NetworkConfig): NetworkExit[] {
  const main = placeLayers(network);
  const exit = (after: string, layers: readonly PlacedLayer[], name: string): NetworkExit => ({
    after,
    network: {
      ...withoutAuxiliary(network),
      name,
      layers: layers.map((layer) => ({ ...layer.config, name: layer.name })),
    },
    multiplyAdds: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
  });
  const early = placeAuxiliary(network).map(({ after, layers }, index) => {
    const end = main.findIndex(({ name }) => name === after) + 1;
    return exit(after, [...main.slice(0, end), ...layers], `${network.name}-exit-${index + 1}`);
  });
  return [...early, exit(main.at(-1)!.name, main, network.name)];
}
