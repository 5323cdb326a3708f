// The outputs of a network that is trained at several depths, each as a network of its own: what an answer costs that is given early.
import type { NetworkConfig } from './config.ts';
import { type PlacedLayer, placeAuxiliary, placeLayers, withoutAuxiliary } from './network.ts';

/** A network that ends at one of the outputs. */
export interface NetworkExit {
  /** The layer that the output reads; of the last output the network's last layer. */
  readonly after: string;
  /** Its layers have the names that they have in the whole network, so that the whole's parameters are its. */
  readonly network: NetworkConfig;
  /** Multiplications with a weight that one picture costs up to here. */
  readonly multiplyAdds: number;
}

/**
 * The exits of a network, the auxiliary outputs in their order and the network's own at last.
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
