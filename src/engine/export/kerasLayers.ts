// A network's layers as Keras 2 writes them, channels last: configs renamed, weights transposed. Holds no file format;
// the form of each layer is in its own file of `nn/layers`.
import { FormatError, formatShape, sizeOf, UnsupportedError } from '../../core/floor.ts';
import type { NetworkConfig } from '../nn/config.ts';
import { layerOf } from '../nn/layers/layers.ts';
import { placeLayers } from '../nn/network.ts';
import type { WeightReader } from '../nn/weightReader.ts';
import { type KerasLayer, type KerasWeight, KerasWriter } from './kerasWriter.ts';

/** Most numbers that a picture may become in any layer: 4096 x 4096. A card that claims more is not trusted. */
const maximumNumbers = 2 ** 24;

/**
 * Translates a network's layers and weights.
 *
 * Ductus's are `[batch, channel, row, column]`, Keras's here `[batch, row, column, channel]`: kernels are transposed.
 * Weights after a flatten of several channels are permuted, because flattening visits the same numbers in another
 * order.
 *
 * @returns layers, of which the last gives logits, and their weights in the order of the layers.
 * @throws {UnsupportedError} when Keras has no layer that computes the same; it names the layer.
 * @throws {FormatError} when network and weights do not fit each other.
 */
export function kerasLayers(
  network: NetworkConfig,
  weight: WeightReader,
): { layers: readonly KerasLayer[]; weights: readonly KerasWeight[] } {
  const writer = new KerasWriter(network.input, weight);
  for (const { name, config, inputShape, outputShape } of placeLayers(network)) {
    for (const shape of [inputShape, outputShape]) {
      if (shape.every((extent) => Number.isInteger(extent) && extent > 0) && sizeOf(shape) <= maximumNumbers) continue;
      throw new FormatError(
        `layer "${name}": expected at most ${maximumNumbers} numbers a picture, received shape ${formatShape(shape)}`,
      );
    }
    layerOf(config).keras(config, name, inputShape, writer);
  }
  if (writer.order !== undefined) {
    throw new UnsupportedError(
      `network "${network.name}": it ends in flattened pictures, whose order differs in Keras; expected a dense layer after flatten`,
    );
  }
  return writer;
}
