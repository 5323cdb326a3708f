// Reads a model file from disk: bytes, ONNX structure and card. `recognizer.ts` runs it.
import { DuctusError } from '../../../core/floor.ts';
import { type ModelCard, maximumModelBytes, modelCardOf, type OnnxModel, readOnnx } from '../../../onnx/floor.ts';
import { readFileBounded } from '../files/files.ts';
import { type ModelFile, resolveModel } from './models.ts';

/** A model that was read. */
export interface LoadedModel extends ModelFile {
  /** The file's bytes. */
  readonly bytes: Uint8Array;
  /** The file, parsed. */
  readonly model: OnnxModel;
  /** Undefined for models made by others. */
  readonly card: ModelCard | undefined;
}

/**
 * Reads a shipped model by its name, or any model by its path.
 *
 * @throws {UsageError} when there is no such model.
 * @throws {FormatError} naming the file, when it is not an ONNX model, is damaged or larger than `maximumModelBytes`.
 *
 * @example
 * ```ts
 * import { loadModel } from 'ductus/node';
 *
 * const { card, bytes } = await loadModel('digits');
 * console.log(card!.name, bytes.length > 10_000); // digits true
 * ```
 */
export async function loadModel(nameOrFile?: string): Promise<LoadedModel> {
  const file = await resolveModel(nameOrFile);
  const bytes = await readFileBounded(file.path, maximumModelBytes);
  return naming(file.path, () => {
    const model = readOnnx(bytes);
    return { ...file, bytes, model, card: modelCardOf(model) };
  });
}

/** Processes a file's content; an error that does not name the file is rethrown, in the same class, with its name. */
export function naming<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DuctusError) || error.message.includes(path)) throw error;
    const named = new (error.constructor as typeof DuctusError)(`${path}: ${error.message}`);
    named.stack = error.stack ?? named.message;
    throw named;
  }
}
