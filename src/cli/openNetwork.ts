// A network by name, or out of a model file or a JSON config: what `describe` and `profile` take.
import type { NetworkConfig } from '../engine/floor.ts';

/**
 * The network meant by a command's argument.
 *
 * @throws {UsageError} for an unknown name, listing those that exist.
 * @throws {FormatError} for a file that holds no network.
 */
export async function openNetwork(name: string): Promise<NetworkConfig> {
  const { modelToNetwork, networkNamed, parseNetwork } = await import('../engine/floor.ts');
  if (!/\.(onnx|json)$/i.test(name)) return networkNamed(name);
  const { readFileBounded } = await import('../platform/node/floor.ts');
  const { maximumModelBytes, readOnnx } = await import('../onnx/floor.ts');
  const bytes = await readFileBounded(name, maximumModelBytes);
  if (/\.onnx$/i.test(name)) return modelToNetwork(readOnnx(bytes), name).network;
  const { FormatError } = await import('../core/floor.ts');
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new FormatError(`${name}: expected a network config in JSON: ${(cause as Error).message}`, { cause });
  }
  return parseNetwork(json, name);
}
