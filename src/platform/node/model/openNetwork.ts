// Opens a network by name, or from a model file or a JSON config.
import { FormatError } from '../../../core/floor.ts';
import { modelToNetwork, type NetworkConfig, networkNamed, parseNetwork } from '../../../engine/floor.ts';
import { maximumModelBytes, readOnnx } from '../../../onnx/floor.ts';
import { readFileBounded } from '../files/files.ts';

/**
 * Opens a network.
 *
 * @param name of a network that comes with Ductus, or the path of a model file (`.onnx`) or of a config (`.json`).
 * @throws {UsageError} for an unknown name, listing those that exist.
 * @throws {FormatError} for a file that holds no network.
 */
export async function openNetwork(name: string): Promise<NetworkConfig> {
  if (!/\.(onnx|json)$/i.test(name)) return networkNamed(name);
  const bytes = await readFileBounded(name, maximumModelBytes);
  if (/\.onnx$/i.test(name)) return modelToNetwork(readOnnx(bytes), name).network;
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new FormatError(`${name}: expected a network config in JSON: ${(cause as Error).message}`, { cause });
  }
  return parseNetwork(json, name);
}
