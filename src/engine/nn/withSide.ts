// Fits a network to pictures of another size: shipped networks take the 28 x 28 of MNIST.
import type { NetworkConfig } from './config.ts';
import { placeAuxiliary } from './network.ts';

/**
 * The same layers for grey pictures of `side` x `side`; dense layers after a `flatten` get more or fewer inputs.
 *
 * @param side in pixels, at least 1.
 * @returns the network itself where it already takes these.
 * @throws {ShapeError} naming the layer that does not fit pictures of that size.
 */
export function withSide(network: NetworkConfig, side: number): NetworkConfig {
  const [channels, rows, columns] = network.input;
  if (channels === 1 && rows === side && columns === side) return network;
  const sized = { ...network, input: [1, side, side] } as const;
  placeAuxiliary(sized); // places the network, too
  return sized;
}
