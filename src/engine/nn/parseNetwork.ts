// Reads a network config from JSON that somebody else wrote: every field checked, every error with its path.
import * as v from 'valibot';
import { fileName, parseWith, schemaOf, strictObject } from '../../core/floor.ts';
import type { NetworkConfig } from './config.ts';
import { extent } from './layerFields.ts';
import { layerSchema } from './layers/layers.ts';

/** Layers a network may have: a bound against hostile files, far above any real network. */
const mostLayers = 1_000;
/** Weight of an auxiliary loss beyond which a slip is likelier than a wish. */
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
 * A network config from parsed JSON. Whether the layers fit each other is checked by `placeLayers`.
 *
 * @param source the file or option that it comes from, for the error.
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
