// Checks that the reading runtime will run the model of a training, before the training and not after.
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
 * Refuses a network that the reading runtime cannot run, because of its operators, or because it exceeds the runtime's
 * limits of memory or work.
 *
 * @param known ONNX operators that the runtime runs, by name; default: all of them.
 * @throws {UnsupportedError} naming the layer and the operator, or the limit that is exceeded.
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
