// Fields that several layers have: their types and schemas.
import * as v from 'valibot';
import { countUpTo, fileName, schemaOf } from '../../core/floor.ts';

/** Largest extent, stride or count of a layer: a bound against hostile files, far above any real network. */
const largest = 65_536;

/** A number of filters, units, pixels of a window: at least 1. */
export const extent = countUpTo(largest);

/** Two extents, rows first. */
export type Size2d = readonly [rows: number, columns: number];

export const sizeSchema = schemaOf<Size2d>()(v.tuple([extent, extent]));

/**
 * `'valid'`: none; `'same'`: output extent is input extent / stride, rounded up, with the odd pixel of padding at the
 * end (TensorFlow's rule, ONNX's SAME_UPPER); or pixels at top, left, bottom, right.
 */
export type Padding = 'valid' | 'same' | readonly [top: number, left: number, bottom: number, right: number];

const pixels = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(largest));

export const paddingSchema = schemaOf<Padding>()(
  v.union([v.picklist(['valid', 'same']), v.tuple([pixels, pixels, pixels, pixels])]),
);

/** How a kernel is drawn before training; see `initializers.ts`. Biases always start at 0, as in Keras. */
export type Initializer = 'glorotUniform' | 'heNormal' | 'heUniform';

export const initializerSchema = schemaOf<Initializer>()(v.picklist(['glorotUniform', 'heNormal', 'heUniform']));

/** A layer's optional name; default: its type and number. */
export const layerName = v.exactOptional(fileName);
