// Reads a network config from JSON that somebody else wrote: every field checked, every error with its path.
import * as v from 'valibot';
import { parseWith } from '../../core/floor.ts';
import type { NetworkConfig } from './config.ts';

/** No extent, stride or count of a layer may be larger: a bound against hostile files, far above any real network (ours). */
const largest = 65_536;
/** Layers a network may have (ours; a bound like the above). */
const mostLayers = 1_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largest));
const size = v.tuple([count, count]);
const pixels = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(largest));
const padding = v.union([v.picklist(['valid', 'same']), v.tuple([pixels, pixels, pixels, pixels])]);
const name = v.optional(v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/, 'expected 1 to 64 letters, digits, _ . -')));
const activation = v.picklist(['linear', 'relu', 'leakyRelu', 'sigmoid', 'tanh']);
const initializer = v.picklist(['glorotUniform', 'heNormal', 'heUniform']);
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const layer = v.variant('type', [
  v.strictObject({
    type: v.literal('conv2d'),
    name,
    filters: count,
    kernel: size,
    stride: v.optional(size),
    padding: v.optional(padding),
    groups: v.optional(count),
    bias: v.optional(v.boolean()),
    activation: v.optional(activation),
    initializer: v.optional(initializer),
  }),
  v.strictObject({
    type: v.picklist(['maxPool2d', 'averagePool2d']),
    name,
    size,
    stride: v.optional(size),
    padding: v.optional(padding),
  }),
  v.strictObject({ type: v.picklist(['globalMaxPool2d', 'globalAveragePool2d']), name }),
  v.strictObject({ type: v.literal('flatten'), name }),
  v.strictObject({
    type: v.literal('dense'),
    name,
    units: count,
    bias: v.optional(v.boolean()),
    activation: v.optional(activation),
    initializer: v.optional(initializer),
  }),
  v.strictObject({
    type: v.literal('batchNorm'),
    name,
    momentum: v.optional(share),
    epsilon: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
    activation: v.optional(activation),
  }),
  v.strictObject({ type: v.literal('activation'), name, activation }),
  v.strictObject({
    type: v.literal('dropout'),
    name,
    rate: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
    draw: v.optional(v.picklist(['bernoulli', 'exact'])),
  }),
]);

/** The schema of a network config; recipes contain one. */
export const networkSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/, 'expected 1 to 64 letters, digits, _ . -')),
  description: v.string(),
  input: v.tuple([count, count, count]),
  layers: v.pipe(v.array(layer), v.minLength(1), v.maxLength(mostLayers)),
  auxiliary: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          after: v.string(),
          weight: v.pipe(v.number(), v.gtValue(0), v.maxValue(100)),
          layers: v.pipe(v.array(layer), v.minLength(1), v.maxLength(mostLayers)),
        }),
      ),
      v.maxLength(mostLayers),
    ),
  ),
});

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
  return parseWith(networkSchema, json, source, 'network') as NetworkConfig;
}
