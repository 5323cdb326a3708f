// Whether the reading runtime will run what a training would make; asked before the training, not after.
import { DuctusError, sizeOf, UnsupportedError } from '../../core/floor.ts';
import {
  inferenceModel,
  layerModels,
  type NetworkConfig,
  networkParameters,
  withoutAuxiliary,
} from '../../engine/floor.ts';
import { checkSupport, loadNetwork } from '../../read/floor.ts';

/**
 * Refuses a network that the reading runtime cannot run: for its operators, or because it would take more memory or work than the
 * runtime grants to any model.
 *
 * @param known ONNX operators that the runtime runs, by name; default: all that it has.
 * @throws {UnsupportedError} naming the layer and the operator, or what there is too much of.
 * @throws {ShapeError} when the layers do not fit each other.
 */
export function checkReadable(network: NetworkConfig, known?: Parameters<typeof checkSupport>[1]): void {
  for (const { name, model } of layerModels(network)) {
    try {
      checkSupport(model, known);
    } catch (cause) {
      if (!(cause instanceof UnsupportedError)) throw cause;
      throw new UnsupportedError(`network "${network.name}", layer "${name}": ${cause.message}`, { cause });
    }
  }
  const specs = networkParameters(withoutAuxiliary(network));
  const weights = new Map(specs.map(({ name, shape }) => [name, new Float32Array(sizeOf(shape))]));
  try {
    loadNetwork(inferenceModel(network, weights)).dispose();
  } catch (cause) {
    if (!(cause instanceof DuctusError)) throw cause;
    throw new UnsupportedError(`network "${network.name}": the reading runtime cannot run it: ${cause.message}`, {
      cause,
    });
  }
}
