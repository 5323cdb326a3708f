// The parts of a saved classifier as its system reads them: settings and tensors, each checked, because files are not
// trusted.
import type { GenericSchema, InferOutput } from 'valibot';
import { FormatError, formatShape, parseWith } from '../core/floor.ts';
import type { OnnxTensor, TensorData, TensorType } from '../onnx/floor.ts';
import type { SavedClassifier } from './savedClassifier.ts';

/** Array in which the elements of a type are stored. */
type ArrayOf<Type extends TensorType> = Type extends 'float32'
  ? Float32Array
  : Type extends 'float64'
    ? Float64Array
    : Type extends 'uint8'
      ? Uint8Array
      : Type extends 'int32'
        ? Int32Array
        : TensorData;

/** A saved classifier with the name of its file: reads its parts, and reports their faults. */
export class SavedParts {
  readonly saved: SavedClassifier;
  /** The file, for errors. */
  readonly source: string;

  constructor(saved: SavedClassifier, source: string) {
    this.saved = saved;
    this.source = source;
  }

  /** Number of classes. */
  get classes(): number {
    return this.saved.labels.length;
  }

  /** Pixels of a picture. */
  get pixels(): number {
    return this.saved.width * this.saved.height;
  }

  /** Its settings. @throws {FormatError} with the first field that does not fit the schema. */
  settings<Schema extends GenericSchema>(schema: Schema): InferOutput<Schema> {
    return parseWith(schema, this.saved.settings, this.source, this.saved.kind);
  }

  /**
   * One of its tensors.
   *
   * @param shape expected extents; null: any.
   * @param range least and largest allowed number; default: any finite one.
   * @returns its elements, all finite, and its shape.
   * @throws {FormatError} when it is missing or of another type or shape, or holds a number that is not in the range.
   */
  tensor<Type extends TensorType>(
    name: string,
    type: Type,
    shape: readonly (number | null)[],
    range?: { readonly least?: number; readonly most?: number },
  ): { readonly data: ArrayOf<Type>; readonly shape: readonly number[] } {
    const tensor = this.saved.tensors.find((candidate) => candidate.name === name);
    const fail = (expected: string, found: unknown): never => this.refuse(expected, found, `tensor "${name}"`);
    if (tensor === undefined) return fail('one', 'none');
    const fits =
      tensor.type === type &&
      tensor.shape.length === shape.length &&
      shape.every((extent, axis) => extent === null || extent === tensor.shape[axis]);
    if (!fits) {
      const expected = shape.map((extent) => extent ?? 'any').join(', ');
      fail(`${type} [${expected}]`, `${tensor.type} ${formatShape(tensor.shape)}`);
    }
    const { least = -Number.MAX_VALUE, most = Number.MAX_VALUE } = range ?? {};
    // Whole numbers are finite, and there may be millions.
    if (range !== undefined || type.startsWith('float')) {
      for (const value of tensor.data) {
        if (value >= least && value <= most) continue;
        fail(range === undefined ? 'finite numbers' : `${least} to ${most}`, value);
      }
    }
    return { data: tensor.data as ArrayOf<Type>, shape: tensor.shape };
  }

  /** @param where part of the file; default: the whole. @throws {FormatError} always, naming the file. */
  refuse(expected: string, found: unknown, where?: string): never {
    const what = where === undefined ? this.saved.kind : `${this.saved.kind}, ${where}`;
    throw new FormatError(`${this.source}: ${what}: expected ${expected}, found ${found}`);
  }
}

/** A tensor for a saved classifier, of the type of its array. */
export function tensorOf(
  name: string,
  data: Float32Array | Int32Array | Uint8Array,
  shape: readonly number[] = [data.length],
): OnnxTensor {
  const type = data instanceof Float32Array ? 'float32' : data instanceof Int32Array ? 'int32' : 'uint8';
  return { name, type, shape, data };
}
