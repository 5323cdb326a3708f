// Reads a network config from untrusted JSON: checks every field, and every error has its path.
import * as v from 'valibot';
import { fileName, parseWith, schemaOf, strictObject } from '../../core/floor.ts';
import type { NetworkConfig } from './config.ts';
import { extent } from './layerFields.ts';
import { layerSchema } from './layers/layers.ts';

/** Most layers of a network: a bound against hostile files, far above any real network. */
const mostLayers = 1_000;
/** Largest weight of an auxiliary loss; a larger one is probably a mistake. */
const largestWeight = 100;

const chain = v.pipe(v.array(layerSchema), v.minLength(1), v.maxLength(mostLayers));

/** The schema of a network config; recipes contain one. */
export const networkSchema = schemaOf<NetworkConfig>()(
  strictObject({
    name: fileName,
    description: v.string(),
    input: v.tuple([extent, extent, extent]),
    layers: chain,
    auxiliary: v.exactOptional(
      v.pipe(
        v.array(
          strictObject({
            after: v.string(),
            weight: v.pipe(v.number(), v.gtValue(0), v.maxValue(largestWeight)),
            layers: chain,
          }),
        ),
        v.maxLength(mostLayers),
      ),
    ),
  }),
);

/**
 * A network config from parsed JSON. `placeLayers` checks whether the layers fit each other.
 *
 * @param source its file or option, for the error.
 * @throws {FormatError} naming the source and the field.
 *
 * @example
 * ```ts
 * import { parseNetwork } from 'ductus/engine';
 *
 * const layers = [{ type: 'flatten' }, { type: 'dense', units: 10 }];
 * const network = parseNetwork({ name: 'mine', description: '', input: [1, 28, 28], layers }, 'mine.json');
 * console.log(network.layers.length); // 2
 * ```
 */
export function parseNetwork(json: unknown, source: string): NetworkConfig {
  return parseWith(networkSchema, json, source, 'network');
}
