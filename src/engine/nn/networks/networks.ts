// Networks by name. A new one is a file in this folder and a line here.
import { UsageError } from '../../../core/floor.ts';
import type { NetworkConfig } from '../config.ts';
import { chen8 } from './chen8.ts';
import { chen15 } from './chen15.ts';
import { compact, medium, slim, tiny, wide } from './compact.ts';
import { emnist } from './emnist.ts';
import { hanzi15, hanzi15wide, hanziSlim } from './hanzi.ts';
import { keras } from './keras.ts';
import { quick } from './quick.ts';
import { small } from './small.ts';

/** Every network that comes with Ductus. */
export const networks: readonly NetworkConfig[] = [
  small,
  keras,
  emnist,
  chen8,
  chen15,
  quick,
  compact,
  wide,
  medium,
  slim,
  tiny,
  hanzi15,
  hanzi15wide,
  hanziSlim,
];

/**
 * The network with a name.
 * @throws {UsageError} listing those that exist.
 *
 * @example
 * ```ts
 * import { networkNamed, networks } from 'ductus/engine';
 *
 * console.log(networks.includes(networkNamed('small'))); // true
 * ```
 */
export function networkNamed(name: string): NetworkConfig {
  const found = networks.find((network) => network.name === name);
  if (found === undefined) {
    throw new UsageError(
      `unknown network "${name}"; expected one of ${networks.map((network) => network.name).join(', ')}`,
    );
  }
  return found;
}
